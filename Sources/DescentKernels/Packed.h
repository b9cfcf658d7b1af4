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
