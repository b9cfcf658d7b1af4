// S = X·Wᵀ + b. A tile is the dot products of a few rows with a few classes, a register of sums each: every
// load of x serves all the tile's classes, every load of w all its rows. Each dot product is summed the same
// way in every tile, so a row scored alone has the bits that it has in a batch.

/// What is left of a row beyond its last whole register, with zeros before.
INLINE P OF(rest)(const STORED *row, ptrdiff_t features) {
  return NAME(without_first)(GET(row + features - NAME(width)), NAME(width) - features % NAME(width));
}

/// A tile of at most 8 rows and 10 classes. Where `next` is not null its lines are prefetched meanwhile.
INLINE void OF(scores_tile)(int rows, int classes, ELEMENT *scores, ptrdiff_t score_stride, const STORED *x,
                            const STORED *next, const ELEMENT *weights, const ELEMENT *bias,
                            ptrdiff_t features) {
  P sum[8][10], xs[8];
  UNROLL for (int r = 0; r < rows; r++) UNROLL for (int c = 0; c < classes; c++) sum[r][c] = 0;
  const char *line = (const char *)next;
  ptrdiff_t f = 0;
#pragma clang loop unroll(disable)
  for (; f + NAME(width) <= features; f += NAME(width)) {
    UNROLL for (int r = 0; r < rows; r++) xs[r] = GET(x + r * features + f);
    if (next) {
      const int bytes = rows * NAME(width) * (int)sizeof(STORED);
      UNROLL for (int at = 0; at < bytes; at += 64) __builtin_prefetch(line + at, 0, 2);
      line += bytes;
    }
    UNROLL for (int c = 0; c < classes; c++) {
      const P w = NAME(get)(weights + c * features + f);
      UNROLL for (int r = 0; r < rows; r++) sum[r][c] = xs[r] * w + sum[r][c];
    }
  }
  if (f < features) {
    UNROLL for (int r = 0; r < rows; r++) xs[r] = OF(rest)(x + r * features, features);
    UNROLL for (int c = 0; c < classes; c++) {
      const P w = NAME(get)(weights + (c + 1) * features - NAME(width));
      UNROLL for (int r = 0; r < rows; r++) sum[r][c] = xs[r] * w + sum[r][c];
    }
  }
  UNROLL for (int r = 0; r < rows; r++) UNROLL for (int c = 0; c < classes; c++)
      scores[r * score_stride + c] = NAME(total)(sum[r][c]) + (bias ? bias[c] : 0);
}

/// A tile from class c on, among all the classes.
#define SCORES_TILE(rows, n, next) \
  OF(scores_tile)(rows, n, to + c, classes, from, next, weights + c * features, bias ? bias + c : 0, features)

/// As many rows as fill whole tiles, `wide` classes a tile and, in the last ones, one less; returns how many.
INLINE ptrdiff_t OF(scores_in_tiles)(int tile_rows, int wide, ELEMENT *scores, const STORED *x,
                                     const STORED *next, const ELEMENT *weights, const ELEMENT *bias,
                                     ptrdiff_t rows, ptrdiff_t features, ptrdiff_t classes) {
  const ptrdiff_t tiles = (classes + wide - 1) / wide, wide_classes = (classes - tiles * (wide - 1)) * wide;
  ptrdiff_t row = 0;
  for (; row + tile_rows <= rows; row += tile_rows) {
    ELEMENT *to = scores + row * classes;
    const STORED *from = x + row * features;
    const STORED *fetch = next ? next + row * features : 0;  // once, by the first tile
    ptrdiff_t c = 0;
    for (; c < wide_classes; c += wide, fetch = 0) SCORES_TILE(tile_rows, wide, fetch);
    for (; c < classes; c += wide - 1) SCORES_TILE(tile_rows, wide - 1, 0);
  }
  return row;
}

// As many rows as there are registers for rows·classes sums, the rows' x and one w.
#define TILE_ROWS(classes) ((REGISTERS - 1) / (classes + 1) < 8 ? (REGISTERS - 1) / (classes + 1) : 8)

KERNEL void OF(scores)(ELEMENT *scores, const STORED *x, const STORED *next, const ELEMENT *weights,
                       const ELEMENT *bias, ptrdiff_t rows, ptrdiff_t features, ptrdiff_t classes) {
  ptrdiff_t row = 0;
  if (features < NAME(width)) {
    for (; row < rows; row++)
      for (ptrdiff_t c = 0; c < classes; c++) {
        ELEMENT sum = bias ? bias[c] : 0;
        for (ptrdiff_t f = 0; f < features; f++)
          sum += (ELEMENT)x[row * features + f] * weights[c * features + f];
        scores[row * classes + c] = sum;
      }
    return;
  }
  const ptrdiff_t tiles = (classes + 4) / 5;
  switch ((classes + tiles - 1) / tiles) {
#define CASE(n) \
  case n: \
    row = OF(scores_in_tiles)(TILE_ROWS(n), n, scores, x, next, weights, bias, rows, features, classes); \
    break;
    CASE(1) CASE(2) CASE(3) CASE(4) CASE(5)
#undef CASE
  }
  // The rows left over (or the one that there is) run alone, with up to ten classes in flight.
  for (; row < rows; row++) {
    ELEMENT *to = scores + row * classes;
    const STORED *from = x + row * features;
    ptrdiff_t c = 0;
    for (; c + 10 <= classes; c += 10) SCORES_TILE(1, 10, 0);
    switch (classes - c) {
#define CASE(n) \
  case n: \
    SCORES_TILE(1, n, 0); \
    break;
      CASE(1) CASE(2) CASE(3) CASE(4) CASE(5) CASE(6) CASE(7) CASE(8) CASE(9)
#undef CASE
    }
  }
}
#undef TILE_ROWS
#undef SCORES_TILE
