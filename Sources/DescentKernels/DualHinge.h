// Dual coordinate ascent for the hinge of Weston and Watkins over sparse rows; included by SparseTemplate.h.

/// One row's multipliers, exactly: alpha_j ← clip(alpha_j + z_j/a − shift, 0, 1), shift = Σ change of alpha_j. With z
/// the margins, and −∞ in the lanes that have none. Leaves the change in z; returns the shift.
INLINE ELEMENT OF(solve_row)(ELEMENT *restrict z, ELEMENT *restrict alpha, ELEMENT a, ptrdiff_t stride) {
  // The shift is a root of an increasing, piecewise linear function: Newton's method, kept in a bracket.
  ELEMENT shift = 0, low = -INFINITY, high = INFINITY;
  const ELEMENT inverse = 1 / a;
  for (ptrdiff_t j = 0; j < stride; j++) z[j] = z[j] * inverse + alpha[j];
  for (int round = 0; round < 50; round++) {
    H sums = 0, free = 0;
    for (ptrdiff_t j = 0; j < stride; j += LANES / 2) {
      const H wanted = NAME(load_half)(z + j) - shift, old = NAME(load_half)(alpha + j);
      const H clipped = wanted < 0 ? (H)0 : wanted > 1 ? (H)1 : wanted;
      sums += clipped - old;
      free += wanted > 0 && wanted < 1 ? (H)1 : (H)0;
    }
    ELEMENT sum = 0, count = 1;
    for (int lane = 0; lane < LANES / 2; lane++) sum += sums[lane], count += free[lane];
    const ELEMENT rest = shift - sum;
    if (rest > 0) high = shift;
    else low = shift;
    const ELEMENT bound = (IS_FLOAT ? (ELEMENT)2e-6 : (ELEMENT)1e-13) * (1 + fabs(shift));
    if (rest <= bound && rest >= -bound) break;
    ELEMENT next = shift - rest / count;
    if (!(next > low && next < high)) next = (low + high) / 2;
    if (next == shift) break;
    shift = next;
  }
  ELEMENT sum = 0;
  for (ptrdiff_t j = 0; j < stride; j++) {
    const ELEMENT wanted = z[j] - shift;
    const ELEMENT clipped = wanted < 0 ? 0 : wanted > 1 ? 1 : wanted;
    z[j] = clipped - alpha[j];
    alpha[j] = clipped;
    sum += z[j];
  }
  return sum;
}

/// The rows order[0 ..< count], one after the other. The last row of `table` is the biases' change over `unit`;
/// `bias` is what they are about. Returns Σ of the magnitudes of the multipliers' changes.
KERNEL double OF(dual_hinge)(ELEMENT *restrict table, ELEMENT *restrict alpha, const int32_t *order,
                             const ptrdiff_t *starts, const int32_t *indices, const STORED *values,
                             const int32_t *labels, const ELEMENT *squares, const ELEMENT *row_weights,
                             const ELEMENT *restrict bias, ELEMENT *restrict scratch, double unit, double inverse, double margin, ptrdiff_t count,
                             ptrdiff_t features, ptrdiff_t classes, ptrdiff_t stride) {
  double moved = 0;
  ELEMENT *const own_bias = table + features * stride;
  for (ptrdiff_t r = 0; r < count; r++) {
    const ptrdiff_t i = order[r], first = starts[i], nonzeros = starts[i + 1] - first, y = labels[i];
    if (r + 1 < count) __builtin_prefetch(indices + starts[order[r + 1]]);
    ELEMENT *z = scratch, *row = alpha + i * stride;
    OF(gather_all)(z, bias, indices + first, values + first, nonzeros, table, stride);
    for (ptrdiff_t j = 0; j < stride; j++) z[j] += (ELEMENT)unit * own_bias[j];
    const ELEMENT own = z[y] - (ELEMENT)margin;
    for (ptrdiff_t j = 0; j < stride; j++) z[j] -= own;
    z[y] = -INFINITY;
    for (ptrdiff_t j = classes; j < stride; j++) z[j] = -INFINITY;
    const ELEMENT step = row_weights ? row_weights[i] * (ELEMENT)inverse : (ELEMENT)inverse;
    if (!(step > 0)) continue;
    const ELEMENT curvature = squares[i] * step, least = (ELEMENT)1e-30;
    const ELEMENT sum = OF(solve_row)(z, row, curvature > least ? curvature : least, stride);
    ELEMENT change = 0;
    for (ptrdiff_t j = 0; j < stride; j++) change += fabs(z[j]);
    if (!(change > 0)) continue;
    moved += change;
    z[y] = -sum;
    for (ptrdiff_t j = 0; j < stride; j++) z[j] *= -step;
    for (ptrdiff_t k = first; k < first + nonzeros; k++) {
      ELEMENT *weights = table + (ptrdiff_t)indices[k] * stride;
      const H value = (ELEMENT)values[k];
      for (ptrdiff_t j = 0; j < stride; j += LANES / 2)
        NAME(store_half)(weights + j, NAME(load_half)(weights + j) + value * NAME(load_half)(z + j));
    }
    for (ptrdiff_t j = 0; j < stride; j++) own_bias[j] += (ELEMENT)unit * z[j];
  }
  return moved;
}
