internal import LinearAlgebra

extension SquaredHinge: CurvedLoss {
  public var domain: SlopeDomain { .margins(most: .infinity) }
  public var seesDifferencesOnly: Bool { true }

  /// 2 on each violated margin z_j = s_j − s_y + Δ: where the slope is above 0.
  public func multiplyHessian<Element: KernelScalar>(
    _ direction: inout MutableSpan<Element>, slopes: Span<Element>, columns: Int, targets: Targets
  ) {
    guard case .labels(let labels) = targets else { fatalError("margins want labels") }
    checkShape(scores: direction.count, columns: columns, rows: labels.count)
    multiply(&direction, slopes, columns, labels)
  }

  public func clip(_ slopes: inout MutableSpan<Double>, columns: Int, targets: Targets) {
    clipMargins(&slopes, columns: columns, targets: targets, most: .infinity)
  }

  /// Σ_{j≠y} α²/4 − Δ·α, with α the slopes of the wrong classes.
  public func conjugate(
    _ slopes: Span<Double>, columns: Int, targets: Targets, values: inout MutableSpan<Double>
  ) {
    sumMargins(slopes, columns: columns, targets: targets, into: &values) {
      $0 * $0 / 4 - safetyMargin * $0
    }
  }
}

@specialized(where Element == Float)
@specialized(where Element == Double)
private func multiply<Element: KernelScalar>(
  _ v: inout MutableSpan<Element>, _ slopes: Span<Element>, _ columns: Int, _ labels: ArraySlice<Int32>
) {
  require(slopes.count == v.count, "\(slopes.count) slopes for \(v.count) scores")
  var start = 0
  for label in labels {
    let y = start + Int(label)
    let own = v[y]
    var sum: Element = 0
    for j in start..<start + columns {
      let change = slopes[j] > 0 ? 2 * (v[j] - own) : 0
      v[j] = change
      sum += change
    }
    v[y] = -sum
    start += columns
  }
}
