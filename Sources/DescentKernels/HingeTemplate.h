#include "RowLoss.h"

// Weston and Watkins' multiclass hinge, z_j = s_j − s_y + Δ: ℓ = Σ_{j≠y} max(0, z_j) or, squared, max(0, z_j)².
// ∂ℓ/∂s_j is 1 where z_j > 0 (or 2·z_j), and the label's is minus the sum of the others.
INLINE W NAME(margins)(const Group *g, bool squared) {
  V label_score = 0, loss = 0, pull = 0;
  for (ptrdiff_t k = 0; k < g->vectors; k++) label_score = NAME(is_label)(g, k) ? NAME(score)(g, k) : label_score;
  label_score = NAME(reduce_sum)(g, label_score);
  for (ptrdiff_t k = 0; k < g->vectors; k++) {
    V z = (NAME(score)(g, k) - label_score) + g->margin;
    z = (z <= 0) | NAME(is_label)(g, k) ? (V)0 : z;  // NaN stays
    const V gradient = squared ? 2 * z : z > 0 ? (V)1 : z;
    loss += squared ? z * z : z;
    pull += gradient;
    NAME(put)(g, k, gradient);
  }
  loss = NAME(reduce_sum)(g, loss);
  pull = NAME(reduce_sum)(g, pull);
  for (ptrdiff_t k = 0; k < g->vectors; k++)
    NAME(put)(g, k, NAME(is_label)(g, k) ? -pull : NAME(score)(g, k));
  return __builtin_convertvector(loss, W);
}

INLINE W NAME(hinge_row)(const Group *g) { return NAME(margins)(g, false); }
INLINE W NAME(squared_hinge_row)(const Group *g) { return NAME(margins)(g, true); }

KERNEL void NAME(hinge)(ELEMENT *scores, double *values, const int32_t *labels, double margin, ptrdiff_t rows,
                        ptrdiff_t columns) {
  NAME(over_rows)(NAME(hinge_row), scores, values, labels, 0, margin, rows, columns);
}

KERNEL void NAME(squared_hinge)(ELEMENT *scores, double *values, const int32_t *labels, double margin,
                                ptrdiff_t rows, ptrdiff_t columns) {
  NAME(over_rows)(NAME(squared_hinge_row), scores, values, labels, 0, margin, rows, columns);
}

#undef Group
