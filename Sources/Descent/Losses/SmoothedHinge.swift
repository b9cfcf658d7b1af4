internal import LinearAlgebra

/// The multiclass hinge with its kinks rounded over a width μ: Σ_{j≠y} h(s_j − s_y + Δ), with h(z) = z²/(2μ) in
/// 0...μ, 0 below and z − μ/2 above.
///
/// Its gradients clip(z/μ, 0, 1) are points of the hinge's own dual problem, and better ones than the hinge's
/// subgradients, which are all or nothing.
/// (Nesterov, Smooth minimization of non-smooth functions, Math. Program. 103, 2005.)
struct SmoothedHinge: CurvedLoss {
  let safetyMargin: Double
  let width: Double
  var name: String { "smoothed-hinge" }
  var task: LearningTask { .classification }
  var settings: [Setting] { [Setting("margin", safetyMargin), Setting("width", width)] }
  var domain: SlopeDomain { .margins(most: 1) }

  func evaluate<Element: KernelScalar>(
    _ scores: inout MutableSpan<Element>, columns: Int, targets: Targets, values: inout MutableSpan<Double>
  ) {
    let labels = labels(of: targets)
    checkShape(scores: scores.count, columns: columns, rows: labels.count)
    smoothedHinge(
      &scores, columns: columns, labels: labels, margin: Element(safetyMargin), width: Element(width),
      values: &values)
  }

  func check(_ targets: Targets, columns: Int) throws(TargetError) {
    try Hinge(margin: safetyMargin).check(targets, columns: columns)
  }

  /// 1/μ on each margin in 0...μ: where the slope is strictly between 0 and 1.
  func multiplyHessian<Element: KernelScalar>(
    _ direction: inout MutableSpan<Element>, slopes: Span<Element>, columns: Int, targets: Targets
  ) {
    let labels = labels(of: targets)
    checkShape(scores: direction.count, columns: columns, rows: labels.count)
    multiplySmoothed(
      &direction, slopes, columns: columns, labels: labels, curvature: 1 / Element(width))
  }

  func clip(_ slopes: inout MutableSpan<Double>, columns: Int, targets: Targets) {
    clipMargins(&slopes, columns: columns, targets: targets, most: 1)
  }

  /// Σ_{j≠y} μ·α²/2 − Δ·α
  func conjugate(
    _ slopes: Span<Double>, columns: Int, targets: Targets, values: inout MutableSpan<Double>
  ) {
    sumMargins(slopes, columns: columns, targets: targets, into: &values) {
      (width / 2 * $0 - safetyMargin) * $0
    }
  }

  private func labels(of targets: Targets) -> ArraySlice<Int32> {
    guard case .labels(let labels) = targets else { fatalError("margins want labels") }
    return labels
  }
}

@specialized(where Element == Float)
@specialized(where Element == Double)
private func smoothedHinge<Element: KernelScalar>(
  _ scores: inout MutableSpan<Element>, columns: Int, labels: ArraySlice<Int32>, margin: Element,
  width: Element, values: inout MutableSpan<Double>
) {
  scores.withUnsafeMutableBufferPointer { s in
    guard var s = s.baseAddress else { return }
    for (row, label) in labels.enumerated() {
      let own = s[Int(label)]
      var (sum, value): (Element, Double) = (0, 0)
      for j in 0..<columns {
        let z = j == Int(label) ? 0 : max(0, s[j] - own + margin)
        let slope = min(1, z / width)
        s[j] = slope
        sum += slope
        value += Double(slope * (z - width / 2 * slope))
      }
      s[Int(label)] = -sum
      values[row] = value
      s += columns
    }
  }
}

@specialized(where Element == Float)
@specialized(where Element == Double)
private func multiplySmoothed<Element: KernelScalar>(
  _ direction: inout MutableSpan<Element>, _ slopes: Span<Element>, columns: Int, labels: ArraySlice<Int32>,
  curvature: Element
) {
  direction.withUnsafeMutableBufferPointer { v in
    slopes.withUnsafeBufferPointer { g in
      guard var v = v.baseAddress, var g = g.baseAddress else { return }
      for label in labels {
        let own = v[Int(label)]
        var sum: Element = 0
        for j in 0..<columns {
          v[j] = g[j] > 0 && g[j] < 1 ? curvature * (v[j] - own) : 0
          sum += v[j]
        }
        v[Int(label)] = -sum
        v += columns
        g += columns
      }
    }
  }
}
