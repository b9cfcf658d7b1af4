internal import LinearAlgebra

extension SquaredError: CurvedLoss {
  public var domain: SlopeDomain { .intervals }
  public var curvature: Curvature { .parabola }

  /// v itself.
  public func multiplyHessian<Element: KernelScalar>(
    _ direction: inout MutableSpan<Element>, slopes: Span<Element>, columns: Int, targets: Targets
  ) {}

  /// The conjugate is finite everywhere.
  public func clip(_ slopes: inout MutableSpan<Double>, columns: Int, targets: Targets) {}

  /// ½θ² + θ·t
  public func conjugate(
    _ slopes: Span<Double>, columns: Int, targets: Targets, values: inout MutableSpan<Double>
  ) {
    sumWithTargets(slopes, columns: columns, targets: targets, into: &values)
  }
}

extension Huber: CurvedLoss {
  public var domain: SlopeDomain { .intervals }
  public var majorant: (any CurvedLoss)? { MajorisedHuber(huber: self) }

  /// v where the residual is below δ, else 0.
  public func multiplyHessian<Element: KernelScalar>(
    _ direction: inout MutableSpan<Element>, slopes: Span<Element>, columns: Int, targets: Targets
  ) {
    require(slopes.count == direction.count, "\(slopes.count) slopes for \(direction.count) scores")
    let bound = Element(delta)
    for i in 0..<slopes.count where abs(slopes[i]) >= bound { direction[i] = 0 }
  }

  /// Into −δ...δ.
  public func clip(_ slopes: inout MutableSpan<Double>, columns: Int, targets: Targets) {
    let count = slopes.count
    for i in 0..<count { slopes[i] = min(delta, max(-delta, slopes[i])) }
  }

  /// ½θ² + θ·t
  public func conjugate(
    _ slopes: Span<Double>, columns: Int, targets: Targets, values: inout MutableSpan<Double>
  ) {
    sumWithTargets(slopes, columns: columns, targets: targets, into: &values)
  }
}

/// values ← Σ ½θ² + θ·t of each row
private func sumWithTargets(
  _ slopes: Span<Double>, columns: Int, targets: Targets, into values: inout MutableSpan<Double>
) {
  for row in 0..<targets.rows {
    var sum = 0.0
    for j in 0..<columns {
      let θ = slopes[row * columns + j]
      sum += 0.5 * θ * θ + θ * targets.share(row, j)
    }
    values[row] = sum
  }
}
