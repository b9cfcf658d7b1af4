#include "include/DescentKernels.h"

#define STORED ELEMENT
#define GET(from) NAME(get)(from)
#define TEMPLATE "ProductsTemplate.h"
#include "ForEachLevel.h"

#define DEFINE(Element) \
  void descent_scores_##Element(Element *scores, const Element *x, const Element *next, ptrdiff_t share, \
                                const Element *weights, const Element *bias, ptrdiff_t rows, \
                                ptrdiff_t features, ptrdiff_t classes) { \
    DESCENT_CALL(scores, Element)(scores, x, next, share, weights, bias, rows, features, classes); \
  } \
  void descent_gradient_##Element(Element *gradient, const Element *scores, const Element *x, \
                                  const Element *next, ptrdiff_t rows, ptrdiff_t features, ptrdiff_t classes) { \
    DESCENT_CALL(gradient, Element)(gradient, scores, x, next, rows, features, classes); \
  }

DEFINE(float)
DEFINE(double)
