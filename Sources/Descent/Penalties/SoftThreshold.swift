public import LinearAlgebra

/// x ← sign(x)·max(0, |x| − threshold), the proximal operator of threshold·‖x‖₁. What falls below the
/// threshold becomes exactly zero.
@specialized(where Element == Float)
@specialized(where Element == Double)
public func softThreshold<Element: Scalar>(_ x: inout MutableSpan<Element>, by threshold: Double) {
  guard threshold > 0 else { return }
  let t = Element(threshold)
  x.withUnsafeMutableBufferPointer { x in
    for i in 0..<x.count { x[i] = max(x[i] - t, 0) + min(x[i] + t, 0) }
  }
}

/// The same with a threshold of its own, `strength * steps[i]`, for each element: the proximal operator in
/// the metric of an adaptive update rule.
@specialized(where Element == Float)
@specialized(where Element == Double)
public func softThreshold<Element: Scalar>(
  _ x: inout MutableSpan<Element>, by strength: Double, steps: Span<Element>
) {
  require(x.count == steps.count, "\(x.count) weights, \(steps.count) step sizes")
  let strength = Element(strength)
  x.withUnsafeMutableBufferPointer { x in
    steps.withUnsafeBufferPointer { steps in
      for i in 0..<x.count {
        let t = strength * steps[i]
        x[i] = max(x[i] - t, 0) + min(x[i] + t, 0)
      }
    }
  }
}
