// The sparse products for values that are STORED; included by SparseTemplate.h.

/// out[0 ..< count·half] = start + Σ values[k] · table[indices[k]·stride ...], the sums in registers.
INLINE void OF(gather_halves)(ELEMENT *restrict out, const ELEMENT *restrict start, const int32_t *indices,
                              const STORED *values, ptrdiff_t nonzeros, const ELEMENT *restrict table,
                              ptrdiff_t stride, const int count) {
  H sums[MOST_HALVES];
  for (int h = 0; h < count; h++) sums[h] = start ? NAME(load_half)(start + h * (LANES / 2)) : (H)0;
  for (ptrdiff_t k = 0; k < nonzeros; k++) {
    const ELEMENT *row = table + (ptrdiff_t)indices[k] * stride;
    // The rows lie far apart: the processor cannot guess the next ones.
    if (k + 8 < nonzeros) {
      const ELEMENT *later = table + (ptrdiff_t)indices[k + 8] * stride;
      for (int h = 0; h < count; h += 2) __builtin_prefetch(later + h * (LANES / 2));
    }
    const H value = (ELEMENT)values[k];
    for (int h = 0; h < count; h++) sums[h] += value * NAME(load_half)(row + h * (LANES / 2));
  }
  for (int h = 0; h < count; h++) NAME(store_half)(out + h * (LANES / 2), sums[h]);
}

/// Σ values[k] · table[indices[k]], of one class: eight sums beside each other, so that none waits for the one before.
INLINE ELEMENT OF(gather_one)(const int32_t *indices, const STORED *values, ptrdiff_t nonzeros,
                              const ELEMENT *restrict table) {
  enum { ways = 8 };
  ELEMENT sums[ways] = {0};
  ptrdiff_t k = 0;
  for (; k + ways <= nonzeros; k += ways)
    UNROLL for (int way = 0; way < ways; way++) sums[way] += (ELEMENT)values[k + way] * table[indices[k + way]];
  for (int way = 0; k + way < nonzeros; way++) sums[way] += (ELEMENT)values[k + way] * table[indices[k + way]];
  for (int half = ways / 2; half > 0; half /= 2)
    for (int way = 0; way < half; way++) sums[way] += sums[way + half];
  return sums[0];
}

/// The same for any stride, MOST_HALVES at a time.
INLINE void OF(gather_all)(ELEMENT *restrict out, const ELEMENT *restrict start, const int32_t *indices,
                           const STORED *values, ptrdiff_t nonzeros, const ELEMENT *restrict table,
                           ptrdiff_t stride) {
  if (stride == 1) {
    out[0] = (start ? start[0] : 0) + OF(gather_one)(indices, values, nonzeros, table);
    return;
  }
  for (ptrdiff_t first = 0; first < stride; first += MOST_HALVES * (LANES / 2)) {
    const ptrdiff_t left = (stride - first) / (LANES / 2);
    const ELEMENT *begin = start ? start + first : 0;
#define CASE(n) \
  case n: OF(gather_halves)(out + first, begin, indices, values, nonzeros, table + first, stride, n); break;
    switch (left < MOST_HALVES ? left : MOST_HALVES) {
      CASE(1) CASE(2)
#if MOST_HALVES == 6
      CASE(3) CASE(4) CASE(5) CASE(6)
#endif
    }
#undef CASE
  }
}

KERNEL void OF(sparse_scores)(ELEMENT *restrict scores, const ptrdiff_t *restrict starts, const int32_t *indices,
                              const STORED *values, const ELEMENT *restrict table, const ELEMENT *restrict bias,
                              ELEMENT *restrict scratch, ptrdiff_t rows, ptrdiff_t classes, ptrdiff_t stride) {
  for (ptrdiff_t i = 0; i < rows; i++) {
    OF(gather_all)(scratch, bias, indices + starts[i], values + starts[i], starts[i + 1] - starts[i], table, stride);
    memcpy(scores + i * classes, scratch, (size_t)classes * sizeof(ELEMENT));
  }
}

/// gradient [classes, features] of the columns first..<last, from slopes [rows, stride].
KERNEL void OF(sparse_gradient)(ELEMENT *restrict gradient, const ptrdiff_t *restrict starts, const int32_t *rows,
                                const STORED *values, const ELEMENT *restrict slopes, ELEMENT *restrict scratch,
                                double scale, ptrdiff_t first, ptrdiff_t last, ptrdiff_t features,
                                ptrdiff_t classes, ptrdiff_t stride) {
  for (ptrdiff_t start = first; start < last; start += 16) {
    const ptrdiff_t end = start + 16 < last ? start + 16 : last;
    for (ptrdiff_t j = start; j < end; j++)
      OF(gather_all)(scratch + (j - start) * stride, 0, rows + starts[j], values + starts[j],
                     starts[j + 1] - starts[j], slopes, stride);
    for (ptrdiff_t c = 0; c < classes; c++)
      for (ptrdiff_t j = start; j < end; j++)
        gradient[c * features + j] = (ELEMENT)scale * scratch[(j - start) * stride + c];
  }
}

// The same of a few rows, with W and the gradient as they lie, [classes, features]: class by class, so that one row of W at a
// time is near. Of one class this is the way for all rows, too.

KERNEL void OF(sparse_rows_scores)(ELEMENT *restrict scores, const ptrdiff_t *restrict starts, const int32_t *indices,
                                   const STORED *values, const ELEMENT *restrict weights, const ELEMENT *restrict bias,
                                   ptrdiff_t rows, ptrdiff_t features, ptrdiff_t classes) {
  for (ptrdiff_t c = 0; c < classes; c++)
    for (ptrdiff_t i = 0; i < rows; i++)
      scores[i * classes + c] = bias[c] + OF(gather_one)(indices + starts[i], values + starts[i],
                                                         starts[i + 1] - starts[i], weights + c * features);
}

/// gradient += slopes · x
KERNEL void OF(sparse_rows_gradient)(ELEMENT *restrict gradient, const ptrdiff_t *restrict starts,
                                     const int32_t *restrict indices, const STORED *restrict values,
                                     const ELEMENT *restrict slopes, ptrdiff_t rows, ptrdiff_t features,
                                     ptrdiff_t classes) {
  for (ptrdiff_t c = 0; c < classes; c++)
    for (ptrdiff_t i = 0; i < rows; i++) {
      const ELEMENT slope = slopes[i * classes + c];
      if (slope == 0) continue;
      for (ptrdiff_t k = starts[i]; k < starts[i + 1]; k++)
        gradient[c * features + indices[k]] += slope * (ELEMENT)values[k];
    }
}
