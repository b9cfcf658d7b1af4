#pragma once

#include <stddef.h>
#include <stdint.h>

// The loops that Swift cannot vectorise without flags for the processor. Every function exists for float and
// for double, picks the processor's level when it is called (AVX-512, AVX2 with FMA, or plain), allocates
// nothing, keeps no state, and may be called from any number of threads. Matrices are row-major and contiguous
// unless a stride is given. The caller checks shapes, labels and numbers: a kernel checks nothing.
//
// The bits of a row's result depend on that row and the other operands alone, not on the rows beside it.

#define DESCENT_BOTH(DECLARE) DECLARE(float) DECLARE(double)

// MARK: Losses of a row of scores

// Each overwrites `scores` [rows, columns] by the gradient of each row's loss with respect to its scores (not
// divided by the number of rows) and returns the sum of the rows' losses. NaN in the scores gives NaN.

#define DECLARE(Element) \
  /** Softmax cross-entropy, natural logarithm. Labels are 0 ..< columns. */ \
  double descent_softmax_##Element(Element *_Nonnull scores, const int32_t *_Nonnull labels, ptrdiff_t rows, \
                                   ptrdiff_t columns); \
  /** Softmax cross-entropy with a distribution a row: Σ q·(log Σ exp(s) − s). `targets` [rows, columns]. */ \
  double descent_softmax_targets_##Element(Element *_Nonnull scores, const Element *_Nonnull targets, \
                                           ptrdiff_t rows, ptrdiff_t columns); \
  /** Weston-Watkins hinge: Σ_{j≠y} max(0, s_j − s_y + margin). */ \
  double descent_hinge_##Element(Element *_Nonnull scores, const int32_t *_Nonnull labels, double margin, \
                                 ptrdiff_t rows, ptrdiff_t columns); \
  /** Squared hinge: Σ_{j≠y} max(0, s_j − s_y + margin)². */ \
  double descent_squared_hinge_##Element(Element *_Nonnull scores, const int32_t *_Nonnull labels, \
                                         double margin, ptrdiff_t rows, ptrdiff_t columns); \
  /** Binary logistic loss: log(1 + exp(∓s)), labels 0 and 1. */ \
  double descent_logistic_##Element(Element *_Nonnull scores, const int32_t *_Nonnull labels, \
                                    ptrdiff_t count); \
  /** Squared error: ½·(s − target)². */ \
  double descent_squared_##Element(Element *_Nonnull scores, const double *_Nonnull targets, \
                                   ptrdiff_t count); \
  /** Huber's loss: ½·d² where |d| ≤ delta, delta·(|d| − ½·delta) beyond; d = s − target. */ \
  double descent_huber_##Element(Element *_Nonnull scores, const double *_Nonnull targets, double delta, \
                                 ptrdiff_t count);
DESCENT_BOTH(DECLARE)
#undef DECLARE

// MARK: Prediction

#define DECLARE(Element) \
  /** Overwrites each row of scores by its softmax. */ \
  void descent_probabilities_##Element(Element *_Nonnull scores, ptrdiff_t rows, ptrdiff_t columns); \
  /** Overwrites each value by its exponential, within 2 units in the last place. */ \
  void descent_exp_##Element(Element *_Nonnull values, ptrdiff_t count);
DESCENT_BOTH(DECLARE)
#undef DECLARE
