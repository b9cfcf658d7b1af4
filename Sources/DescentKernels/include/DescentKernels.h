#pragma once

#include <stdbool.h>
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

// Each overwrites `scores` [rows, columns] by the gradient of each row's loss with respect to its scores, and writes
// the loss of each row to `values`. NaN in the scores gives NaN. A loss of one score takes each score for a row.

#define DECLARE(Element) \
  /** Softmax cross-entropy, natural logarithm. Labels are 0 ..< columns. */ \
  void descent_softmax_##Element(Element *_Nonnull scores, double *_Nonnull values, \
                                 const int32_t *_Nonnull labels, ptrdiff_t rows, ptrdiff_t columns); \
  /** Softmax cross-entropy with a distribution a row: Σ q·(log Σ exp(s) − s). `targets` [rows, columns]. */ \
  void descent_softmax_targets_##Element(Element *_Nonnull scores, double *_Nonnull values, \
                                         const Element *_Nonnull targets, ptrdiff_t rows, ptrdiff_t columns); \
  /** Weston-Watkins hinge: Σ_{j≠y} max(0, s_j − s_y + margin). */ \
  void descent_hinge_##Element(Element *_Nonnull scores, double *_Nonnull values, \
                               const int32_t *_Nonnull labels, double margin, ptrdiff_t rows, \
                               ptrdiff_t columns); \
  /** Squared hinge: Σ_{j≠y} max(0, s_j − s_y + margin)². */ \
  void descent_squared_hinge_##Element(Element *_Nonnull scores, double *_Nonnull values, \
                                       const int32_t *_Nonnull labels, double margin, ptrdiff_t rows, \
                                       ptrdiff_t columns); \
  /** Binary logistic loss: log(1 + exp(∓s)), labels 0 and 1. */ \
  void descent_logistic_##Element(Element *_Nonnull scores, double *_Nonnull values, \
                                  const int32_t *_Nonnull labels, ptrdiff_t count); \
  /** Squared error: ½·(s − target)². */ \
  void descent_squared_##Element(Element *_Nonnull scores, double *_Nonnull values, \
                                 const double *_Nonnull targets, ptrdiff_t count); \
  /** Huber's loss: ½·d² where |d| ≤ delta, delta·(|d| − ½·delta) beyond; d = s − target. */ \
  void descent_huber_##Element(Element *_Nonnull scores, double *_Nonnull values, \
                               const double *_Nonnull targets, double delta, ptrdiff_t count); \
  /** Half the Poisson deviance: exp(s) − target·s − target + target·log(target), targets from 0. */ \
  void descent_poisson_##Element(Element *_Nonnull scores, double *_Nonnull values, \
                                 const double *_Nonnull targets, ptrdiff_t count);
DESCENT_BOTH(DECLARE)
#undef DECLARE

/** The logistic loss's conjugate at factor·slopes, magnitudes in 0...1: p·log p + (1 − p)·log(1 − p), p = |slope|. */
void descent_logistic_conjugate(double *_Nonnull values, const double *_Nonnull slopes, double factor, ptrdiff_t count);

/** Each p in 0...1 becomes p·log p. */
void descent_entropies(double *_Nonnull shares, ptrdiff_t count);

// MARK: Prediction

#define DECLARE(Element) \
  /** Overwrites each row of scores by its softmax. */ \
  void descent_probabilities_##Element(Element *_Nonnull scores, ptrdiff_t rows, ptrdiff_t columns); \
  /** Overwrites each value by its exponential, within 2 units in the last place. */ \
  void descent_exp_##Element(Element *_Nonnull values, ptrdiff_t count);
DESCENT_BOTH(DECLARE)
#undef DECLARE

// MARK: Moments

#define DECLARE(Element) \
  /** Of each column of x [rows, columns]: lows and highs ← the least and the greatest, sums and squares ← themselves plus \
      Σ w·(x − centre) and Σ w·(x − centre)². `counts` are the rows' w, or null where each is 1; a row of 0 is not seen. \
      A number that is not finite leaves sums that are not. */ \
  void descent_moments_##Element(double *_Nonnull lows, double *_Nonnull highs, double *_Nonnull sums, \
                                 double *_Nonnull squares, const double *_Nonnull centres, \
                                 const Element *_Nonnull x, const double *_Nullable counts, ptrdiff_t rows, \
                                 ptrdiff_t columns);
DESCENT_BOTH(DECLARE)
#undef DECLARE

// MARK: Products of a linear model

// Both products of a model with few classes (up to some 40; BLAS is better beyond, though these are right), over
// a block of rows that stays in the cache: 16 to 512 rows, some 30 to 100 KB. `x` [rows, features] holds elements or, in the
// kernels named so, bytes or floats that are converted in registers (scale and offset belong in the weights). `next` may
// be null, or the block of as many rows that will be needed next: it is fetched into the cache meanwhile, by the scores
// one part in `share`: 1 where no gradient follows, else 2, and the gradient fetches the other half.

#define DECLARE_STORED(Element, Stored, scores_kernel, gradient_kernel) \
  /** scores [rows, classes] = x·weightsᵀ + bias; weights [classes, features]. A row alone has the same bits. */ \
  void descent_##scores_kernel##_##Element( \
      Element *_Nonnull scores, const Stored *_Nonnull x, const Stored *_Nullable next, ptrdiff_t share, \
      const Element *_Nonnull weights, const Element *_Nullable bias, ptrdiff_t rows, ptrdiff_t features, \
      ptrdiff_t classes); \
  /** gradient [classes, features] += scoresᵀ·x. */ \
  void descent_##gradient_kernel##_##Element( \
      Element *_Nonnull gradient, const Element *_Nonnull scores, const Stored *_Nonnull x, \
      const Stored *_Nullable next, ptrdiff_t rows, ptrdiff_t features, ptrdiff_t classes);
#define DECLARE(Element) \
  DECLARE_STORED(Element, Element, scores, gradient) \
  DECLARE_STORED(Element, uint8_t, scores_bytes, gradient_bytes)
DESCENT_BOTH(DECLARE)
DECLARE_STORED(double, float, scores_singles, gradient_singles)
#undef DECLARE
#undef DECLARE_STORED

// MARK: Updates of flat vectors

#define DECLARE(Element) \
  /** Velocity v ← momentum·v + g, then parameters −= rate·v, or with `nesterov` rate·(momentum·v + g). */ \
  void descent_momentum_##Element(Element *_Nonnull parameters, Element *_Nonnull velocity, \
      const Element *_Nonnull gradient, double rate, double momentum, bool nesterov, ptrdiff_t count); \
  /** squares += g², then parameters −= rate·g / (√squares + epsilon). */ \
  void descent_adagrad_##Element(Element *_Nonnull parameters, Element *_Nonnull squares, \
      const Element *_Nonnull gradient, double rate, double epsilon, ptrdiff_t count); \
  /** squares ← decay·squares + (1 − decay)·g², then parameters −= rate·g / (√squares + epsilon). */ \
  void descent_rmsprop_##Element(Element *_Nonnull parameters, Element *_Nonnull squares, \
      const Element *_Nonnull gradient, double rate, double decay, double epsilon, ptrdiff_t count); \
  /** Adam. means ← beta1·means + (1 − beta1)·g; squares with beta2 and g²; \
      parameters −= rate·means / (√squares·scale + epsilon). \
      The caller puts the bias corrections of step t into rate / (1 − beta1ᵗ) and scale = 1 / √(1 − \
      beta2ᵗ). */ \
  void descent_adam_##Element(Element *_Nonnull parameters, Element *_Nonnull means, \
      Element *_Nonnull squares, const Element *_Nonnull gradient, double rate, double scale, \
      double beta1, double beta2, double epsilon, ptrdiff_t count); \
  /** The proximal operator of threshold·‖·‖₁: sign(x)·max(0, |x| − threshold), exact zeros. */ \
  void descent_soft_threshold_##Element(Element *_Nonnull values, double threshold, ptrdiff_t count); \
  /** The same with a threshold factor·thresholds[i] for each coordinate. */ \
  void descent_soft_thresholds_##Element(Element *_Nonnull values, const Element *_Nonnull thresholds, \
      double factor, ptrdiff_t count); \
  /** to[i] = bytes[i]·scale. */ \
  void descent_convert_bytes_##Element(Element *_Nonnull to, const uint8_t *_Nonnull bytes, double scale, \
      ptrdiff_t count); \
  /** to[i] = the number whose 16 bits (IEEE 754 half precision) are halves[i], exactly. */ \
  void descent_convert_halves_##Element(Element *_Nonnull to, const uint16_t *_Nonnull halves, \
      ptrdiff_t count); \
  /** to[i] = floats[i]. */ \
  void descent_convert_floats_##Element(Element *_Nonnull to, const float *_Nonnull floats, ptrdiff_t count); \
  /** Whether none of the numbers is NaN or infinite. */ \
  bool descent_are_finite_##Element(const Element *_Nonnull numbers, ptrdiff_t count); \
  /** Spreads `rows` of `columns` numbers, close together at the buffer's start, in place. Column j becomes the \
      features starts[j] ..< starts[j + 1]: the number itself where codes[j] is negative; else 0 but for a 1 at \
      places[codes[j] + the number], if that is not negative. */ \
  void descent_expand_categories_##Element(Element *_Nonnull buffer, const ptrdiff_t *_Nonnull starts, \
      const ptrdiff_t *_Nonnull codes, const int32_t *_Nonnull places, ptrdiff_t rows, ptrdiff_t columns);
DESCENT_BOTH(DECLARE)
#undef DECLARE

// MARK: Products of a linear model with sparse rows

// Compressed rows: the nonzeros of row i are at starts[i] ..< starts[i + 1] of `indices` (their columns) and `values`;
// compressed columns likewise, with rows for indices. `stride` is 1 for one class, else their number rounded up to a multiple of
// 8 floats or 4 doubles, and `scratch` has room for 16 · stride elements.

#define DECLARE_STORED(Element, Stored) \
  /** scores [rows, classes] = x·W + bias, with W as `table` [features, stride] and bias [stride]. */ \
  void descent_sparse_scores_##Element##_##Stored( \
      Element *_Nonnull scores, const ptrdiff_t *_Nonnull starts, const int32_t *_Nonnull indices, \
      const Stored *_Nonnull values, const Element *_Nonnull table, const Element *_Nonnull bias, \
      Element *_Nonnull scratch, ptrdiff_t rows, ptrdiff_t classes, ptrdiff_t stride); \
  /** gradient [classes, features] = scale · slopesᵀ·x in the columns first ..< last; slopes [rows, stride]. */ \
  void descent_sparse_gradient_##Element##_##Stored( \
      Element *_Nonnull gradient, const ptrdiff_t *_Nonnull starts, const int32_t *_Nonnull rows, \
      const Stored *_Nonnull values, const Element *_Nonnull slopes, Element *_Nonnull scratch, double scale, \
      ptrdiff_t first, ptrdiff_t last, ptrdiff_t features, ptrdiff_t classes, ptrdiff_t stride); \
  /** scores [rows, classes] = x·weightsᵀ + bias, with weights [classes, features], class by class. */ \
  void descent_sparse_rows_scores_##Element##_##Stored( \
      Element *_Nonnull scores, const ptrdiff_t *_Nonnull starts, const int32_t *_Nonnull indices, \
      const Stored *_Nonnull values, const Element *_Nonnull weights, const Element *_Nonnull bias, ptrdiff_t rows, \
      ptrdiff_t features, ptrdiff_t classes); \
  /** gradient [classes, features] += slopesᵀ·x, with slopes [rows, classes], class by class. */ \
  void descent_sparse_rows_gradient_##Element##_##Stored( \
      Element *_Nonnull gradient, const ptrdiff_t *_Nonnull starts, const int32_t *_Nonnull indices, \
      const Stored *_Nonnull values, const Element *_Nonnull slopes, ptrdiff_t rows, ptrdiff_t features, \
      ptrdiff_t classes);
#define DECLARE(Element) \
  DECLARE_STORED(Element, float) \
  DECLARE_STORED(Element, double) \
  /** to [features, stride] = the transpose of weights [classes, features], zeros behind it, for the features \
      first ..< last. */ \
  void descent_sparse_table_##Element(Element *_Nonnull to, const Element *_Nonnull weights, ptrdiff_t first, \
      ptrdiff_t last, ptrdiff_t features, ptrdiff_t classes, ptrdiff_t stride);
DESCENT_BOTH(DECLARE)
#undef DECLARE
#undef DECLARE_STORED

// MARK: Dual coordinate ascent

#define DECLARE_STORED(Element, Stored) \
  /** One pass of dual coordinate ascent for the hinge of Weston and Watkins with l2, over the rows order[0 ..< count] \
      one after the other. `table` [features + 1, stride] is W, and behind it the biases' part that is penalised, \
      over `unit`; `bias` [stride] is what it is added to. alpha [rows, stride] are the multipliers, 0 in the lanes \
      of the right class and behind the classes; squares[i] = ‖x_i‖² + unit²; inverse = 1/(l2·rows). `weights` \
      are what the rows count for, or null where each counts for 1; then inverse = 1/(l2·their sum). Returns the sum \
      of the magnitudes of the changes. */ \
  double descent_dual_hinge_##Element##_##Stored(Element *_Nonnull table, Element *_Nonnull alpha, \
      const int32_t *_Nonnull order, const ptrdiff_t *_Nonnull starts, const int32_t *_Nonnull indices, \
      const Stored *_Nonnull values, const int32_t *_Nonnull labels, const Element *_Nonnull squares, \
      const Element *_Nullable weights, const Element *_Nonnull bias, Element *_Nonnull scratch, double unit, double inverse, double margin, \
      ptrdiff_t count, ptrdiff_t features, ptrdiff_t classes, ptrdiff_t stride);
#define DECLARE(Element) DECLARE_STORED(Element, float) DECLARE_STORED(Element, double)
DESCENT_BOTH(DECLARE)
#undef DECLARE
#undef DECLARE_STORED
