// G += Sᵀ·X. A tile is two registers of features for a few classes; it walks down the block's rows, so that
// each x that is loaded serves all the tile's classes and G is read and written once a block. The block's sum
// is added to G as a whole, which rounds less than adding row after row.

/// `skip` lanes of the register belong to the tile before. `next` is prefetched, a row at a time.
INLINE void OF(gradient_tile)(int classes, int registers, ELEMENT *gradient, const ELEMENT *scores,
                              ptrdiff_t score_stride, const STORED *x, const STORED *next, ptrdiff_t rows,
                              ptrdiff_t features, ptrdiff_t skip) {
  P sum[5][2];
  UNROLL for (int c = 0; c < classes; c++) UNROLL for (int v = 0; v < registers; v++) sum[c][v] = 0;
#pragma clang loop unroll(disable)
  for (ptrdiff_t row = 0; row < rows; row++) {
    P xs[2];
    UNROLL for (int v = 0; v < registers; v++) {
      xs[v] = GET(x + row * features + v * NAME(width));
      if (skip) xs[v] = NAME(without_first)(xs[v], skip);
    }
    if (next) {
      const char *line = (const char *)(next + row * features);
      const int bytes = registers * NAME(width) * (int)sizeof(STORED);
      UNROLL for (int at = 0; at < bytes; at += 64) __builtin_prefetch(line + at, 0, 2);
    }
    UNROLL for (int c = 0; c < classes; c++) {
      const P s = scores[row * score_stride + c];
      UNROLL for (int v = 0; v < registers; v++) sum[c][v] = s * xs[v] + sum[c][v];
    }
  }
  UNROLL for (int c = 0; c < classes; c++) UNROLL for (int v = 0; v < registers; v++)
      NAME(add_to)(gradient + c * features + v * NAME(width), sum[c][v]);
}

/// All classes of the features from `f`.
INLINE void OF(gradient_strip)(int registers, ELEMENT *gradient, const ELEMENT *scores, const STORED *x,
                               const STORED *next, ptrdiff_t rows, ptrdiff_t features, ptrdiff_t classes,
                               ptrdiff_t skip) {
  const ptrdiff_t tiles = (classes + 4) / 5;
  ptrdiff_t c = 0;
  for (ptrdiff_t tile = tiles; tile > 0; tile--) {
    ELEMENT *to = gradient + c * features;
    const ptrdiff_t some = (classes - c + tile - 1) / tile;
    switch (some) {
#define CASE(n) \
  case n: \
    OF(gradient_tile)(n, registers, to, scores + c, classes, x, c == 0 ? next : 0, rows, features, skip); \
    break;
      CASE(1) CASE(2) CASE(3) CASE(4) CASE(5)
#undef CASE
    }
    c += some;
  }
}

KERNEL void OF(gradient)(ELEMENT *gradient, const ELEMENT *scores, const STORED *x, const STORED *next,
                         ptrdiff_t rows, ptrdiff_t features, ptrdiff_t classes) {
  const ptrdiff_t strip = 2 * NAME(width), strip_bytes = strip * (ptrdiff_t)sizeof(STORED);
  ptrdiff_t f = 0;
  for (; f + strip <= features; f += strip) {
    // Strips of bytes are narrower than a line of the cache: the first of them fetches it.
    const bool first = f * (ptrdiff_t)sizeof(STORED) % 64 < strip_bytes;
    const STORED *fetch = next && first ? next + f : 0;
    OF(gradient_strip)(2, gradient + f, scores, x + f, fetch, rows, features, classes, 0);
  }
  if (f + NAME(width) <= features) {
    OF(gradient_strip)(1, gradient + f, scores, x + f, 0, rows, features, classes, 0);
    f += NAME(width);
  }
  if (f == features) return;
  if (features >= NAME(width)) {
    const ptrdiff_t at = features - NAME(width);
    OF(gradient_strip)(1, gradient + at, scores, x + at, 0, rows, features, classes, f - at);
    return;
  }
  for (ptrdiff_t c = 0; c < classes; c++)
    for (f = 0; f < features; f++) {
      ELEMENT sum = 0;
      for (ptrdiff_t row = 0; row < rows; row++)
        sum += scores[row * classes + c] * (ELEMENT)x[row * features + f];
      gradient[c * features + f] += sum;
    }
}
