#include "include/DescentKernels.h"

#define TEMPLATE "HingeTemplate.h"
#include "ForEachLevel.h"

#define DEFINE(Element) \
  void descent_hinge_##Element(Element *scores, double *values, const int32_t *labels, double margin, \
                               ptrdiff_t rows, ptrdiff_t columns) { \
    DESCENT_CALL(hinge, Element)(scores, values, labels, margin, rows, columns); \
  } \
  void descent_squared_hinge_##Element(Element *scores, double *values, const int32_t *labels, double margin, \
                                       ptrdiff_t rows, ptrdiff_t columns) { \
    DESCENT_CALL(squared_hinge, Element)(scores, values, labels, margin, rows, columns); \
  }

DEFINE(float)
DEFINE(double)
