#include "include/DescentKernels.h"

#define TEMPLATE "ScalarLossTemplate.h"
#include "ForEachLevel.h"

#define DEFINE(Element) \
  double descent_logistic_##Element(Element *scores, const int32_t *labels, ptrdiff_t count) { \
    return DESCENT_CALL(logistic, Element)(scores, labels, count); \
  } \
  double descent_squared_##Element(Element *scores, const double *targets, ptrdiff_t count) { \
    return DESCENT_CALL(huber, Element)(scores, targets, INFINITY, count); \
  } \
  double descent_huber_##Element(Element *scores, const double *targets, double delta, ptrdiff_t count) { \
    return DESCENT_CALL(huber, Element)(scores, targets, delta, count); \
  }

DEFINE(float)
DEFINE(double)
