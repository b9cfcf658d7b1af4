#include "include/DescentKernels.h"

#define TEMPLATE "SoftmaxTemplate.h"
#include "ForEachLevel.h"

#define DEFINE(Element) \
  double descent_softmax_##Element(Element *scores, const int32_t *labels, ptrdiff_t rows, ptrdiff_t columns) { \
    return DESCENT_CALL(softmax, Element)(scores, labels, rows, columns); \
  } \
  double descent_softmax_targets_##Element( \
      Element *scores, const Element *targets, ptrdiff_t rows, ptrdiff_t columns) { \
    return DESCENT_CALL(softmax_targets, Element)(scores, targets, rows, columns); \
  } \
  void descent_probabilities_##Element(Element *scores, ptrdiff_t rows, ptrdiff_t columns) { \
    DESCENT_CALL(probabilities, Element)(scores, rows, columns); \
  } \
  void descent_exp_##Element(Element *values, ptrdiff_t count) { DESCENT_CALL(exp, Element)(values, count); }

DEFINE(float)
DEFINE(double)
