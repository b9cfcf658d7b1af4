// The two products of a linear model with few classes over a block of rows, for rows of elements and of bytes.
//
// Why not BLAS: with 10 classes its packing and its tiles of 16 cost more than they save. Float, 784 features,
// blocks of 32 rows, one core of a Zen 3 whose sgemm peak is 93 GFLOP/s: OpenBLAS 0.3.21 ran S at 28 and G at
// 39, these at 86 and 94 from the cache. Bytes, converted in registers: 86 and 87, so no buffer is needed.
#include "Packed.h"

#define STORED ELEMENT
#define GET(from) NAME(get)(from)
#define OF(name) NAME(name)
#include "Scores.h"
#include "Gradient.h"
#undef STORED
#undef GET
#undef OF

#define STORED uint8_t
#define GET(from) NAME(get_bytes)(from)
#define OF(name) NAME(name##_bytes)
#include "Scores.h"
#include "Gradient.h"
#undef STORED
#undef GET
#undef OF

KERNEL void NAME(add_columns)(ELEMENT *restrict sums, const ELEMENT *restrict scores, ptrdiff_t rows,
                              ptrdiff_t columns) {
  for (; rows >= 4; rows -= 4, scores += 4 * columns)
    for (ptrdiff_t c = 0; c < columns; c++)
      sums[c] += (scores[c] + scores[columns + c]) + (scores[2 * columns + c] + scores[3 * columns + c]);
  for (; rows > 0; rows--, scores += columns)
    for (ptrdiff_t c = 0; c < columns; c++) sums[c] += scores[c];
}
#undef P
#undef UNROLL
