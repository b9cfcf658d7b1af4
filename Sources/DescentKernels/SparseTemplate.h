// Products of a linear model with rows of which most numbers are zeros.
//
// A nonzero x_ij meets the weights of feature j of all classes. In `table` [features, stride] they lie side by
// side, so that it costs one or two cache lines and not one a class; stride is a multiple of the half vector.
// The gradient goes by columns instead of rows: the slopes of all rows fit a cache far better than the gradient,
// each number of the gradient is written once, and no sum depends on who computes it.

#define UNROLL _Pragma("clang loop unroll(full)")

typedef ELEMENT NAME(half) __attribute__((ext_vector_type(LANES / 2)));
#define H NAME(half)

// How many of them are summed in registers at once; processors without AVX2 are spared the compiler's time for more.
#if REGISTERS > 16 || REGISTER_BYTES > 16
#define MOST_HALVES 6
#else
#define MOST_HALVES 2
#endif

INLINE H NAME(load_half)(const ELEMENT *from) {
  H v;
  memcpy(&v, from, sizeof v);
  return v;
}

INLINE void NAME(store_half)(ELEMENT *to, H v) { memcpy(to, &v, sizeof v); }

#define STORED float
#define OF(name) NAME(name##_of_float)
#include "SparseProducts.h"
#include "DualHinge.h"
#undef STORED
#undef OF

#define STORED double
#define OF(name) NAME(name##_of_double)
#include "SparseProducts.h"
#include "DualHinge.h"
#undef STORED
#undef OF

// to [features, stride] from weights [classes, features], columns first..<last.
KERNEL void NAME(sparse_table)(ELEMENT *restrict to, const ELEMENT *restrict weights, ptrdiff_t first, ptrdiff_t last,
                               ptrdiff_t features, ptrdiff_t classes, ptrdiff_t stride) {
  for (ptrdiff_t start = first; start < last; start += 16) {
    const ptrdiff_t end = start + 16 < last ? start + 16 : last;
    for (ptrdiff_t c = 0; c < classes; c++)
      for (ptrdiff_t j = start; j < end; j++) to[j * stride + c] = weights[c * features + j];
    for (ptrdiff_t c = classes; c < stride; c++)
      for (ptrdiff_t j = start; j < end; j++) to[j * stride + c] = 0;
  }
}
#undef H
#undef UNROLL
#undef MOST_HALVES
