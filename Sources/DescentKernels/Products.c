#include "include/DescentKernels.h"

#define TEMPLATE "ProductsTemplate.h"
#include "ForEachLevel.h"

#define DEFINE_STORED(Element, Stored, scores_kernel, gradient_kernel) \
  void descent_##scores_kernel##_##Element(Element *scores, const Stored *x, const Stored *next, \
                                           ptrdiff_t share, const Element *weights, const Element *bias, \
                                           ptrdiff_t rows, ptrdiff_t features, ptrdiff_t classes) { \
    DESCENT_CALL(scores_kernel, Element)(scores, x, next, share, weights, bias, rows, features, classes); \
  } \
  void descent_##gradient_kernel##_##Element(Element *gradient, const Element *scores, const Stored *x, \
                                             const Stored *next, ptrdiff_t rows, ptrdiff_t features, \
                                             ptrdiff_t classes) { \
    DESCENT_CALL(gradient_kernel, Element)(gradient, scores, x, next, rows, features, classes); \
  }

#define DEFINE(Element) \
  DEFINE_STORED(Element, Element, scores, gradient) \
  DEFINE_STORED(Element, uint8_t, scores_bytes, gradient_bytes)

DEFINE(float)
DEFINE(double)
