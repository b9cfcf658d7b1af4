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
} NAME(scoring);

enum { NAME(panel) = 4096 / sizeof(ELEMENT), NAME(tallest) = 8 };
static const ELEMENT NAME(zeros)[ALONE];

/// What is left of a row beyond its last whole register, with zeros before.
INLINE P NAME(rest)(const STORED *row, ptrdiff_t features) {
  return NAME(without_first)(GET(row + features - NAME(width)), NAME(width) - features % NAME(width));
}

/// Adds the panel's share to the scores of rows `row` ... and classes `c` ... . Meanwhile lines of the next block are
/// fetched, evenly over all tiles: in bursts they would hold up the loads of this block.
INLINE void NAME(scores_tile)(int rows, int classes, NAME(scoring) *s, ptrdiff_t row, ptrdiff_t c) {
  const ptrdiff_t features = s->features;
  const STORED *x = s->x + row * features;
  const ELEMENT *weights = s->weights + c * features;
  ahead ahead = s->ahead;
  P sum[NAME(tallest)][ALONE], xs[NAME(tallest)];
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
    UNROLL for (int r = 0; r < rows; r++) xs[r] = NAME(rest)(x + r * features, features);
    UNROLL for (int k = 0; k < classes; k++) {
      const P w = NAME(get)(weights + (k + 1) * features - NAME(width));
      UNROLL for (int r = 0; r < rows; r++) sum[r][k] = xs[r] * w + sum[r][k];
    }
  }
  UNROLL for (int r = 0; r < rows; r++) {
    ELEMENT *to = s->scores + (row + r) * s->classes + c;
    const ELEMENT *start = s->from > 0 ? to : s->bias ? s->bias + c : NAME(zeros);
    ELEMENT totals[ALONE];
    UNROLL for (int k = 0; k + 4 <= classes; k += 4) NAME(totals)(sum[r] + k, totals + k);
    UNROLL for (int k = classes / 4 * 4; k < classes; k++) totals[k] = NAME(total)(sum[r][k]);
    UNROLL for (int k = 0; k < classes; k++) to[k] = totals[k] + start[k];
  }
}

/// The tile of rows that begins at `row`, to be fetched while the rows before it meet their classes, in so many tiles.
INLINE ahead NAME(fetching_rows)(const NAME(scoring) *s, ptrdiff_t row, ptrdiff_t height, ptrdiff_t tiles) {
  const STORED *next = row + height <= s->rows ? s->x + row * s->features + s->from : 0;
  return fetching(next, s->x, height * NAME(width) * (ptrdiff_t)sizeof(STORED), tiles, 1, NAME(width));
}

/// Whether the panel's weights stay in a second-level cache, so that it costs little to go through them for each tile of rows.
INLINE bool NAME(are_near)(const NAME(scoring) *s) {
  return s->classes * (s->to - s->from) * (ptrdiff_t)sizeof(ELEMENT) <= 512 << 10;
}

// A function for each tile: a compiler takes far longer for one function that holds them all. It walks over the classes
// from `c` to `end` and the rows from `row` on, and returns the first row that does not fill a tile. A tile's weights meet
// all rows, or, of more classes than rows, its rows all classes: then the next tile's rows have time to come.
typedef ptrdiff_t (*NAME(scores_of_tile))(NAME(scoring) *, ptrdiff_t row, ptrdiff_t c, ptrdiff_t end);
#define TILE(height, wide) \
  APART ptrdiff_t NAME(scores_##height##_##wide)(NAME(scoring) * shared, ptrdiff_t row, ptrdiff_t c, ptrdiff_t end) { \
    NAME(scoring) s = *shared; \
    const ptrdiff_t down = (s.rows - row) / height, across = (end - c) / wide; \
    const bool is_by_rows = down > 1 && across * wide > s.rows && NAME(are_near)(&s); \
    const ptrdiff_t outer = is_by_rows ? down : across, inner = is_by_rows ? across : down; \
    for (ptrdiff_t i = 0; i < outer; i++) { \
      if (is_by_rows) s.ahead = NAME(fetching_rows)(&s, row + (i + 1) * height, height, across); \
      for (ptrdiff_t j = 0; j < inner; j++) \
        NAME(scores_tile)(height, wide, &s, row + (is_by_rows ? i : j) * height, c + (is_by_rows ? j : i) * wide); \
    } \
    if (!is_by_rows) shared->ahead = s.ahead; /* else the next block is left to the tiles to come */ \
    return row + down * height; \
  }
EACH_TILE(TILE)
#undef TILE
#define TILE(height, wide) [height][wide] = NAME(scores_##height##_##wide),
static const NAME(scores_of_tile) NAME(scores_of_tiles)[NAME(tallest) + 1][ALONE + 1] = {EACH_TILE(TILE)};
#undef TILE

/// Rows that do not fill a register.
INLINE void NAME(scores_of_short_rows)(const NAME(scoring) *s) {
  for (ptrdiff_t row = 0; row < s->rows; row++)
    for (ptrdiff_t c = 0; c < s->classes; c++) {
      ELEMENT sum = s->bias ? s->bias[c] : 0;
      for (ptrdiff_t f = 0; f < s->features; f++)
        sum += (ELEMENT)s->x[row * s->features + f] * s->weights[c * s->features + f];
      s->scores[row * s->classes + c] = sum;
    }
}

KERNEL void NAME(scores)(ELEMENT *scores, const STORED *x, const STORED *next, ptrdiff_t share, const ELEMENT *weights,
                         const ELEMENT *bias, ptrdiff_t rows, ptrdiff_t features, ptrdiff_t classes) {
  NAME(scoring) s = {scores, x, weights, bias, rows, features, classes, 0, 0, {0, -1}};
  if (features < NAME(width)) return NAME(scores_of_short_rows)(&s);
  const ptrdiff_t panels = (features + NAME(panel) - 1) / NAME(panel);
  const ptrdiff_t panel = (features / panels + 63) / 64 * 64;
  // Tiles of `wide` classes and, in the last ones, one less.
  const ptrdiff_t tiles = (classes + WIDEST - 1) / WIDEST, wide = (classes + tiles - 1) / tiles;
  const ptrdiff_t wide_classes = (classes - tiles * (wide - 1)) * wide, tile_rows = TILE_ROWS(wide);
  const NAME(scores_of_tile) *tall = NAME(scores_of_tiles)[tile_rows], *alone = NAME(scores_of_tiles)[1];
  const ptrdiff_t left = classes % ALONE;
  s.ahead = fetching(next, x, tile_rows * NAME(width) * (ptrdiff_t)sizeof(STORED), tiles, share, NAME(width));
  for (; s.from < features; s.from = s.to) {
    s.to = features - s.from < panel + NAME(width) ? features : s.from + panel;
    ptrdiff_t row = 0;
    if (rows >= tile_rows) {
      row = tall[wide](&s, 0, 0, wide_classes);
      if (wide_classes < classes) tall[wide - 1](&s, 0, wide_classes, classes);
    }
    // Few rows that are left share what they read of many classes' weights too.
    for (int height = 4; classes > ALONE && height >= 2; height -= 2) {
      const NAME(scores_of_tile) *few = NAME(scores_of_tiles)[height];
      if (height >= tile_rows || row + height > rows || !few[wide] || !few[wide - 1]) continue;
      const ptrdiff_t first = row;
      row = few[wide](&s, first, 0, wide_classes);
      if (wide_classes < classes) few[wide - 1](&s, first, wide_classes, classes);
    }
    if (row == rows) continue;
    if (left < classes) alone[ALONE](&s, row, 0, classes - left);
    if (left > 0) alone[left](&s, row, classes - left, classes);
  }
}
