// Low, high, Σ(x − centre) and Σ(x − centre)² of each column, in double, over some rows. The columns' numbers stay in the
// first-level cache; four rows at a time, so that they are read and written once for four numbers.

INLINE void NAME(four_moments)(double *restrict lows, double *restrict highs, double *restrict sums,
                               double *restrict squares, const double *restrict centres, const ELEMENT *restrict a,
                               const ELEMENT *restrict b, const ELEMENT *restrict c, const ELEMENT *restrict d,
                               ptrdiff_t columns) {
#pragma clang loop vectorize(enable)
  for (ptrdiff_t j = 0; j < columns; j++) {
    const double w = a[j], x = b[j], y = c[j], z = d[j], centre = centres[j];
    const double low = (w < x ? w : x) < (y < z ? y : z) ? (w < x ? w : x) : (y < z ? y : z);
    const double high = (w > x ? w : x) > (y > z ? y : z) ? (w > x ? w : x) : (y > z ? y : z);
    lows[j] = low < lows[j] ? low : lows[j];
    highs[j] = high > highs[j] ? high : highs[j];
    const double p = w - centre, q = x - centre, r = y - centre, s = z - centre;
    sums[j] += (p + q) + (r + s);
    squares[j] += (p * p + q * q) + (r * r + s * s);
  }
}

KERNEL void NAME(moments)(double *restrict lows, double *restrict highs, double *restrict sums, double *restrict squares,
                          const double *restrict centres, const ELEMENT *restrict x, const double *restrict counts,
                          ptrdiff_t rows, ptrdiff_t columns) {
  ptrdiff_t row = 0;
  if (!counts)
    for (; row + 4 <= rows; row += 4) {
      const ELEMENT *here = x + row * columns;
      NAME(four_moments)(lows, highs, sums, squares, centres, here, here + columns, here + 2 * columns,
                         here + 3 * columns, columns);
    }
  for (; row < rows; row++) {
    const double count = counts ? counts[row] : 1;
    if (!(count > 0)) continue;
    const ELEMENT *here = x + row * columns;
#pragma clang loop vectorize(enable)
    for (ptrdiff_t j = 0; j < columns; j++) {
      const double v = here[j], p = v - centres[j];
      lows[j] = v < lows[j] ? v : lows[j];
      highs[j] = v > highs[j] ? v : highs[j];
      sums[j] += count * p;
      squares[j] += count * p * p;
    }
  }
}
