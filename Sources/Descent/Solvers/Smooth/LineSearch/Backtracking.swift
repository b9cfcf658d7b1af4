/// Steps that are shortened until the value has decreased enough, φ(α) ≤ reference + c₁·α·φ'(0).
///
/// The next step is the minimum of the parabola through φ(0), φ'(0) and φ(α), within a tenth and half of the
/// last. (Armijo 1966; Nocedal and Wright, Numerical Optimization, 2nd edition, section 3.5.)
struct Backtracking: Sendable {
  var decrease = 1e-4
  /// A value may be above its bound by this: what rounding hides.
  var noise = 0.0
  var mostEvaluations = 30

  /// - Parameters:
  ///   - start: φ at 0, with a slope below 0.
  ///   - reference: φ(0), or more for a search that lets the value rise now and then (Grippo, Lampariello and
  ///     Lucidi, A nonmonotone line search technique for Newton's method, SIAM J. Numer. Anal. 23, 1986).
  /// - Returns: The first step that decreases enough, nil where none does.
  func search(
    from start: LinePoint, reference: Double? = nil, first: Double, _ φ: (Double) -> LinePoint
  ) -> LinePoint? {
    guard start.slope < 0, first > 0, first.isFinite else { return nil }
    let reference = max(reference ?? start.value, start.value) + noise
    var step = first
    for _ in 0..<mostEvaluations {
      let point = φ(step)
      if point.isFinite, point.value <= reference + decrease * step * start.slope { return point }
      let rise = point.value - start.value - step * start.slope
      let guess = -start.slope * step * step / (2 * rise)
      step = guess.isFinite ? min(0.5 * step, max(0.1 * step, guess)) : 0.1 * step
    }
    return nil
  }
}
