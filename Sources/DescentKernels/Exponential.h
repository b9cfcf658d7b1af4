// exp and log over vectors.

// p(r) of double, see below.
INLINE W NAME(exponential_polynomial)(W r) {
  W p = 0x1.ad7f02a6aa9a0p-26;
  p = p * r + 0x1.28adce726e390p-22;
  p = p * r + 0x1.71df262c47695p-19;
  p = p * r + 0x1.a01999adcc22fp-16;
  p = p * r + 0x1.a01a0129b4608p-13;
  p = p * r + 0x1.6c16c1844b015p-10;
  p = p * r + 0x1.1111111127e83p-7;
  p = p * r + 0x1.55555555507f1p-5;
  p = p * r + 0x1.55555555554f9p-3;
  p = p * r + 0x1.000000000000ap-1;
  return p;
}

// exp(x) = 2^n · exp(r), r = x − n·ln 2, |r| ≤ ln 2 / 2, exp(r) = 1 + r + r²·p(r). The polynomials are minimax
// for the relative error (Remez; 3·10⁻⁹ for float, 4·10⁻¹⁸ for double), ln 2 is subtracted in two parts so
// that n times the first is exact (Cody and Waite), and 2^n is multiplied in as two factors so that the
// smallest results, which are subnormal, are rounded once. NaN stays NaN: a comparison with it is false.
INLINE V NAME(exponential)(V x) {
  typedef UNSIGNED N __attribute__((ext_vector_type(LANES)));
#if IS_FLOAT
  const V log2e = 0x1.715476p0f, round = 0x1.8p23f, ln2_high = 0x1.63p-1f, ln2_low = -0x1.bd0106p-13f;
  const V low = -104.0f, high = 89.0f;
  const INTEGER exponent_bits = 23, bias = 127;
#else
  const V log2e = 0x1.71547652b82fep0, round = 0x1.8p52, ln2_high = 0x1.62e42feep-1;
  const V ln2_low = 0x1.a39ef35793c76p-33, low = -746.0, high = 710.0;
  const INTEGER exponent_bits = 52, bias = 1023;
#endif
  x = x < low ? low : x;
  x = x > high ? high : x;
  const V shifted = x * log2e + round;  // the integer nearest to x / ln 2 stands in the last bits
  const V n = shifted - round;
  const I power = NAME(as_integers)(shifted) - NAME(as_integers)(round);
  const V head = x - n * ln2_high;
  const V r = head - n * ln2_low;
#if IS_FLOAT
  V p = 0x1.6a2352p-10f;
  p = p * r + 0x1.123a6cp-7f;
  p = p * r + 0x1.5558f4p-5f;
  p = p * r + 0x1.55549p-3f;
  p = p * r + 0x1.fffffcp-2f;
#else
  const V p = NAME(exponential_polynomial)(r);
#endif
  const V tail = (r * r) * p + r;
  const I half = (I)((N)(power + 4 * bias) >> 1) - 2 * bias;  // AVX2 has no arithmetic shift of 64 bits
  const V first = NAME(as_vector)((half + bias) << exponent_bits);
  const V second = NAME(as_vector)((power - half + bias) << exponent_bits);
  return ((tail + 1) * first) * second;
}

// log(whole + rest) in double, for whole ≥ 1 and rest ≥ 0, with a small relative error even where the sum is
// 1 but for rounding: what the rounding lost comes back to first order. The logarithm is fdlibm's (e_log.c):
// u = 2^k·(1 + f), s = f / (2 + f), log(1 + f) = f − f²/2 + s·(f²/2 + R(s²)).
INLINE W NAME(logarithm_and)(W u, W lost) {
  typedef uint64_t Bits __attribute__((ext_vector_type(LANES)));
  Bits bits;
  memcpy(&bits, &u, sizeof bits);
  // k counts from √½, so that 1 + f is the nearest power's multiple between √½ and √2.
  bits += 0x3ff0000000000000 - 0x3fe6a09e667f3bcd;
  Bits k_bits = (bits >> 52) + (0x4338000000000000 - 1023);
  bits = (bits & 0x000fffffffffffff) + 0x3fe6a09e667f3bcd;
  W k, f;
  memcpy(&k, &k_bits, sizeof k);
  memcpy(&f, &bits, sizeof f);
  k -= 0x1.8p52;
  f -= 1;
  const W s = f / (f + 2), z = s * s, half_square = 0.5 * f * f;
  W R = 1.479819860511658591e-01;
  R = R * z + 1.531383769920937332e-01;
  R = R * z + 1.818357216161805012e-01;
  R = R * z + 2.222219843214978396e-01;
  R = R * z + 2.857142874366239149e-01;
  R = R * z + 3.999999999940941908e-01;
  R = (R * z + 6.666666666666735130e-01) * z;
  const W ln2_high = 6.93147180369123816490e-01, ln2_low = 1.90821492927058770002e-10;
  const W small = s * (half_square + R) + (k * ln2_low + lost);
  return k * ln2_high + (f - (half_square - small));
}

INLINE W NAME(logarithm)(W whole, W rest) {
  const W u = whole + rest;
  return NAME(logarithm_and)(u, (rest - (u - whole)) / u);
}

/// log(1 + e) for e in 0...1. There 1/u is 2 − u but for (u − 1)²/u, which costs what was lost a share that rounding hides,
/// and a division takes longer than all else here.
INLINE W NAME(logarithm_of_one_and)(W e) {
  const W u = 1 + e;
  return NAME(logarithm_and)(u, (e - (u - 1)) * (2 - u));
}
