// Fetching the next block of rows into the cache while the products of this one run.
//
// The fetches are spread evenly over the steps of a product: in bursts they would fill the queue of misses, and the
// loads of this block would wait behind them. Half the block is fetched on the way there, half on the way back.
#ifndef DESCENT_FETCH_AHEAD_H
#define DESCENT_FETCH_AHEAD_H
#include <stddef.h>

enum { cache_line = 64 };

typedef struct {
  const char *line;  // to be fetched next
  ptrdiff_t rarely;  // where the number of a step has none of these bits
} ahead;

/// Of a product whose steps read `bytes` each, in `tiles` that read the same: fetches one part in `share` of what they
/// read. Steps are numbered in multiples of `unit`, a power of two. `next` may be none; then `here` is touched.
static inline ahead fetching(const void *next, const void *here, ptrdiff_t bytes, ptrdiff_t tiles, ptrdiff_t share,
                             ptrdiff_t unit) {
  if (!next) return (ahead){here, -1};
  const ptrdiff_t most = share * tiles * (bytes < cache_line ? cache_line / bytes : 1);
  ptrdiff_t period = 1;
  while (2 * period <= most) period *= 2;
  return (ahead){next, (period - 1) * unit};
}

static inline __attribute__((always_inline)) void fetch_ahead(ahead *ahead, ptrdiff_t step, int bytes) {
  if (step & ahead->rarely) return;
  const int lines = bytes < cache_line ? 1 : bytes / cache_line;
#pragma clang loop unroll(full)
  for (int i = 0; i < lines; i++) __builtin_prefetch(ahead->line + i * cache_line, 0, 2);
  ahead->line += lines * cache_line;
}
#endif
