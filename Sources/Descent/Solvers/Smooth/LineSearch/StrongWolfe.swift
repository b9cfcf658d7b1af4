/// A line search for a step α that meets the strong Wolfe conditions, φ being the objective along the direction:
///
///     φ(α) ≤ φ(0) + c₁·α·φ'(0)        enough decrease
///     |φ'(α)| ≤ c₂·|φ'(0)|            slope enough gone
///
/// It brackets such a step and zooms in by cubic interpolation (Nocedal and Wright, Numerical Optimization,
/// 2nd edition, algorithms 3.5 and 3.6). Where values differ by no more than their rounding the first condition
/// cannot be seen, and slopes stand in for it, φ'(α) ≤ (1 − 2·c₁)·|φ'(0)|: the approximate Wolfe condition of
/// Hager and Zhang, A new conjugate gradient method with guaranteed descent, SIAM J. Optim. 16, 2005.
struct StrongWolfe: Sendable {
  var decrease = 1e-4
  var curvature = 0.9
  /// Values that differ by less are equal.
  var noise = 0.0
  var mostEvaluations = 25

  /// - Parameters:
  ///   - start: φ at 0, with a slope below 0.
  ///   - first: the step to try first.
  /// - Returns: A point that meets both conditions; where none was found within ``mostEvaluations`` the lowest
  ///   that meets the first; nil where there is none.
  func search(from start: LinePoint, first: Double, _ φ: (Double) -> LinePoint) -> LinePoint? {
    guard start.slope < 0, first > 0, first.isFinite else { return nil }
    var left = mostEvaluations
    var before = start
    var step = first
    while left > 0 {
      let point = φ(step)
      left -= 1
      if !decreases(point, start) || point.value > before.value + noise {
        return zoom(low: before, high: point, start, &left, φ)
      }
      if flattens(point, start) { return point }
      if point.slope >= 0 { return zoom(low: point, high: before, start, &left, φ) }
      let guess = LinePoint.cubicMinimum(before, point) ?? .infinity
      before = point
      step = min(10 * step, max(2 * step, guess))
    }
    return before.step > 0 ? before : nil
  }

  /// Between `low`, the lowest point that decreases enough, and `high` lies a step that meets both conditions.
  private func zoom(
    low: LinePoint, high: LinePoint, _ start: LinePoint, _ left: inout Int, _ φ: (Double) -> LinePoint
  ) -> LinePoint? {
    var (low, high) = (low, high)
    while left > 0, abs(high.step - low.step) > 1e-12 * max(low.step, high.step) {
      let point = φ(between(low, high))
      left -= 1
      if !decreases(point, start) || point.value > low.value + noise {
        high = point
      } else {
        if flattens(point, start) { return point }
        if point.slope * (high.step - low.step) >= 0 { high = low }
        low = point
      }
    }
    return low.step > 0 ? low : nil
  }

  /// The cubic's minimum, kept away from both ends; halfway, a tenth from `low` where `high` is not even finite.
  private func between(_ low: LinePoint, _ high: LinePoint) -> Double {
    let width = high.step - low.step
    guard high.isFinite else { return low.step + 0.1 * width }
    let guess = LinePoint.cubicMinimum(low, high).map { ($0 - low.step) / width } ?? 0.5
    return low.step + min(0.9, max(0.1, guess)) * width
  }

  func decreases(_ point: LinePoint, _ start: LinePoint) -> Bool {
    guard point.isFinite else { return false }
    if point.value <= start.value + decrease * point.step * start.slope { return true }
    return abs(point.value - start.value) <= noise && point.slope <= (2 * decrease - 1) * start.slope
  }

  func flattens(_ point: LinePoint, _ start: LinePoint) -> Bool {
    abs(point.slope) <= curvature * abs(start.slope)
  }
}
