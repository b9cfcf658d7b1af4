internal import LinearAlgebra

/// A residual e = u − v with its multiplier a in τ − 1...τ, all strictly inside, and the step that they are to take.
struct ResidualPair {
  /// τ
  let level: Double
  /// Target less score.
  var e: Double
  var u, v, a: Double
  /// How the multiplier answers to the score, 1/(u/(τ − a) + v/(1 − τ + a)).
  var curvature = 0.0
  var (du, dv, da) = (0.0, 0.0, 0.0)

  /// - Parameter slack: what u and v are to be above.
  init(level: Double, e: Double, slack: Double) {
    (self.level, self.e) = (level, e)
    (u, v, a) = (max(e, 0) + slack, max(-e, 0) + slack, 0)
  }

  /// How far the multiplier is from the ends.
  var above: Double { level - a }
  var below: Double { 1 - level + a }

  /// The products that are to become 0.
  var gap: Double { u * above + v * below }

  var loss: Double { (e > 0 ? level : level - 1) * e }

  mutating func setCurvature() { curvature = 1 / (u / above + v / below) }

  /// What the products are to come to: the centre, less what the predicted step leaves beside the line.
  private func goals(_ centre: Double?) -> (Double, Double) {
    guard let centre else { return (0, 0) }
    return (centre + du * da, centre - dv * da)
  }

  /// curvature·(e − goal of u/(τ − a) + goal of v/(1 − τ + a)): the multiplier's step where no score moves.
  ///
  /// - Parameter centre: what the products are to come to; nil for the predicted step, to 0.
  func pull(_ centre: Double?) -> Double {
    let (up, down) = goals(centre)
    return curvature * (e - up / above + down / below)
  }

  /// Sets the step by how the score moves.
  mutating func setStep(_ score: Double, _ centre: Double?) {
    let (up, down) = goals(centre)
    let move = curvature * (e - up / above + down / below - score)
    du = (up - u * above + u * move) / above
    dv = (down - v * below - v * move) / below
    da = move
  }

  /// The longest steps that leave residual and multiplier inside.
  var longest: (residuals: Double, multipliers: Double) {
    let first = min(du < 0 ? -u / du : .infinity, dv < 0 ? -v / dv : .infinity)
    return (first, da > 0 ? above / da : da < 0 ? below / -da : .infinity)
  }

  mutating func move(_ residuals: Double, _ multipliers: Double) {
    u += residuals * du
    v += residuals * dv
    a += multipliers * da
  }
}

extension ResidualPair {
  /// Numbers of one in memory.
  static var width: Int { 8 }

  /// The one at `i`.
  init(_ numbers: borrowing MutableSpan<Double>, _ i: Int, level: Double) {
    let at = Self.width * i
    self.level = level
    (e, u, v, a) = (numbers[at], numbers[at + 1], numbers[at + 2], numbers[at + 3])
    (curvature, du, dv, da) = (numbers[at + 4], numbers[at + 5], numbers[at + 6], numbers[at + 7])
  }

  func store(_ numbers: inout MutableSpan<Double>, _ i: Int) {
    let at = Self.width * i
    (numbers[at], numbers[at + 1], numbers[at + 2], numbers[at + 3]) = (e, u, v, a)
    (numbers[at + 4], numbers[at + 5], numbers[at + 6], numbers[at + 7]) = (curvature, du, dv, da)
  }
}
