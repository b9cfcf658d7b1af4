#include "include/DescentKernels.h"

#define TEMPLATE "SparseTemplate.h"
#include "ForEachLevel.h"

#define DEFINE_STORED(Element, Stored) \
  void descent_sparse_scores_##Element##_##Stored(Element *scores, const ptrdiff_t *starts, const int32_t *indices, \
      const Stored *values, const Element *table, const Element *bias, Element *scratch, ptrdiff_t rows, \
      ptrdiff_t classes, ptrdiff_t stride) { \
    DESCENT_CALL(sparse_scores_of_##Stored, Element) \
    (scores, starts, indices, values, table, bias, scratch, rows, classes, stride); \
  } \
  void descent_sparse_gradient_##Element##_##Stored(Element *gradient, const ptrdiff_t *starts, const int32_t *rows, \
      const Stored *values, const Element *slopes, Element *scratch, double scale, ptrdiff_t first, ptrdiff_t last, \
      ptrdiff_t features, ptrdiff_t classes, ptrdiff_t stride) { \
    DESCENT_CALL(sparse_gradient_of_##Stored, Element) \
    (gradient, starts, rows, values, slopes, scratch, scale, first, last, features, classes, stride); \
  } \
  void descent_sparse_rows_scores_##Element##_##Stored(Element *scores, const ptrdiff_t *starts, \
      const int32_t *indices, const Stored *values, const Element *weights, const Element *bias, ptrdiff_t rows, \
      ptrdiff_t features, ptrdiff_t classes) { \
    DESCENT_CALL(sparse_rows_scores_of_##Stored, Element) \
    (scores, starts, indices, values, weights, bias, rows, features, classes); \
  } \
  void descent_sparse_rows_gradient_##Element##_##Stored(Element *gradient, const ptrdiff_t *starts, \
      const int32_t *indices, const Stored *values, const Element *slopes, ptrdiff_t rows, ptrdiff_t features, \
      ptrdiff_t classes) { \
    DESCENT_CALL(sparse_rows_gradient_of_##Stored, Element) \
    (gradient, starts, indices, values, slopes, rows, features, classes); \
  }

#define DEFINE_DUAL(Element, Stored) \
  double descent_dual_hinge_##Element##_##Stored(Element *table, Element *alpha, const int32_t *order, \
      const ptrdiff_t *starts, const int32_t *indices, const Stored *values, const int32_t *labels, \
      const Element *squares, const Element *row_weights, const Element *bias, Element *scratch, double unit, double inverse, double margin, \
      ptrdiff_t count, ptrdiff_t features, ptrdiff_t classes, ptrdiff_t stride) { \
    return DESCENT_CALL(dual_hinge_of_##Stored, Element)(table, alpha, order, starts, indices, values, labels, \
        squares, row_weights, bias, scratch, unit, inverse, margin, count, features, classes, stride); \
  }

#define DEFINE(Element) \
  DEFINE_DUAL(Element, float) \
  DEFINE_DUAL(Element, double) \
  DEFINE_STORED(Element, float) \
  DEFINE_STORED(Element, double) \
  void descent_sparse_table_##Element(Element *to, const Element *weights, ptrdiff_t first, ptrdiff_t last, \
                                      ptrdiff_t features, ptrdiff_t classes, ptrdiff_t stride) { \
    DESCENT_CALL(sparse_table, Element)(to, weights, first, last, features, classes, stride); \
  }

DEFINE(float)
DEFINE(double)
