internal import DescentKernels
internal import LinearAlgebra

extension Logistic: CurvedLoss {
  public var domain: SlopeDomain { .intervals }
  public var curvature: Curvature { .gradual }
  public var isNeverZero: Bool { true }

  /// p·(1−p)·v with p = slope + target.
  public func multiplyHessian<Element: KernelScalar>(
    _ direction: inout MutableSpan<Element>, slopes: Span<Element>, columns: Int, targets: Targets
  ) {
    guard case .labels(let labels) = targets else { fatalError("logistic wants labels") }
    checkShape(scores: direction.count, columns: 1, rows: labels.count)
    multiply(&direction, slopes)
  }

  /// The probability into 0...1.
  public func clip(_ slopes: inout MutableSpan<Double>, columns: Int, targets: Targets) {
    guard case .labels(let labels) = targets else { fatalError("logistic wants labels") }
    labels.withUnsafeBufferPointer { labels in
      slopes.withUnsafeMutableBufferPointer { slopes in
        for i in 0..<labels.count {
          slopes[i] = labels[i] == 0 ? min(1, max(0, slopes[i])) : min(0, max(-1, slopes[i]))
        }
      }
    }
  }

  /// p·log p + (1−p)·log(1−p): symmetric, so that the slope's magnitude, which is p or 1−p, tells it.
  public func conjugate(
    _ slopes: Span<Double>, columns: Int, targets: Targets, values: inout MutableSpan<Double>
  ) {
    guard case .labels(let labels) = targets else { fatalError("logistic wants labels") }
    checkShape(scores: slopes.count, columns: 1, rows: labels.count)
    guard !labels.isEmpty else { return }
    slopes.withUnsafeBufferPointer { slopes in
      values.withStart { descent_logistic_conjugate($0, slopes.baseAddress!, 1, slopes.count) }
    }
  }
}

@specialized(where Element == Float)
@specialized(where Element == Double)
private func multiply<Element: KernelScalar>(_ v: inout MutableSpan<Element>, _ slopes: Span<Element>) {
  for i in 0..<slopes.count {
    // p·(1−p) without cancellation: the slope's magnitude is one of the two.
    let gap = abs(slopes[i])
    v[i] *= gap * (1 - gap)
  }
}
