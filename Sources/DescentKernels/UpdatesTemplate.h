// One step of the update rules over flat vectors, and the proximal operator of l1. Plain loops: every element
// stands alone, so the compiler vectorises them, and memory bounds them. Contraction to FMA is the compiler's
// alike in the vector loop and in its remainder, so an element's bits do not depend on its place.

// v ← m·v + g; θ ← θ − rate·v, or with Nesterov's look ahead θ ← θ − rate·(g + m·v).
KERNEL void NAME(momentum)(ELEMENT *restrict parameters, ELEMENT *restrict velocity,
                           const ELEMENT *restrict gradient, ELEMENT rate, ELEMENT momentum, bool nesterov,
                           ptrdiff_t count) {
  if (nesterov)
    for (ptrdiff_t i = 0; i < count; i++) {
      velocity[i] = momentum * velocity[i] + gradient[i];
      parameters[i] -= rate * (momentum * velocity[i] + gradient[i]);
    }
  else
    for (ptrdiff_t i = 0; i < count; i++) {
      velocity[i] = momentum * velocity[i] + gradient[i];
      parameters[i] -= rate * velocity[i];
    }
}

// G ← G + g²; θ ← θ − rate·g / (√G + ε). Duchi, Hazan and Singer 2011.
KERNEL void NAME(adagrad)(ELEMENT *restrict parameters, ELEMENT *restrict squares,
                          const ELEMENT *restrict gradient, ELEMENT rate, ELEMENT epsilon, ptrdiff_t count) {
  for (ptrdiff_t i = 0; i < count; i++) {
    squares[i] += gradient[i] * gradient[i];
    parameters[i] -= rate * gradient[i] / (__builtin_elementwise_sqrt(squares[i]) + epsilon);
  }
}

// G ← ρ·G + (1 − ρ)·g²; θ ← θ − rate·g / (√G + ε). Tieleman and Hinton 2012.
KERNEL void NAME(rmsprop)(ELEMENT *restrict parameters, ELEMENT *restrict squares,
                          const ELEMENT *restrict gradient, ELEMENT rate, double decay, ELEMENT epsilon,
                          ptrdiff_t count) {
  const ELEMENT kept = (ELEMENT)decay, fresh = (ELEMENT)(1 - decay);  // 1 − 0.999f would be off by 5·10⁻⁵
  for (ptrdiff_t i = 0; i < count; i++) {
    squares[i] = kept * squares[i] + fresh * (gradient[i] * gradient[i]);
    parameters[i] -= rate * gradient[i] / (__builtin_elementwise_sqrt(squares[i]) + epsilon);
  }
}

// m ← β₁·m + (1 − β₁)·g, v ← β₂·v + (1 − β₂)·g²;
// θ ← θ − rate₁·m / (√v·scale + ε), where the caller has the step's rate₁ = rate / (1 − β₁ᵗ) and
// scale = 1 / √(1 − β₂ᵗ). (Kingma and Ba 2015.)
KERNEL void NAME(adam)(ELEMENT *restrict parameters, ELEMENT *restrict means, ELEMENT *restrict squares,
                       const ELEMENT *restrict gradient, ELEMENT rate, ELEMENT scale, double beta1,
                       double beta2, ELEMENT epsilon, ptrdiff_t count) {
  const ELEMENT kept1 = (ELEMENT)beta1, fresh1 = (ELEMENT)(1 - beta1);
  const ELEMENT kept2 = (ELEMENT)beta2, fresh2 = (ELEMENT)(1 - beta2);
  for (ptrdiff_t i = 0; i < count; i++) {
    means[i] = kept1 * means[i] + fresh1 * gradient[i];
    squares[i] = kept2 * squares[i] + fresh2 * (gradient[i] * gradient[i]);
    parameters[i] -= rate * means[i] / (__builtin_elementwise_sqrt(squares[i]) * scale + epsilon);
  }
}

// sign(x)·max(0, |x| − t), as x less its projection on [−t, t]: no negative zero, and NaN stays.
INLINE ELEMENT NAME(shrunk)(ELEMENT x, ELEMENT t) { return x - (x > t ? t : x < -t ? -t : x); }

KERNEL void NAME(soft_threshold)(ELEMENT *values, ELEMENT threshold, ptrdiff_t count) {
  for (ptrdiff_t i = 0; i < count; i++) values[i] = NAME(shrunk)(values[i], threshold);
}

KERNEL void NAME(soft_thresholds)(ELEMENT *restrict values, const ELEMENT *restrict thresholds,
                                  ELEMENT factor, ptrdiff_t count) {
  for (ptrdiff_t i = 0; i < count; i++) values[i] = NAME(shrunk)(values[i], factor * thresholds[i]);
}

KERNEL void NAME(convert_bytes)(ELEMENT *restrict to, const uint8_t *restrict bytes, ELEMENT scale,
                                ptrdiff_t count) {
  for (ptrdiff_t i = 0; i < count; i++) to[i] = (ELEMENT)bytes[i] * scale;
}

// Exact, so that the bits are the same on every level. From x86-64-v3 on the processor has an instruction for it;
// below, a half's bits are those of a float times 2⁻¹¹², subnormal ones included, but for infinity and NaN.
KERNEL void NAME(convert_halves)(ELEMENT *restrict to, const uint16_t *restrict halves, ptrdiff_t count) {
#if REGISTER_BYTES > 16 || defined(__aarch64__)
  typedef _Float16 Halves __attribute__((ext_vector_type(LANES)));
  for (; count > 0; count -= LANES, to += LANES, halves += LANES) {
    Halves h = 0;
    memcpy(&h, halves, (size_t)(count < LANES ? count : LANES) * sizeof(uint16_t));
    NAME(store_some)(to, count, __builtin_convertvector(h, V));
  }
#else
  for (ptrdiff_t i = 0; i < count; i++) {
    uint32_t bits = (uint32_t)(halves[i] & 0x7fff) << 13;
    float value;
    memcpy(&value, &bits, sizeof value);
    value *= 0x1p112f;
    memcpy(&bits, &value, sizeof bits);
    if (bits >= 0x47800000) bits |= 0x7f800000;  // 2¹⁶ and above: infinity or NaN
    bits |= (uint32_t)(halves[i] & 0x8000) << 16;
    memcpy(&value, &bits, sizeof value);
    to[i] = value;
  }
#endif
}

KERNEL void NAME(convert_floats)(ELEMENT *restrict to, const float *restrict floats, ptrdiff_t count) {
  for (ptrdiff_t i = 0; i < count; i++) to[i] = floats[i];
}

// 0·x is 0 for finite numbers alone. Four streams: one alone waits for the memory.
KERNEL bool NAME(are_finite)(const ELEMENT *numbers, ptrdiff_t count) {
  const ptrdiff_t quarter = count / (4 * LANES) * LANES;
  V sums[4] = {0};
  for (ptrdiff_t i = 0; i < quarter; i += LANES)
    for (int stream = 0; stream < 4; stream++) sums[stream] += 0 * NAME(load)(numbers + stream * quarter + i);
  for (ptrdiff_t i = 4 * quarter; i < count; i += LANES) sums[0] += 0 * NAME(load_some)(numbers + i, count - i, 0);
  const V sum = (sums[0] + sums[1]) + (sums[2] + sums[3]);
  for (int lane = 0; lane < LANES; lane++)
    if (sum[lane] != 0) return false;
  return true;
}
