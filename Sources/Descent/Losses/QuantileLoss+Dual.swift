internal import LinearAlgebra

extension Quantile: DualLoss {
  /// Its own with the kink rounded over a trifle: the slopes of residuals that are nothing are then between the two.
  public var generators: [any CurvedLoss] { [SmoothedQuantile(quantile: quantile, width: 1e-3)] }
  public var hasLinearConjugate: Bool { true }
  public var domain: SlopeDomain { .intervals }

  /// Into −τ...1 − τ.
  public func clip(_ slopes: inout MutableSpan<Double>, columns: Int, targets: Targets) {
    let count = slopes.count
    for i in 0..<count { slopes[i] = min(1 - quantile, max(-quantile, slopes[i])) }
  }

  /// θ·t
  public func conjugate(
    _ slopes: Span<Double>, columns: Int, targets: Targets, values: inout MutableSpan<Double>
  ) {
    for row in 0..<targets.rows {
      values[row] = (0..<columns).reduce(0) {
        $0 + slopes[row * columns + $1] * targets.share(row, $1)
      }
    }
  }
}

/// The pinball loss with its kink rounded: θ·d − ½·width·θ² with θ = d/width in −τ...1 − τ, d = s − t.
struct SmoothedQuantile: CurvedLoss {
  let quantile: Double
  let width: Double
  var name: String { "smoothed-quantile" }
  var task: LearningTask { .regression }
  var domain: SlopeDomain { .intervals }

  private var exact: Quantile { Quantile(quantile) }

  func evaluate<Element: KernelScalar>(
    _ scores: inout MutableSpan<Element>, columns: Int, targets: Targets, values: inout MutableSpan<Double>
  ) {
    guard case .values(let numbers, _) = targets else { fatalError("the quantile loss wants numbers") }
    evaluateScores(&scores, columns: columns, numbers, &values) { scores, values, targets in
      for i in 0..<numbers.count {
        let d = Double(scores[i]) - targets[i]
        let slope = d.isNaN ? d : min(1 - quantile, max(-quantile, d / width))
        values[i] = slope * (d - 0.5 * width * slope)
        scores[i] = Element(slope)
      }
    }
  }

  func check(_ targets: Targets, columns: Int) throws(TargetError) {
    try exact.check(targets, columns: columns)
  }

  /// v/width where the slope is between the ends, else 0.
  func multiplyHessian<Element: KernelScalar>(
    _ direction: inout MutableSpan<Element>, slopes: Span<Element>, columns: Int, targets: Targets
  ) {
    let (low, high, curvature) = (Element(-quantile), Element(1 - quantile), Element(1 / width))
    for i in 0..<slopes.count { direction[i] *= slopes[i] > low && slopes[i] < high ? curvature : 0 }
  }

  func clip(_ slopes: inout MutableSpan<Double>, columns: Int, targets: Targets) {
    exact.clip(&slopes, columns: columns, targets: targets)
  }

  /// ½·width·θ² + θ·t
  func conjugate(
    _ slopes: Span<Double>, columns: Int, targets: Targets, values: inout MutableSpan<Double>
  ) {
    for row in 0..<targets.rows {
      values[row] = (0..<columns).reduce(0) {
        let θ = slopes[row * columns + $1]
        return $0 + θ * (0.5 * width * θ + targets.share(row, $1))
      }
    }
  }
}
