// The tiles of scores on this level, as EACH(rows, classes), in both kinds of products.
//
// As many rows as there are registers for rows·classes sums, the rows' x and one w; rows that are left fill tiles of four
// and two, where there are such and many classes, and then tiles of one row and up to ALONE classes. Beside a tile stands
// one a class narrower, where classes are not a multiple of its own: 17 are 5 + 4 + 4 + 4. Processors without AVX2 share
// fewer tiles: each costs the compiler 10 to 20 ms.

#define EACH_TO_5(EACH) EACH(1, 1) EACH(1, 2) EACH(1, 3) EACH(1, 4) EACH(1, 5)
#define EACH_TO_10(EACH) EACH_TO_5(EACH) EACH(1, 6) EACH(1, 7) EACH(1, 8) EACH(1, 9) EACH(1, 10)

#if REGISTERS > 16
#define EACH_FEW(EACH) EACH(4, 4) EACH(4, 5) EACH(2, 4) EACH(2, 5)
#define WIDEST 5
#define ALONE 10
#define TILE_ROWS(classes) (classes < 3 ? 8 : 5)
#define EACH_TILE(EACH) EACH(8, 1) EACH(8, 2) EACH(5, 3) EACH(5, 4) EACH(5, 5) EACH_FEW(EACH) EACH_TO_10(EACH)
#elif REGISTER_BYTES > 16
#define WIDEST 5
#define ALONE 10
#define TILE_ROWS(classes) (classes < 2 ? 7 : classes < 3 ? 5 : classes < 5 ? 3 : 2)
#define EACH_TILE(EACH) EACH(7, 1) EACH(5, 2) EACH(3, 3) EACH(3, 4) EACH(2, 4) EACH(2, 5) EACH_TO_10(EACH)
#else
#define WIDEST 3
#define ALONE 5
#define TILE_ROWS(classes) (classes < 2 ? 7 : classes < 3 ? 5 : 3)
#define EACH_TILE(EACH) EACH(7, 1) EACH(5, 2) EACH(3, 2) EACH(3, 3) EACH_TO_5(EACH)
#endif
