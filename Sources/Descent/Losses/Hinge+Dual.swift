internal import LinearAlgebra

extension Hinge: HingeLoss {
  public var generators: [any CurvedLoss] {
    [4, 1, 0.25].map { SmoothedHinge(safetyMargin: safetyMargin, width: $0 * safetyMargin) }
  }

  public var hasLinearConjugate: Bool { true }

  public var domain: SlopeDomain { .margins(most: 1) }

  /// The slope of each wrong class into 0...1, that of the right one to minus their sum.
  public func clip(_ slopes: inout MutableSpan<Double>, columns: Int, targets: Targets) {
    clipMargins(&slopes, columns: columns, targets: targets, most: 1)
  }

  /// −Δ·Σ_{j≠y} α_j, with α the slopes of the wrong classes.
  public func conjugate(
    _ slopes: Span<Double>, columns: Int, targets: Targets, values: inout MutableSpan<Double>
  ) {
    sumMargins(slopes, columns: columns, targets: targets, into: &values) { -safetyMargin * $0 }
  }
}

/// Wrong classes' slopes into 0...most; the right one's balances the row.
func clipMargins(_ slopes: inout MutableSpan<Double>, columns: Int, targets: Targets, most: Double) {
  guard case .labels(let labels) = targets else { fatalError("margins want labels") }
  var start = 0
  for label in labels {
    var sum = 0.0
    for j in 0..<columns where j != Int(label) {
      let slope = min(most, max(0, slopes[start + j]))
      slopes[start + j] = slope
      sum += slope
    }
    slopes[start + Int(label)] = -sum
    start += columns
  }
}

/// values ← Σ of `term` over the slopes of each row's wrong classes.
func sumMargins(
  _ slopes: Span<Double>, columns: Int, targets: Targets, into values: inout MutableSpan<Double>,
  _ term: (Double) -> Double
) {
  guard case .labels(let labels) = targets else { fatalError("margins want labels") }
  for (row, label) in labels.enumerated() {
    var sum = 0.0
    for j in 0..<columns where j != Int(label) { sum += term(slopes[row * columns + j]) }
    values[row] = sum
  }
}
