#include "include/DescentKernels.h"

// Of floats with weights in double: what a certificate multiplies.
#define WIDE_ONLY
#define STORED float
#define GET(from) NAME(get_singles)(from)
#define TEMPLATE "ProductsTemplate.h"
#include "ForEachLevel.h"

void descent_scores_singles_double(double *scores, const float *x, const float *next, ptrdiff_t share,
                                   const double *weights, const double *bias, ptrdiff_t rows, ptrdiff_t features,
                                   ptrdiff_t classes) {
  DESCENT_CALL(scores, double)(scores, x, next, share, weights, bias, rows, features, classes);
}

void descent_gradient_singles_double(double *gradient, const double *scores, const float *x, const float *next,
                                     ptrdiff_t rows, ptrdiff_t features, ptrdiff_t classes) {
  DESCENT_CALL(gradient, double)(gradient, scores, x, next, rows, features, classes);
}
