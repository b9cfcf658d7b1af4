// The two products of a linear model with few classes over a block of rows, which are STORED, and read by GET: elements,
// bytes or floats, each in a .c file of its own.
//
// Why not BLAS: with few classes its packing costs more than it saves. Float, 784 features, one core of a Zen 3
// with an sgemm peak of 90 GFLOP/s and 17 GB/s, OpenBLAS 0.3.21, both products of a block one after the other,
// X from memory, in GFLOP/s:
//
//   classes            1    2   10   32   48   64  100
//   these, 16-32 rows 15   28   79   85   71   72   72
//   BLAS, best block   6   11   37   66   73   77   82
//
// So BLAS is the better choice from some 48 classes on, where blocks may be as large as it likes. Where they are
// small, as in mini-batches and in scoring, packing costs it more. The same from the cache, each product by itself:
//
//   classes                 128               1000
//   rows                16   32   64     16   32   64
//   scores, these       86   89   91     83   87   88
//   scores, BLAS        58   71   80     56   72   81
//   gradient, these     82   90   81     83   76   69
//   gradient, BLAS      70   82   88     73   85   92
//
// Bytes (10 classes: 78) are converted in registers, which costs less than writing a block of elements and reading
// it again.
#include "FetchAhead.h"
#include "Packed.h"
#include "ScoreTiles.h"
#include "Scores.h"
#include "Gradient.h"
#undef P
#undef UNROLL
#undef WIDEST
#undef ALONE
#undef TILE_ROWS
#undef EACH_TILE
