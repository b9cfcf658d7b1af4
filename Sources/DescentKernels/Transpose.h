// Up to LANES rows of scores to columns of LANES lanes and back, in tiles of 4×4 (the last tile of a row
// overlaps the one before it, which moves the same elements twice). Scalar loops took more time than the loss.

typedef ELEMENT NAME(quad) __attribute__((ext_vector_type(4)));
#define Q NAME(quad)

/// Moves the tile from rows `from_stride` apart to columns `to_stride` apart.
INLINE void NAME(transpose_tile)(ELEMENT *to, ptrdiff_t to_stride, const ELEMENT *from, ptrdiff_t from_stride) {
  Q a, b, c, d;
  memcpy(&a, from, sizeof a);
  memcpy(&b, from + from_stride, sizeof b);
  memcpy(&c, from + 2 * from_stride, sizeof c);
  memcpy(&d, from + 3 * from_stride, sizeof d);
  const Q ac = __builtin_shufflevector(a, c, 0, 4, 1, 5), bd = __builtin_shufflevector(b, d, 0, 4, 1, 5);
  const Q ac_high = __builtin_shufflevector(a, c, 2, 6, 3, 7), bd_high = __builtin_shufflevector(b, d, 2, 6, 3, 7);
  a = __builtin_shufflevector(ac, bd, 0, 4, 1, 5);
  b = __builtin_shufflevector(ac, bd, 2, 6, 3, 7);
  c = __builtin_shufflevector(ac_high, bd_high, 0, 4, 1, 5);
  d = __builtin_shufflevector(ac_high, bd_high, 2, 6, 3, 7);
  memcpy(to, &a, sizeof a);
  memcpy(to + to_stride, &b, sizeof b);
  memcpy(to + 2 * to_stride, &c, sizeof c);
  memcpy(to + 3 * to_stride, &d, sizeof d);
}
#undef Q

/// [rows, columns] to [columns, LANES]. The lanes beyond `rows` become 0.
APART void NAME(gather)(ELEMENT *to, const ELEMENT *from, ptrdiff_t rows, ptrdiff_t columns) {
  if (rows < LANES) memset(to, 0, (size_t)columns * LANES * sizeof(ELEMENT));
  ptrdiff_t row = 0;
  if (columns >= 4)
    for (; row + 4 <= rows; row += 4)
      for (ptrdiff_t column = 0; column < columns; column += 4) {
        const ptrdiff_t at = column + 4 <= columns ? column : columns - 4;
        NAME(transpose_tile)(to + at * LANES + row, LANES, from + row * columns + at, columns);
      }
  for (; row < rows; row++)
    for (ptrdiff_t column = 0; column < columns; column++) to[column * LANES + row] = from[row * columns + column];
}

/// The way back.
APART void NAME(scatter)(ELEMENT *to, const ELEMENT *from, ptrdiff_t rows, ptrdiff_t columns) {
  ptrdiff_t row = 0;
  if (columns >= 4)
    for (; row + 4 <= rows; row += 4)
      for (ptrdiff_t column = 0; column < columns; column += 4) {
        const ptrdiff_t at = column + 4 <= columns ? column : columns - 4;
        NAME(transpose_tile)(to + row * columns + at, columns, from + at * LANES + row, LANES);
      }
  for (; row < rows; row++)
    for (ptrdiff_t column = 0; column < columns; column++) to[row * columns + column] = from[column * LANES + row];
}
