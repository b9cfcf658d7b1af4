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
  // Of subnormal x the quotient is infinite.
  const W safe = x < 0x1p-1022 ? (W)1.0 : x;
  const W product = -x * NAME(logarithm)((W)1.0, y / safe);
  return x < 0x1p-1022 ? (W)0.0 : product;
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

// exp(x) in double whatever the element type, within an ulp or two; 0 and infinity beyond the range of normal numbers.
INLINE W NAME(exponential_wide)(W x) {
  typedef uint64_t Bits __attribute__((ext_vector_type(LANES)));
  const W clamped = x < -708.0 ? (W)-708.0 : x > 709.0 ? (W)709.0 : x;
  const W shifted = clamped * 0x1.71547652b82fep0 + 0x1.8p52;
  const W n = shifted - 0x1.8p52;
  const W r = clamped - n * 0x1.62e42feep-1 - n * 0x1.a39ef35793c76p-33;
  const W tail = (r * r) * NAME(exponential_polynomial)(r) + r;
  // 2^n in two factors: n may be 1024 where the result is still a number.
  Bits power;
  memcpy(&power, &shifted, sizeof power);
  power -= 0x4338000000000000;
  Bits bits = (power + 1022) << 52;
  W scale;
  memcpy(&scale, &bits, sizeof scale);
  const W result = ((tail + 1) * scale) * 2;
  return x < -708.0 ? (W)0.0 : x > 709.0 ? (W)INFINITY : x == x ? result : x;
}

// ℓ = exp(s) − t·s − t + t·log t. Near its minimum, d = s − log t being small, it is t·(d²/2 + d³/6 + ...), and the gradient
// t·(d + d²/2 + ...): differences would leave rounding errors only.
KERNEL void NAME(poisson)(ELEMENT *scores, double *values, const double *targets, ptrdiff_t count) {
  for (ptrdiff_t at = 0; at < count; at += LANES) {
    const ptrdiff_t some = count - at < LANES ? count - at : LANES;
    const W s = __builtin_convertvector(NAME(load_some)(scores + at, some, 0), W);
    const W t = NAME(load_wide)(targets + at, some);
    const W mean = NAME(exponential_wide)(s);
    // Subnormal counts are none.
    const W positive = t < 0x1p-1022 ? (W)1.0 : t;
    const W d = s - NAME(logarithm)(positive, (W)0.0);
    W q = 1.0 / 479001600;
    q = q * d + 1.0 / 39916800;
    q = q * d + 1.0 / 3628800;
    q = q * d + 1.0 / 362880;
    q = q * d + 1.0 / 40320;
    q = q * d + 1.0 / 5040;
    q = q * d + 1.0 / 720;
    q = q * d + 1.0 / 120;
    q = q * d + 1.0 / 24;
    q = q * d + 1.0 / 6;
    q = (q * d + 0.5) * d * d;
    const W size = d < 0 ? -d : d;
    const W far = mean - t, value = far - t * d, near = t * q, slope = t * (d + q);
    NAME(store_wide)(values + at, some, t < 0x1p-1022 ? mean : size < 0.25 ? near : value);
    NAME(store_some)(scores + at, some,
        __builtin_convertvector(t < 0x1p-1022 ? mean : size < 0.25 ? slope : far, V));
  }
}
