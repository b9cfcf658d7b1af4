// G += Sᵀ·X. A tile is two registers of features for a few classes; it walks down the block's rows, so that
// each x that is loaded serves all the tile's classes and G is read and written once a block. The block's sum
// is added to G as a whole, which rounds less than adding row after row.

typedef struct {
  ELEMENT *gradient;
  const ELEMENT *scores;
  const STORED *x;
  ptrdiff_t rows, features, classes;
  ahead ahead;
} NAME(transposing);

/// The classes from `c`, the features from `f`. `skip` lanes of the register belong to the tile before.
INLINE void NAME(gradient_tile)(int classes, int registers, NAME(transposing) *t, ptrdiff_t c, ptrdiff_t f,
                              ptrdiff_t skip) {
  const ptrdiff_t rows = t->rows, features = t->features, score_stride = t->classes;
  const ELEMENT *scores = t->scores + c;
  const STORED *x = t->x + f;
  ahead ahead = t->ahead;
  P sum[5][2];
  UNROLL for (int k = 0; k < classes; k++) UNROLL for (int v = 0; v < registers; v++) sum[k][v] = 0;
  ptrdiff_t row = 0;
  // One sum or two would each wait for the row before: four rows beside each other, and then the rest.
  if (classes * registers <= 2) {
    P sums[4][2];
    UNROLL for (int i = 0; i < 4; i++) UNROLL for (int v = 0; v < 2; v++) sums[i][v] = 0;
#pragma clang loop unroll(disable)
    for (; row + 4 <= rows; row += 4) UNROLL for (int i = 0; i < 4; i++) {
      fetch_ahead(&ahead, row + i, registers * NAME(width) * (int)sizeof(STORED));
      UNROLL for (int v = 0; v < registers; v++) {
        P x_here = GET(x + (row + i) * features + v * NAME(width));
        if (skip) x_here = NAME(without_first)(x_here, skip);
        UNROLL for (int k = 0; k < classes; k++) {
          const P s = scores[(row + i) * score_stride + k];
          sums[i][v + k] = s * x_here + sums[i][v + k];
        }
      }
    }
    UNROLL for (int k = 0; k < classes; k++) UNROLL for (int v = 0; v < registers; v++)
        sum[k][v] = (sums[0][v + k] + sums[1][v + k]) + (sums[2][v + k] + sums[3][v + k]);
  }
#pragma clang loop unroll(disable)
  for (; row < rows; row++) {
    P xs[2];
    UNROLL for (int v = 0; v < registers; v++) {
      xs[v] = GET(x + row * features + v * NAME(width));
      if (skip) xs[v] = NAME(without_first)(xs[v], skip);
    }
    fetch_ahead(&ahead, row, registers * NAME(width) * (int)sizeof(STORED));
    UNROLL for (int k = 0; k < classes; k++) {
      const P s = scores[row * score_stride + k];
      UNROLL for (int v = 0; v < registers; v++) sum[k][v] = s * xs[v] + sum[k][v];
    }
  }
  t->ahead = ahead;
  ELEMENT *to = t->gradient + c * features + f;
  UNROLL for (int k = 0; k < classes; k++) UNROLL for (int v = 0; v < registers; v++)
      NAME(add_to)(to + k * features + v * NAME(width), sum[k][v]);
}

/// All classes of the features from `f`.
INLINE void NAME(gradient_strip)(int registers, NAME(transposing) *t, ptrdiff_t f, ptrdiff_t skip) {
  ptrdiff_t c = 0;
  for (ptrdiff_t tile = (t->classes + 4) / 5; tile > 0; tile--) {
    const ptrdiff_t some = (t->classes - c + tile - 1) / tile;
    switch (some) {
#define CASE(n) \
  case n: \
    NAME(gradient_tile)(n, registers, t, c, f, skip); \
    break;
      CASE(1) CASE(2) CASE(3) CASE(4) CASE(5)
#undef CASE
    }
    c += some;
  }
}

KERNEL void NAME(gradient)(ELEMENT *gradient, const ELEMENT *scores, const STORED *x, const STORED *next,
                         ptrdiff_t rows, ptrdiff_t features, ptrdiff_t classes) {
  // The half of the next block that the scores have left.
  const ahead ahead = fetching(next ? next + rows * features / 2 : 0, x,
                               2 * NAME(width) * (ptrdiff_t)sizeof(STORED), (classes + 4) / 5, 2, 1);
  NAME(transposing) t = {gradient, scores, x, rows, features, classes, ahead};
  ptrdiff_t f = 0;
  for (; f + 2 * NAME(width) <= features; f += 2 * NAME(width)) NAME(gradient_strip)(2, &t, f, 0);
  if (f + NAME(width) <= features) {
    NAME(gradient_strip)(1, &t, f, 0);
    f += NAME(width);
  }
  if (f == features) return;
  if (features >= NAME(width)) return NAME(gradient_strip)(1, &t, features - NAME(width), f - features + NAME(width));
  for (ptrdiff_t c = 0; c < classes; c++)
    for (f = 0; f < features; f++) {
      ELEMENT sum = 0;
      for (ptrdiff_t row = 0; row < rows; row++)
        sum += scores[row * classes + c] * (ELEMENT)x[row * features + f];
      gradient[c * features + f] += sum;
    }
}
