internal import LinearAlgebra

/// Residuals e = u − v with their multipliers a in τ − 1...τ, all strictly inside: those of the rows, or those of the weights
/// under l1.
struct ResidualPairs {
  /// τ
  let level: Double
  /// What each counts for.
  let shares: [Double]
  /// Target less score.
  var e: [Double]
  private(set) var u: [Double]
  private(set) var v: [Double]
  private(set) var a: [Double]
  /// How the multiplier answers to the score, 1/(u/(τ − a) + v/(1 − τ + a)).
  private(set) var curvature: [Double]
  /// Of the step to come.
  private var (du, dv, da): ([Double], [Double], [Double])

  /// - Parameter slack: what u and v are to be above.
  init(level: Double, shares: [Double], e: [Double], slack: Double) {
    (self.level, self.shares, self.e) = (level, shares, e)
    u = e.map { max($0, 0) + slack }
    v = e.map { max(-$0, 0) + slack }
    a = e.map { _ in 0 }
    (curvature, du, dv, da) = (a, a, a, a)
  }

  var count: Int { e.count }

  /// Σ of the products that are to become 0.
  var gap: Double {
    (0..<count).reduce(0) { $0 + shares[$1] * (u[$1] * (level - a[$1]) + v[$1] * (1 - level + a[$1])) }
  }

  var loss: Double {
    (0..<count).reduce(0) { $0 + shares[$1] * (e[$1] > 0 ? level : level - 1) * e[$1] }
  }

  mutating func setCurvature() {
    for i in 0..<count { curvature[i] = 1 / (u[i] / (level - a[i]) + v[i] / (1 - level + a[i])) }
  }

  /// What the products of row i are to come to: the centre, less what the predicted step leaves beside the line.
  private func goals(_ i: Int, _ centre: Double?) -> (Double, Double) {
    guard let centre else { return (0, 0) }
    return (centre + du[i] * da[i], centre - dv[i] * da[i])
  }

  /// curvature·(e − goal of u/(τ − a) + goal of v/(1 − τ + a)): the multiplier's step where no score moves.
  ///
  /// - Parameter centre: what the products are to come to; nil for the predicted step, to 0.
  func pull(_ i: Int, _ centre: Double?) -> Double {
    let (up, down) = goals(i, centre)
    return curvature[i] * (e[i] - up / (level - a[i]) + down / (1 - level + a[i]))
  }

  /// Sets the step by how the scores move.
  mutating func setStep(_ scores: Span<Double>, _ centre: Double?) {
    for i in 0..<count {
      let (s, t) = (level - a[i], 1 - level + a[i])
      let (up, down) = goals(i, centre)
      let move = curvature[i] * (e[i] - up / s + down / t - scores[i])
      du[i] = (up - u[i] * s + u[i] * move) / s
      dv[i] = (down - v[i] * t - v[i] * move) / t
      da[i] = move
    }
  }

  /// The longest steps that leave residuals and multipliers inside.
  var longest: (residuals: Double, multipliers: Double) {
    var (first, second) = (Double.infinity, Double.infinity)
    for i in 0..<count {
      if du[i] < 0 { first = min(first, -u[i] / du[i]) }
      if dv[i] < 0 { first = min(first, -v[i] / dv[i]) }
      if da[i] > 0 { second = min(second, (level - a[i]) / da[i]) }
      if da[i] < 0 { second = min(second, (1 - level + a[i]) / -da[i]) }
    }
    return (first, second)
  }

  /// ``gap`` after such steps.
  func gap(after residuals: Double, _ multipliers: Double) -> Double {
    (0..<count).reduce(0) { sum, i in
      let a = a[i] + multipliers * da[i]
      return sum + shares[i]
        * ((u[i] + residuals * du[i]) * (level - a) + (v[i] + residuals * dv[i]) * (1 - level + a))
    }
  }

  mutating func move(_ residuals: Double, _ multipliers: Double, scores: Span<Double>) {
    for i in 0..<count {
      e[i] -= residuals * scores[i]
      u[i] += residuals * du[i]
      v[i] += residuals * dv[i]
      a[i] += multipliers * da[i]
    }
  }
}
