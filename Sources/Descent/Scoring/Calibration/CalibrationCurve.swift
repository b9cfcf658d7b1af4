/// The probability that a score stands for.
public enum CalibrationCurve: Sendable, Equatable, Codable {
  /// 1 / (1 + exp(−(slope·s + offset)))
  case sigmoid(slope: Double, offset: Double)
  /// Straight lines from knot to knot, and level before the first and after the last. Scores rise from each to the next,
  /// and probabilities do not fall.
  case isotonic(scores: [Double], probabilities: [Double])

  /// In 0...1. O(log knots). An isotonic curve without knots traps: see ``isSound``.
  public func probability(of score: Double) -> Double {
    switch self {
    case .sigmoid(let slope, let offset): return logistic(slope * score + offset)
    case .isotonic(let scores, let probabilities):
      if score <= scores[0] { return probabilities[0] }
      // The knots on both sides of it.
      var (below, above) = (0, scores.count)
      while above - below > 1 {
        let middle = (below + above) / 2
        if scores[middle] < score { below = middle } else { above = middle }
      }
      guard above < scores.count else { return probabilities[below] }
      let share = (score - scores[below]) / (scores[above] - scores[below])
      return probabilities[below] + share * (probabilities[above] - probabilities[below])
    }
  }

  /// Whether it is one: of a file it may not be.
  public var isSound: Bool {
    switch self {
    case .sigmoid(let slope, let offset): return slope.isFinite && offset.isFinite
    case .isotonic(let scores, let probabilities):
      return !scores.isEmpty && scores.count == probabilities.count && scores.allSatisfy(\.isFinite)
        && zip(scores, scores.dropFirst()).allSatisfy { $0 < $1 }
        && probabilities.allSatisfy { $0 >= 0 && $0 <= 1 }
        && zip(probabilities, probabilities.dropFirst()).allSatisfy { $0 <= $1 }
    }
  }
}
