#include "include/DescentKernels.h"

#define TEMPLATE "ScalarLossTemplate.h"
#include "ForEachLevel.h"

#define DEFINE(Element) \
  void descent_logistic_##Element(Element *scores, double *values, const int32_t *labels, ptrdiff_t count) { \
    DESCENT_CALL(logistic, Element)(scores, values, labels, count); \
  } \
  void descent_squared_##Element(Element *scores, double *values, const double *targets, ptrdiff_t count) { \
    DESCENT_CALL(huber, Element)(scores, values, targets, INFINITY, count); \
  } \
  void descent_huber_##Element( \
      Element *scores, double *values, const double *targets, double delta, ptrdiff_t count) { \
    DESCENT_CALL(huber, Element)(scores, values, targets, delta, count); \
  } \
  void descent_poisson_##Element(Element *scores, double *values, const double *targets, ptrdiff_t count) { \
    DESCENT_CALL(poisson, Element)(scores, values, targets, count); \
  }

DEFINE(float)
DEFINE(double)

void descent_logistic_conjugate(double *values, const double *slopes, double factor, ptrdiff_t count) {
  DESCENT_CALL(logistic_conjugate, double)(values, slopes, factor, count);
}

void descent_entropies(double *shares, ptrdiff_t count) { DESCENT_CALL(entropies, double)(shares, count); }
