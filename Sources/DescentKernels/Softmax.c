#include "include/DescentKernels.h"

#define TEMPLATE "SoftmaxTemplate.h"
#include "ForEachLevel.h"

#define DEFINE(Element) \
  void descent_softmax_##Element( \
      Element *scores, double *values, const int32_t *labels, ptrdiff_t rows, ptrdiff_t columns) { \
    DESCENT_CALL(softmax, Element)(scores, values, labels, rows, columns); \
  } \
  void descent_softmax_targets_##Element( \
      Element *scores, double *values, const Element *targets, ptrdiff_t rows, ptrdiff_t columns) { \
    DESCENT_CALL(softmax_targets, Element)(scores, values, targets, rows, columns); \
  } \
  void descent_probabilities_##Element(Element *scores, ptrdiff_t rows, ptrdiff_t columns) { \
    DESCENT_CALL(probabilities, Element)(scores, rows, columns); \
  } \
  void descent_exp_##Element(Element *values, ptrdiff_t count) { DESCENT_CALL(exp, Element)(values, count); }

DEFINE(float)
DEFINE(double)
