internal import DescentKernels
internal import LinearAlgebra

/// x ← sign(x)·max(0, |x| − threshold), the proximal operator of threshold·‖x‖₁. What falls below the
/// threshold becomes exactly zero. (Parikh and Boyd, Proximal Algorithms, 2014, section 6.5.2.)
public func softThreshold<Element: KernelScalar>(_ x: inout MutableSpan<Element>, by threshold: Double) {
  let count = x.count
  guard threshold > 0, count > 0 else { return }
  x.withStart { Element.softThreshold($0, by: threshold, count: count) }
}

/// The same with a threshold of its own, `strength * steps[i]`, for each element: the proximal operator in
/// the metric of an adaptive update rule.
public func softThreshold<Element: KernelScalar>(
  _ x: inout MutableSpan<Element>, by strength: Double, steps: Span<Element>
) {
  let count = x.count
  require(count == steps.count, "\(count) weights, \(steps.count) step sizes")
  guard strength > 0, count > 0 else { return }
  steps.withUnsafeBufferPointer { steps in
    guard let steps = steps.baseAddress else { return }
    x.withStart { Element.softThreshold($0, by: steps, times: strength, count: count) }
  }
}
