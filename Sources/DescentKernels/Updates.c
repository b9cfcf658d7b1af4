#include "include/DescentKernels.h"

#define TEMPLATE "UpdatesTemplate.h"
#include "ForEachLevel.h"

#define DEFINE(Element) \
  void descent_momentum_##Element(Element *parameters, Element *velocity, const Element *gradient, \
      double rate, double momentum, bool nesterov, ptrdiff_t count) { \
    DESCENT_CALL(momentum, Element)(parameters, velocity, gradient, rate, momentum, nesterov, count); \
  } \
  void descent_adagrad_##Element(Element *parameters, Element *squares, const Element *gradient, \
      double rate, double epsilon, ptrdiff_t count) { \
    DESCENT_CALL(adagrad, Element)(parameters, squares, gradient, rate, epsilon, count); \
  } \
  void descent_rmsprop_##Element(Element *parameters, Element *squares, const Element *gradient, \
      double rate, double decay, double epsilon, ptrdiff_t count) { \
    DESCENT_CALL(rmsprop, Element)(parameters, squares, gradient, rate, decay, epsilon, count); \
  } \
  void descent_adam_##Element(Element *parameters, Element *means, Element *squares, \
      const Element *gradient, double rate, double scale, double beta1, double beta2, double epsilon, \
      ptrdiff_t count) { \
    DESCENT_CALL(adam, Element)(parameters, means, squares, gradient, rate, scale, beta1, beta2, epsilon, count); \
  } \
  void descent_soft_threshold_##Element(Element *values, double threshold, ptrdiff_t count) { \
    DESCENT_CALL(soft_threshold, Element)(values, threshold, count); \
  } \
  void descent_soft_thresholds_##Element(Element *values, const Element *thresholds, double factor, \
      ptrdiff_t count) { \
    DESCENT_CALL(soft_thresholds, Element)(values, thresholds, factor, count); \
  } \
  void descent_convert_bytes_##Element(Element *to, const uint8_t *bytes, double scale, ptrdiff_t count) { \
    DESCENT_CALL(convert_bytes, Element)(to, bytes, scale, count); \
  } \
  void descent_convert_halves_##Element(Element *to, const uint16_t *halves, ptrdiff_t count) { \
    DESCENT_CALL(convert_halves, Element)(to, halves, count); \
  } \
  void descent_convert_floats_##Element(Element *to, const float *floats, ptrdiff_t count) { \
    DESCENT_CALL(convert_floats, Element)(to, floats, count); \
  } \
  bool descent_are_finite_##Element(const Element *numbers, ptrdiff_t count) { \
    return DESCENT_CALL(are_finite, Element)(numbers, count); \
  }

DEFINE(float)
DEFINE(double)
