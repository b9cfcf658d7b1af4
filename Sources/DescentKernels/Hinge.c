#include "include/DescentKernels.h"

#define TEMPLATE "HingeTemplate.h"
#include "ForEachLevel.h"

#define DEFINE(Element) \
  double descent_hinge_##Element( \
      Element *scores, const int32_t *labels, double margin, ptrdiff_t rows, ptrdiff_t columns) { \
    return DESCENT_CALL(hinge, Element)(scores, labels, margin, rows, columns); \
  } \
  double descent_squared_hinge_##Element( \
      Element *scores, const int32_t *labels, double margin, ptrdiff_t rows, ptrdiff_t columns) { \
    return DESCENT_CALL(squared_hinge, Element)(scores, labels, margin, rows, columns); \
  }

DEFINE(float)
DEFINE(double)
