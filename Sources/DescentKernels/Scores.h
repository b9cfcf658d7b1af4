// S = X·Wᵀ + b. A tile is the dot products of a few rows with a few classes, a register of sums each: every
// load of x serves all the tile's classes, every load of w all its rows. A panel of features so narrow that the
// tile's weights stay in the first-level cache meets all rows of the block, then the next classes', and then
// the next panel adds to the scores. Each dot product is summed in the same order in every tile, so a row
// scored alone has the bits that it has in a batch.

typedef struct {
  ELEMENT *scores;
  const STORED *x;
  const ELEMENT *weights, *bias;
  ptrdiff_t rows, features, classes;
  ptrdiff_t from, to;  // the panel
  ahead ahead;
} OF(scoring);

enum { OF(panel) = 4096 / sizeof(ELEMENT), OF(widest) = 5, OF(widest_alone) = 10 };

/// What is left of a row beyond its last whole register, with zeros before.
INLINE P OF(rest)(const STORED *row, ptrdiff_t features) {
  return NAME(without_first)(GET(row + features - NAME(width)), NAME(width) - features % NAME(width));
}

/// Adds the panel's share to the scores of rows `row` ... and classes `c` ... . Meanwhile lines of the next block are
/// fetched, evenly over all tiles: in bursts they would hold up the loads of this block.
INLINE void OF(scores_tile)(int rows, int classes, OF(scoring) *s, ptrdiff_t row, ptrdiff_t c) {
  const ptrdiff_t features = s->features;
  const STORED *x = s->x + row * features;
  const ELEMENT *weights = s->weights + c * features;
  ahead ahead = s->ahead;
  P sum[8][OF(widest_alone)], xs[8];
  UNROLL for (int r = 0; r < rows; r++) UNROLL for (int k = 0; k < classes; k++) sum[r][k] = 0;
  ptrdiff_t f = s->from;
  // A pointer for five rows and multiples of one stride, which an address can hold: a pointer each would not fit the
  // registers. The compiler would make them all the same, if it knew where these point.
  const STORED *x_here[2] = {x + f, x + f + 5 * features};
  const ELEMENT *w_here[2] = {weights + f, weights + f + 5 * features};
#pragma clang loop unroll(disable)
  for (; f + NAME(width) <= s->to; f += NAME(width)) {
    UNROLL for (int r = 0; r < rows; r++) xs[r] = GET(x_here[r / 5] + r % 5 * features);
    fetch_ahead(&ahead, f, rows * NAME(width) * (int)sizeof(STORED));
    UNROLL for (int k = 0; k < classes; k++) {
      const P w = NAME(get)(w_here[k / 5] + k % 5 * features);
      UNROLL for (int r = 0; r < rows; r++) sum[r][k] = xs[r] * w + sum[r][k];
    }
    UNROLL for (int i = 0; i < 2; i++) {
      x_here[i] += NAME(width);
      w_here[i] += NAME(width);
    }
    __asm__("" : "+r"(x_here[0]), "+r"(w_here[0]));
    if (rows > 5) __asm__("" : "+r"(x_here[1]));
    if (classes > 5) __asm__("" : "+r"(w_here[1]));
  }
  s->ahead = ahead;
  if (f < s->to) {
    UNROLL for (int r = 0; r < rows; r++) xs[r] = OF(rest)(x + r * features, features);
    UNROLL for (int k = 0; k < classes; k++) {
      const P w = NAME(get)(weights + (k + 1) * features - NAME(width));
      UNROLL for (int r = 0; r < rows; r++) sum[r][k] = xs[r] * w + sum[r][k];
    }
  }
  UNROLL for (int r = 0; r < rows; r++) {
    ELEMENT *to = s->scores + (row + r) * s->classes + c;
    const ELEMENT *start = s->from > 0 ? to : s->bias ? s->bias + c : 0;
    UNROLL for (int k = 0; k < classes; k++) to[k] = NAME(total)(sum[r][k]) + (start ? start[k] : 0);
  }
}

/// As many rows as fill whole tiles, `wide` classes a tile and, in the last ones, one less; returns how many.
INLINE ptrdiff_t OF(scores_in_tiles)(int tile_rows, int wide, OF(scoring) *s) {
  const ptrdiff_t tiles = (s->classes + wide - 1) / wide;
  const ptrdiff_t wide_classes = (s->classes - tiles * (wide - 1)) * wide;
  ptrdiff_t c = 0, row = 0;
  for (; c < wide_classes; c += wide)
    for (row = 0; row + tile_rows <= s->rows; row += tile_rows) OF(scores_tile)(tile_rows, wide, s, row, c);
  for (; c < s->classes; c += wide - 1)
    for (row = 0; row + tile_rows <= s->rows; row += tile_rows) OF(scores_tile)(tile_rows, wide - 1, s, row, c);
  return row;
}

/// One row, with up to ten classes in flight.
INLINE void OF(scores_alone)(OF(scoring) *s, ptrdiff_t row) {
  ptrdiff_t c = 0;
  for (; c + OF(widest_alone) <= s->classes; c += OF(widest_alone))
    OF(scores_tile)(1, OF(widest_alone), s, row, c);
  switch (s->classes - c) {
#define CASE(n) \
  case n: \
    OF(scores_tile)(1, n, s, row, c); \
    break;
    CASE(1) CASE(2) CASE(3) CASE(4) CASE(5) CASE(6) CASE(7) CASE(8) CASE(9)
#undef CASE
  }
}

/// Rows that do not fill a register.
INLINE void OF(scores_of_short_rows)(const OF(scoring) *s) {
  for (ptrdiff_t row = 0; row < s->rows; row++)
    for (ptrdiff_t c = 0; c < s->classes; c++) {
      ELEMENT sum = s->bias ? s->bias[c] : 0;
      for (ptrdiff_t f = 0; f < s->features; f++)
        sum += (ELEMENT)s->x[row * s->features + f] * s->weights[c * s->features + f];
      s->scores[row * s->classes + c] = sum;
    }
}

// As many rows as there are registers for rows·classes sums, the rows' x and one w.
#define TILE_ROWS(classes) ((REGISTERS - 1) / (classes + 1) < 8 ? (REGISTERS - 1) / (classes + 1) : 8)

KERNEL void OF(scores)(ELEMENT *scores, const STORED *x, const STORED *next, ptrdiff_t share,
                       const ELEMENT *weights, const ELEMENT *bias, ptrdiff_t rows, ptrdiff_t features, ptrdiff_t classes) {
  OF(scoring) s = {scores, x, weights, bias, rows, features, classes, 0, 0, {0, -1}};
  if (features < NAME(width)) return OF(scores_of_short_rows)(&s);
  const ptrdiff_t panels = (features + OF(panel) - 1) / OF(panel);
  const ptrdiff_t panel = (features / panels + 63) / 64 * 64;
  const ptrdiff_t tiles = (classes + OF(widest) - 1) / OF(widest), wide = (classes + tiles - 1) / tiles;
  const ptrdiff_t step = TILE_ROWS(wide) * NAME(width) * (ptrdiff_t)sizeof(STORED);
  s.ahead = fetching(next, x, step, tiles, share, NAME(width));
  for (; s.from < features; s.from = s.to) {
    s.to = features - s.from < panel + NAME(width) ? features : s.from + panel;
    ptrdiff_t row = 0;
    switch (wide) {
#define CASE(n) \
  case n: \
    row = OF(scores_in_tiles)(TILE_ROWS(n), n, &s); \
    break;
      CASE(1) CASE(2) CASE(3) CASE(4) CASE(5)
#undef CASE
    }
    for (; row < rows; row++) OF(scores_alone)(&s, row);
  }
}
#undef TILE_ROWS
