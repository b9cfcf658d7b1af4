internal import Foundation

/// Rows of one score and two outcomes, which a curve is fitted to.
struct ScoredOutcomes {
  let scores: [Double]
  let isPositive: [Bool]
  /// One a row; nil is 1 each.
  let weights: [Double]?

  func weight(_ row: Int) -> Double { weights?[row] ?? 1 }
}

extension CalibrationCurve {
  /// Platt's sigmoid: the greatest likelihood of targets that are a little less sure than the outcomes, (P + 1)/(P + 2) for
  /// the P positive rows and 1/(N + 2) for the N others, so that it exists where scores part them.
  ///
  /// (Platt, Probabilistic Outputs for Support Vector Machines, in Advances in Large Margin Classifiers, 1999; by Newton's
  /// method with a line search, as Lin, Lin and Weng, A Note on Platt's Probabilistic Outputs for Support Vector Machines,
  /// Machine Learning 68, 2007.)
  static func sigmoid(of rows: ScoredOutcomes) -> CalibrationCurve {
    // About their middle and in units of their reach, so that both parameters are of one size.
    let (low, high) = (rows.scores.min() ?? 0, rows.scores.max() ?? 0)
    let centre = low / 2 + high / 2
    let reach = high > low ? high - centre : 1
    let likelihood = SigmoidLikelihood(rows, centre: centre, reach: reach)
    let (a, b) = likelihood.minimum()
    return .sigmoid(slope: a / reach, offset: b - a / reach * centre)
  }
}

/// The negative logarithm of the likelihood of a sigmoid over scores that were brought to [−1, 1].
private struct SigmoidLikelihood {
  private let scores: [Double]
  private let targets: [Double]
  private let weights: [Double]
  private let start: Double

  private struct Point {
    var value = 0.0
    var (gradientA, gradientB) = (0.0, 0.0)
    var (curvatureAA, curvatureAB, curvatureBB) = (0.0, 0.0, 0.0)
  }

  init(_ rows: ScoredOutcomes, centre: Double, reach: Double) {
    scores = rows.scores.map { ($0 - centre) / reach }
    weights = rows.scores.indices.map(rows.weight)
    let positives = zip(weights, rows.isPositive).reduce(0) { $1.1 ? $0 + $1.0 : $0 }
    let negatives = weights.reduce(0, +) - positives
    targets = rows.isPositive.map { $0 ? (positives + 1) / (positives + 2) : 1 / (negatives + 2) }
    start = log((positives + 1) / (negatives + 1))
  }

  /// Newton's steps, each halved until it gains what the slope promises; the last ones, too short for that to be told
  /// from rounding, are taken whole.
  func minimum() -> (a: Double, b: Double) {
    var (a, b) = (0.0, start)
    var point = point(a, b)
    for _ in 0..<200 {
      let damping = 1e-12 * (point.curvatureAA + point.curvatureBB) + Double.leastNormalMagnitude
      let (aa, bb) = (point.curvatureAA + damping, point.curvatureBB + damping)
      let determinant = aa * bb - point.curvatureAB * point.curvatureAB
      let stepA = (point.curvatureAB * point.gradientB - bb * point.gradientA) / determinant
      let stepB = (point.curvatureAB * point.gradientA - aa * point.gradientB) / determinant
      let slope = point.gradientA * stepA + point.gradientB * stepB
      guard stepA.isFinite, stepB.isFinite, slope < 0 else { break }
      let isLast = -slope <= 1e-14 * abs(point.value)
      var length = 1.0
      var next = self.point(a + stepA, b + stepB)
      while !isLast, next.value > point.value + 1e-4 * length * slope, length > 1e-10 {
        length /= 2
        next = self.point(a + length * stepA, b + length * stepB)
      }
      (a, b, point) = (a + length * stepA, b + length * stepB, next)
      if isLast { break }
    }
    return (a, b)
  }

  private func point(_ a: Double, _ b: Double) -> Point {
    var point = Point()
    for i in scores.indices {
      let (s, t, w) = (scores[i], targets[i], weights[i])
      let z = a * s + b
      let e = exp(-abs(z))
      let p = z >= 0 ? 1 / (1 + e) : e / (1 + e)
      // −t·ln p − (1 − t)·ln(1 − p)
      point.value += w * (max(z, 0) - t * z + log1p(e))
      let (slope, curvature) = (w * (p - t), w * e / ((1 + e) * (1 + e)))
      point.gradientA += slope * s
      point.gradientB += slope
      point.curvatureAA += curvature * s * s
      point.curvatureAB += curvature * s
      point.curvatureBB += curvature
    }
    return point
  }
}
