#include "Exponential.h"

// Losses of one score a row. They are computed in double: memory, not arithmetic, bounds them.

typedef struct {
  W loss, gradient;
} NAME(scalar_loss);

INLINE W NAME(load_wide)(const double *from, ptrdiff_t count) {
  W v = 0;
  memcpy(&v, from, count >= LANES ? sizeof v : (size_t)count * sizeof(double));
  return v;
}

// With t = ±s, + for label 0: ℓ = log(1 + exp(t)) = max(0, t) + log(1 + exp(−|t|)).
KERNEL void NAME(logistic)(ELEMENT *scores, double *values, const int32_t *labels, ptrdiff_t count) {
  for (ptrdiff_t at = 0; at < count; at += LANES) {
    const ptrdiff_t some = count - at < LANES ? count - at : LANES;
    const V sign = NAME(load_labels)(labels + at, some) != 0 ? (V)-1 : (V)1;
    const V t = sign * NAME(load_some)(scores + at, some, (ELEMENT)-INFINITY);
    const V e = NAME(exponential)(t > 0 ? -t : t);
    const W positive = __builtin_convertvector(t < 0 ? (V)0 : t, W);
    NAME(store_wide)(values + at, some, positive + NAME(logarithm_of_one_and)(__builtin_convertvector(e, W)));
    NAME(store_some)(scores + at, some, sign * (t > 0 ? (V)1 : e) / (1 + e));
  }
}

// ℓ = ½·d² for |d| ≤ δ, δ·(|d| − ½·δ) beyond, d = s − target. δ = ∞ makes it the squared error.
KERNEL void NAME(huber)(ELEMENT *scores, double *values, const double *targets, double delta, ptrdiff_t count) {
  for (ptrdiff_t at = 0; at < count; at += LANES) {
    const ptrdiff_t some = count - at < LANES ? count - at : LANES;
    const V scores_here = NAME(load_some)(scores + at, some, 0);
    const W d = __builtin_convertvector(scores_here, W) - NAME(load_wide)(targets + at, some);
    W slope = d > delta ? (W)delta : d;
    slope = slope < -delta ? (W)-delta : slope;
    NAME(store_wide)(values + at, some, slope * (d - 0.5 * slope));
    NAME(store_some)(scores + at, some, __builtin_convertvector(slope, V));
  }
}

/// x·log x of x = 1 − y in 0...1, −x·log(1 + y/x), which keeps its digits at both ends.
INLINE W NAME(x_log_x)(W x, W y) {
  const W safe = x > 0 ? x : (W)1.0;
  const W product = -x * NAME(logarithm)((W)1.0, y / safe);
  return x > 0 ? product : (W)0.0;
}

// ℓ* of the logistic loss, p·log p + (1 − p)·log(1 − p), p = |slope|, whichever the label.
KERNEL void NAME(logistic_conjugate)(double *values, const double *slopes, double factor, ptrdiff_t count) {
  for (ptrdiff_t at = 0; at < count; at += LANES) {
    const ptrdiff_t some = count - at < LANES ? count - at : LANES;
    const W slope = factor * NAME(load_wide)(slopes + at, some);
    W p = slope < 0 ? -slope : slope;
    p = p > 1 ? (W)1.0 : p;
    NAME(store_wide)(values + at, some, NAME(x_log_x)(p, 1 - p) + NAME(x_log_x)(1 - p, p));
  }
}

/// Each p of 0...1 becomes p·log p.
KERNEL void NAME(entropies)(double *shares, ptrdiff_t count) {
  for (ptrdiff_t at = 0; at < count; at += LANES) {
    const ptrdiff_t some = count - at < LANES ? count - at : LANES;
    W p = NAME(load_wide)(shares + at, some);
    p = p < 0 ? (W)0.0 : p;
    p = p > 1 ? (W)1.0 : p;
    NAME(store_wide)(shares + at, some, NAME(x_log_x)(p, 1 - p));
  }
}
