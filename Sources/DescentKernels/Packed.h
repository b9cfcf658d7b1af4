// One register of elements, and how the products read rows that do not end where a register ends.

enum { NAME(width) = REGISTER_BYTES / sizeof(ELEMENT) };
typedef ELEMENT NAME(packed) __attribute__((ext_vector_type(REGISTER_BYTES / sizeof(ELEMENT))));
typedef INTEGER NAME(packed_bits) __attribute__((ext_vector_type(REGISTER_BYTES / sizeof(ELEMENT))));
typedef uint8_t NAME(packed_bytes) __attribute__((ext_vector_type(REGISTER_BYTES / sizeof(ELEMENT))));
#define P NAME(packed)

#define UNROLL _Pragma("clang loop unroll(full)")  // or the sums would live in memory, not in registers

INLINE P NAME(get)(const ELEMENT *from) {
  P v;
  memcpy(&v, from, sizeof v);
  return v;
}

/// The same of bytes: zero-extended and converted in the register.
INLINE P NAME(get_bytes)(const uint8_t *from) {
  NAME(packed_bytes) v;
  memcpy(&v, from, sizeof v);
  return __builtin_convertvector(v, P);
}

typedef float NAME(packed_singles) __attribute__((ext_vector_type(REGISTER_BYTES / sizeof(ELEMENT))));

/// The same of floats.
INLINE P NAME(get_singles)(const float *from) {
  NAME(packed_singles) v;
  memcpy(&v, from, sizeof v);
  return __builtin_convertvector(v, P);
}

INLINE void NAME(add_to)(ELEMENT *to, P v) {
  v += NAME(get)(to);
  memcpy(to, &v, sizeof v);
}

/// 0 in the first `count` lanes, v in the others.
INLINE P NAME(without_first)(P v, ptrdiff_t count) {
  NAME(packed_bits) bits, lanes;
  for (int lane = 0; lane < NAME(width); lane++) lanes[lane] = lane;
  memcpy(&bits, &v, sizeof v);
  bits &= lanes >= (INTEGER)count;
  memcpy(&v, &bits, sizeof v);
  return v;
}

/// The sum of the lanes, halves folded onto each other.
INLINE ELEMENT NAME(total)(P v) {
#if REGISTER_BYTES == 64
  typedef ELEMENT Half __attribute__((ext_vector_type(32 / sizeof(ELEMENT))));
  const Half half = v.lo + v.hi;
#else
  const P half = v;
#endif
#if REGISTER_BYTES >= 32
  typedef ELEMENT Quarter __attribute__((ext_vector_type(16 / sizeof(ELEMENT))));
  const Quarter quarter = half.lo + half.hi;
#else
  const P quarter = half;
#endif
#if IS_FLOAT
  typedef ELEMENT Pair __attribute__((ext_vector_type(2)));
  const Pair pair = quarter.lo + quarter.hi;
  return pair.x + pair.y;
#else
  return quarter.x + quarter.y;
#endif
}

/// The same of four registers: to[i] ← the sum of the lanes of v[i], to the bit. Folded two and two into one, they take
/// half the shuffles.
INLINE void NAME(totals)(const P v[4], ELEMENT to[4]) {
#if REGISTER_BYTES == 64
  P folded[2];
  UNROLL for (int i = 0; i < 2; i++) {
    P low = v[2 * i], high = v[2 * i];
    low.hi = v[2 * i + 1].lo, high.lo = v[2 * i].hi, high.hi = v[2 * i + 1].hi;
    folded[i] = low + high;
  }
#if IS_FLOAT
  P all = __builtin_shufflevector(folded[0], folded[1], 0, 1, 2, 3, 8, 9, 10, 11, 16, 17, 18, 19, 24, 25, 26, 27) +
          __builtin_shufflevector(folded[0], folded[1], 4, 5, 6, 7, 12, 13, 14, 15, 20, 21, 22, 23, 28, 29, 30, 31);
  all += __builtin_shufflevector(all, all, 2, 3, 0, 1, 6, 7, 4, 5, 10, 11, 8, 9, 14, 15, 12, 13);
  all += __builtin_shufflevector(all, all, 1, 0, 3, 2, 5, 4, 7, 6, 9, 8, 11, 10, 13, 12, 15, 14);
#else
  P all = __builtin_shufflevector(folded[0], folded[1], 0, 1, 4, 5, 8, 9, 12, 13) +
          __builtin_shufflevector(folded[0], folded[1], 2, 3, 6, 7, 10, 11, 14, 15);
  all += __builtin_shufflevector(all, all, 1, 0, 3, 2, 5, 4, 7, 6);
#endif
  UNROLL for (int i = 0; i < 4; i++) to[i] = all[i * NAME(width) / 4];
#else
  UNROLL for (int i = 0; i < 4; i++) to[i] = NAME(total)(v[i]);
#endif
}
