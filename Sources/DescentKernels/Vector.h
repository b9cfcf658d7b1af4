// Vectors of LANES elements (64 bytes), and what every kernel does with them.

typedef ELEMENT NAME(vector) __attribute__((ext_vector_type(LANES)));
typedef INTEGER NAME(integers) __attribute__((ext_vector_type(LANES)));
typedef double NAME(wide) __attribute__((ext_vector_type(LANES)));
#define V NAME(vector)
#define I NAME(integers)
#define W NAME(wide)  // losses are in double, whatever the element

INLINE V NAME(load)(const ELEMENT *from) {
  V v;
  memcpy(&v, from, sizeof v);
  return v;
}

INLINE void NAME(store)(ELEMENT *to, V v) { memcpy(to, &v, sizeof v); }

/// The first `count` elements, and `fill` in the other lanes. Reads no element beyond them.
INLINE V NAME(load_some)(const ELEMENT *from, ptrdiff_t count, ELEMENT fill) {
  if (count >= LANES) return NAME(load)(from);
  V v = fill;
  memcpy(&v, from, (size_t)count * sizeof(ELEMENT));
  return v;
}

INLINE void NAME(store_some)(ELEMENT *to, ptrdiff_t count, V v) {
  if (count >= LANES) return NAME(store)(to, v);
  memcpy(to, &v, (size_t)count * sizeof(ELEMENT));
}

/// 0, 1, 2 ...
INLINE I NAME(iota)(void) {
  I v;
  for (int lane = 0; lane < LANES; lane++) v[lane] = lane;
  return v;
}

INLINE V NAME(max)(V a, V b) { return a > b ? a : b; }

INLINE V NAME(as_vector)(I bits) {
  V v;
  memcpy(&v, &bits, sizeof v);
  return v;
}

INLINE I NAME(as_integers)(V v) {
  I bits;
  memcpy(&bits, &v, sizeof bits);
  return bits;
}

INLINE I NAME(load_labels)(const int32_t *from, ptrdiff_t count) {
  typedef int32_t Labels __attribute__((ext_vector_type(LANES)));
  Labels v = 0;
  if (count >= LANES) memcpy(&v, from, sizeof v);
  else memcpy(&v, from, (size_t)count * sizeof(int32_t));
  return __builtin_convertvector(v, I);
}

INLINE void NAME(store_wide)(double *to, ptrdiff_t count, W v) {
  if (count >= LANES) memcpy(to, &v, sizeof v);
  else memcpy(to, &v, (size_t)count * sizeof(double));
}

// Across the lanes: halves folded onto each other, the same order on every level.

INLINE ELEMENT NAME(lane_max)(V v) {
  ELEMENT a[LANES];
  memcpy(a, &v, sizeof a);
  for (int half = LANES / 2; half > 0; half /= 2)
    for (int lane = 0; lane < half; lane++) a[lane] = a[lane] > a[lane + half] ? a[lane] : a[lane + half];
  return a[0];
}

INLINE ELEMENT NAME(lane_sum)(V v) {
  ELEMENT a[LANES];
  memcpy(a, &v, sizeof a);
  for (int half = LANES / 2; half > 0; half /= 2)
    for (int lane = 0; lane < half; lane++) a[lane] += a[lane + half];
  return a[0];
}
