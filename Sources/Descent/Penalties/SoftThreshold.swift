internal import DescentKernels
public import LinearAlgebra

/// x ← sign(x)·max(0, |x| − threshold), the proximal operator of threshold·‖x‖₁. What falls below the
/// threshold becomes exactly zero. (Parikh and Boyd, Proximal Algorithms, 2014, section 6.5.2.)
public func softThreshold<Element: Scalar>(_ x: inout MutableSpan<Element>, by threshold: Double) {
  let count = x.count
  guard threshold > 0, count > 0 else { return }
  withConcrete(
    &x, float: { descent_soft_threshold_float($0, threshold, count) },
    double: { descent_soft_threshold_double($0, threshold, count) })
}

/// The same with a threshold of its own, `strength * steps[i]`, for each element: the proximal operator in
/// the metric of an adaptive update rule.
public func softThreshold<Element: Scalar>(
  _ x: inout MutableSpan<Element>, by strength: Double, steps: Span<Element>
) {
  let count = x.count
  require(count == steps.count, "\(count) weights, \(steps.count) step sizes")
  guard strength > 0, count > 0 else { return }
  steps.withUnsafeBytes { steps in
    guard let steps = steps.baseAddress else { return }
    withConcrete(
      &x, float: { descent_soft_thresholds_float($0, steps.of(Float.self), strength, count) },
      double: { descent_soft_thresholds_double($0, steps.of(Double.self), strength, count) })
  }
}
