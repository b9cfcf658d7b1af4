// The frame of the losses over rows of scores: what one row's loss sees, and the loop over the rows.
//
// With few columns a vector holds one column of LANES rows: the rows are transposed into a buffer. With many
// a vector holds LANES columns of one row. A loss is written once for both: it walks over `vectors` vectors,
// and `reduce_…` folds the lanes where they belong to one row and leaves them alone where they are rows.
// Either way a row's bits depend on that row alone.

#include "Transpose.h"

enum { NAME(few_columns) = 64 };

typedef struct {
  ELEMENT *scores;         // vector k begins at k·LANES; overwritten by the gradient
  const ELEMENT *targets;  // the same shape, for losses that compare distributions
  ptrdiff_t vectors;
  ptrdiff_t last;          // elements in the last vector
  bool across;             // the lanes are columns of one row
  I label;                 // each lane's row's
  V margin;
} NAME(group);
#define Group NAME(group)

INLINE ptrdiff_t NAME(count)(const Group *g, ptrdiff_t k) { return k + 1 < g->vectors ? LANES : g->last; }

/// Vector k of the scores. Lanes beyond the row hold −∞, which no maximum and no sum of exponentials sees.
INLINE V NAME(score)(const Group *g, ptrdiff_t k) {
  return NAME(load_some)(g->scores + k * LANES, NAME(count)(g, k), (ELEMENT)-INFINITY);
}

INLINE V NAME(target)(const Group *g, ptrdiff_t k) {
  return NAME(load_some)(g->targets + k * LANES, NAME(count)(g, k), 0);
}

INLINE void NAME(put)(const Group *g, ptrdiff_t k, V v) {
  NAME(store_some)(g->scores + k * LANES, NAME(count)(g, k), v);
}

/// In which lanes of vector k the label's column is: all ones there.
INLINE I NAME(is_label)(const Group *g, ptrdiff_t k) {
  return g->across ? NAME(iota)() + (INTEGER)(k * LANES) == g->label : (I)(INTEGER)k == g->label;
}

INLINE V NAME(reduce_max)(const Group *g, V v) { return g->across ? (V)NAME(lane_max)(v) : v; }
INLINE V NAME(reduce_sum)(const Group *g, V v) { return g->across ? (V)NAME(lane_sum)(v) : v; }

typedef W (*NAME(row_loss))(const Group *);

/// Applies `loss` to every row, whose value goes to `values` unless that is null.
INLINE void NAME(over_rows)(NAME(row_loss) loss, ELEMENT *scores, double *values, const int32_t *labels,
                            const ELEMENT *targets, double margin, ptrdiff_t rows, ptrdiff_t columns) {
  if (columns <= NAME(few_columns)) {
    _Alignas(64) ELEMENT lanes[NAME(few_columns) * LANES], target_lanes[NAME(few_columns) * LANES];
    for (ptrdiff_t row = 0; row < rows; row += LANES) {
      const ptrdiff_t count = rows - row < LANES ? rows - row : LANES;
      NAME(gather)(lanes, scores + row * columns, count, columns);
      if (targets) NAME(gather)(target_lanes, targets + row * columns, count, columns);
      Group g = {lanes, target_lanes, columns, LANES, false, 0, (ELEMENT)margin};
      if (labels) g.label = NAME(load_labels)(labels + row, count);
      const W value = loss(&g);
      if (values) NAME(store_wide)(values + row, count, value);
      NAME(scatter)(scores + row * columns, lanes, count, columns);
    }
    return;
  }
  const ptrdiff_t vectors = (columns + LANES - 1) / LANES, last = columns - (vectors - 1) * LANES;
  for (ptrdiff_t row = 0; row < rows; row++) {
    const Group g = {scores + row * columns, targets ? targets + row * columns : 0, vectors, last, true,
                     labels ? labels[row] : 0, (ELEMENT)margin};
    const W value = loss(&g);
    if (values) values[row] = value[0];
  }
}
