#include "include/DescentKernels.h"

#define STORED uint8_t
#define GET(from) NAME(get_bytes)(from)
#define TEMPLATE "ProductsTemplate.h"
#include "ForEachLevel.h"

#define DEFINE(Element) \
  void descent_scores_bytes_##Element(Element *scores, const uint8_t *x, const uint8_t *next, ptrdiff_t share, \
                                const Element *weights, const Element *bias, ptrdiff_t rows, \
                                ptrdiff_t features, ptrdiff_t classes) { \
    DESCENT_CALL(scores, Element)(scores, x, next, share, weights, bias, rows, features, classes); \
  } \
  void descent_gradient_bytes_##Element(Element *gradient, const Element *scores, const uint8_t *x, \
                                  const uint8_t *next, ptrdiff_t rows, ptrdiff_t features, ptrdiff_t classes) { \
    DESCENT_CALL(gradient, Element)(gradient, scores, x, next, rows, features, classes); \
  }

DEFINE(float)
DEFINE(double)
