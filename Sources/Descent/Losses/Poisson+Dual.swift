internal import Foundation
internal import LinearAlgebra

extension Poisson: CurvedLoss {
  public var domain: SlopeDomain { .intervals }
  public var curvature: Curvature { .gradual }

  /// exp(s)·v, with exp(s) = slope + target.
  public func multiplyHessian<Element: KernelScalar>(
    _ direction: inout MutableSpan<Element>, slopes: Span<Element>, columns: Int, targets: Targets
  ) {
    guard case .values(let numbers, _) = targets else { fatalError("the Poisson loss wants numbers") }
    checkShape(scores: direction.count, columns: 1, rows: numbers.count)
    numbers.withUnsafeBufferPointer { multiply(&direction, slopes, $0) }
  }

  /// The mean u = θ + t into 0...
  public func clip(_ slopes: inout MutableSpan<Double>, columns: Int, targets: Targets) {
    guard case .values(let numbers, _) = targets else { fatalError("the Poisson loss wants numbers") }
    for (i, t) in numbers.enumerated() { slopes[i] = max(-t, slopes[i]) }
  }

  /// u·log u − u − (t·log t − t) with u = θ + t: u·log(u/t) − θ + θ·log t.
  public func conjugate(
    _ slopes: Span<Double>, columns: Int, targets: Targets, values: inout MutableSpan<Double>
  ) {
    guard case .values(let numbers, _) = targets else { fatalError("the Poisson loss wants numbers") }
    let first = numbers.startIndex
    for row in 0..<targets.rows {
      values[row] = (row * columns..<(row + 1) * columns).reduce(0) {
        $0 + conjugate(slopes[$1], numbers[first + $1])
      }
    }
  }

  private func conjugate(_ θ: Double, _ t: Double) -> Double {
    if t == 0 { return xlogx(θ) - θ }
    // Of their differences the first is small where θ is.
    return (θ > -t ? (θ + t) * log1p(θ / t) - θ : t) + θ * log(t)
  }
}

@specialized(where Element == Float)
@specialized(where Element == Double)
private func multiply<Element: KernelScalar>(
  _ v: inout MutableSpan<Element>, _ slopes: Span<Element>, _ targets: UnsafeBufferPointer<Double>
) {
  for i in 0..<slopes.count { v[i] *= Element(max(0, Double(slopes[i]) + targets[i])) }
}
