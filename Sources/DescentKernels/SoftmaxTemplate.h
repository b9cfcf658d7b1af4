#include "Exponential.h"
#include "RowLoss.h"

// Scores to exponentials exp(s − max). Their sum is kept in two parts: how many scores equal the maximum, each
// adding exactly 1, and the sum of the rest. A row that is classified well has rest ≪ 1, and both its loss,
// log(1 + rest), and its label's gradient, −rest / (1 + rest), keep their relative precision.
typedef struct {
  V top, ties, rest;
} NAME(exponentials);

INLINE NAME(exponentials) NAME(exponentiate)(const Group *g) {
  V top = (ELEMENT)-INFINITY, ties = 0, rest = 0;
  for (ptrdiff_t k = 0; k < g->vectors; k++) top = NAME(max)(top, NAME(score)(g, k));
  top = NAME(reduce_max)(g, top);
  for (ptrdiff_t k = 0; k < g->vectors; k++) {
    const V below = NAME(score)(g, k) - top, e = NAME(exponential)(below);
    ties += below == 0 ? (V)1 : (V)0;
    rest += below == 0 ? (V)0 : e;
    NAME(put)(g, k, e);
  }
  return (NAME(exponentials)){top, NAME(reduce_sum)(g, ties), NAME(reduce_sum)(g, rest)};
}

INLINE W NAME(log_sum)(const NAME(exponentials) *e) {
  return NAME(logarithm)(__builtin_convertvector(e->ties, W), __builtin_convertvector(e->rest, W));
}

// ℓ = log Σ exp(s_j − max) + max − s_y, ∂ℓ/∂s = softmax(s) − [j = y].
INLINE W NAME(softmax_row)(const Group *g) {
  V label_score = 0;
  for (ptrdiff_t k = 0; k < g->vectors; k++) label_score = NAME(is_label)(g, k) ? NAME(score)(g, k) : label_score;
  label_score = NAME(reduce_sum)(g, label_score);
  const NAME(exponentials) e = NAME(exponentiate)(g);
  const V scale = 1 / (e.ties + e.rest);
  for (ptrdiff_t k = 0; k < g->vectors; k++) {
    const V each = NAME(score)(g, k);
    NAME(put)(g, k, scale * (NAME(is_label)(g, k) ? (each - e.ties) - e.rest : each));
  }
  return NAME(log_sum)(&e) + (__builtin_convertvector(e.top, W) - __builtin_convertvector(label_score, W));
}

// ℓ = Σ q_j (log Σ exp(s − max) − (s_j − max)), ∂ℓ/∂s = (Σ q)·softmax(s) − q. A class that the target rules
// out adds nothing, even where its score is −∞.
INLINE W NAME(softmax_targets_row)(const Group *g) {
  V top = (ELEMENT)-INFINITY, mass = 0, linear = 0;
  for (ptrdiff_t k = 0; k < g->vectors; k++) top = NAME(max)(top, NAME(score)(g, k));
  top = NAME(reduce_max)(g, top);
  for (ptrdiff_t k = 0; k < g->vectors; k++) {
    const V q = NAME(target)(g, k);
    mass += q;
    linear += q == 0 ? (V)0 : q * (top - NAME(score)(g, k));
  }
  mass = NAME(reduce_sum)(g, mass);
  linear = NAME(reduce_sum)(g, linear);
  const NAME(exponentials) e = NAME(exponentiate)(g);
  const V scale = mass / (e.ties + e.rest);
  for (ptrdiff_t k = 0; k < g->vectors; k++)
    NAME(put)(g, k, scale * NAME(score)(g, k) - NAME(target)(g, k));
  return __builtin_convertvector(mass, W) * NAME(log_sum)(&e) + __builtin_convertvector(linear, W);
}

INLINE W NAME(probabilities_row)(const Group *g) {
  const NAME(exponentials) e = NAME(exponentiate)(g);
  const V scale = 1 / (e.ties + e.rest);
  for (ptrdiff_t k = 0; k < g->vectors; k++) NAME(put)(g, k, scale * NAME(score)(g, k));
  return 0;
}

KERNEL void NAME(softmax)(ELEMENT *scores, double *values, const int32_t *labels, ptrdiff_t rows,
                          ptrdiff_t columns) {
  NAME(over_rows)(NAME(softmax_row), scores, values, labels, 0, 0, rows, columns);
}

KERNEL void NAME(softmax_targets)(ELEMENT *scores, double *values, const ELEMENT *targets, ptrdiff_t rows,
                                  ptrdiff_t columns) {
  NAME(over_rows)(NAME(softmax_targets_row), scores, values, 0, targets, 0, rows, columns);
}

KERNEL void NAME(probabilities)(ELEMENT *scores, ptrdiff_t rows, ptrdiff_t columns) {
  NAME(over_rows)(NAME(probabilities_row), scores, 0, 0, 0, 0, rows, columns);
}

KERNEL void NAME(exp)(ELEMENT *values, ptrdiff_t count) {
  for (ptrdiff_t at = 0; at < count; at += LANES)
    NAME(store_some)(values + at, count - at, NAME(exponential)(NAME(load_some)(values + at, count - at, 0)));
}

#undef Group
