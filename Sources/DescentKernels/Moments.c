#include "include/DescentKernels.h"

#define TEMPLATE "MomentsTemplate.h"
#include "ForEachLevel.h"

#define DEFINE(Element) \
  void descent_moments_##Element(double *lows, double *highs, double *sums, double *squares, const double *centres, \
                                 const Element *x, const double *counts, ptrdiff_t rows, ptrdiff_t columns) { \
    DESCENT_CALL(moments, Element)(lows, highs, sums, squares, centres, x, counts, rows, columns); \
  }

DEFINE(float)
DEFINE(double)
