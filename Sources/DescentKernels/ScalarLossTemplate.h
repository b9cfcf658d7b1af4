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
    V sign = 1;
    for (int lane = 0; lane < some; lane++) sign[lane] = labels[at + lane] ? -1 : 1;
    const V t = sign * NAME(load_some)(scores + at, some, (ELEMENT)-INFINITY);
    const V e = NAME(exponential)(t > 0 ? -t : t);
    const W positive = __builtin_convertvector(t < 0 ? (V)0 : t, W);
    NAME(store_wide)(values + at, some, positive + NAME(logarithm)((W)1.0, __builtin_convertvector(e, W)));
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
