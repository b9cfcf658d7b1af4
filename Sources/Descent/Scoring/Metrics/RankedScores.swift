internal import LinearAlgebra

/// The scores of rows of two classes in their order: what thresholds, and the areas under their curves, are read from.
///
/// ```swift
/// let ranking = RankedScores(positives: [0.9, 0.6], negatives: [0.2, 0.6, 0.4], as: .probability)
/// print(ranking.rocAUC!)  // 0.9166666666666666
/// ```
///
/// Eight bytes a row, and as many for its weight; made in O(n log n), each question costs O(n). NaN has no place in an order and is refused.
public struct RankedScores: Sendable {
  /// What a score says of the positive class.
  public enum Meaning: Sendable {
    /// ln(p / (1 − p))
    case logOdds
    /// p itself, in 0...1: rows above 0.5 are of the class. Other scores are decided at 0.
    case probability
    /// More speaks for the class and less against it, from 0 on; no probability follows.
    case margin
  }

  /// Decides where the decision lies, and whether scores tell probabilities: see ``probability(of:)``.
  public let meaning: Meaning
  /// From the lowest up.
  public let positives: [Double]
  /// The first class, from the lowest up.
  public let negatives: [Double]
  /// What the rows count for, as they are numbered; nil where each counts for 1.
  private let weights: [Double]?

  /// - Parameters:
  ///   - negatives: the scores of the rows of the first class.
  ///   - positives: the scores of the rows of the second class.
  ///   - negativeWeights: the same of the others.
  ///   - meaning: what a score says.
  ///   - positiveWeights: what each of these rows counts for; nil for once each, and then so for the others.
  public init(
    positives: [Double], negatives: [Double], positiveWeights: [Double]? = nil,
    negativeWeights: [Double]? = nil,
    as meaning: Meaning
  ) {
    for scores in [positives, negatives] {
      require(!scores.contains(where: \.isNaN), "a score that is not a number")
      guard meaning == .probability else { continue }
      require(scores.allSatisfy { $0 >= 0 && $0 <= 1 }, "a probability that is not between 0 and 1")
    }
    self.meaning = meaning
    guard positiveWeights != nil || negativeWeights != nil else {
      (self.positives, self.negatives, weights) = (positives.sorted(), negatives.sorted(), nil)
      return
    }
    func sorted(_ scores: [Double], _ weights: [Double]?) -> [(score: Double, weight: Double)] {
      let weights = weights ?? Array(repeating: 1, count: scores.count)
      require(weights.count == scores.count, "\(weights.count) weights of \(scores.count) scores")
      return zip(scores, weights).map { ($0, $1) }.sorted { $0.0 < $1.0 }
    }
    let (up, down) = (sorted(positives, positiveWeights), sorted(negatives, negativeWeights))
    (self.positives, self.negatives) = (up.map(\.score), down.map(\.score))
    weights = up.map(\.weight) + down.map(\.weight)
  }

  public var count: Int { positives.count + negatives.count }

  public func weight(of row: Int) -> Double { weights?[row] ?? 1 }

  /// What the rows of each class count for together.
  var totals: (positives: Double, negatives: Double) {
    guard let weights else { return (Double(positives.count), Double(negatives.count)) }
    return (weights[..<positives.count].reduce(0, +), weights[positives.count...].reduce(0, +))
  }

  /// A score as the probability of the positive class.
  public func probability(of score: Double) -> Double? {
    switch meaning {
    case .logOdds: logistic(score)
    case .probability: score
    case .margin: nil
    }
  }

  /// The score above which a row is taken for positive.
  var decision: Double { meaning == .probability ? 0.5 : 0 }

  /// Calls `body` at each distinct score from the highest down, with the weights of the positive and of the negative rows
  /// that have it or more. The rows are numbered as ``positives`` and then ``negatives`` are.
  func forEachThreshold(
    weight: (Int) -> Double, _ body: (_ score: Double, _ positives: Double, _ negatives: Double) -> Void
  ) {
    var (i, j) = (positives.count, negatives.count)
    var (truePositives, falsePositives) = (0.0, 0.0)
    while i > 0 || j > 0 {
      let score = max(i > 0 ? positives[i - 1] : -.infinity, j > 0 ? negatives[j - 1] : -.infinity)
      while i > 0, positives[i - 1] == score {
        i -= 1
        truePositives += weight(i)
      }
      while j > 0, negatives[j - 1] == score {
        j -= 1
        falsePositives += weight(positives.count + j)
      }
      body(score, truePositives, falsePositives)
    }
  }

  /// Calls `body` with the score of each row.
  func forEachRow(
    weight: (Int) -> Double, _ body: (_ score: Double, _ isPositive: Bool, _ weight: Double) -> Void
  ) {
    for i in positives.indices { body(positives[i], true, weight(i)) }
    for j in negatives.indices { body(negatives[j], false, weight(positives.count + j)) }
  }
}

extension RankedScores: MeasuredRows {
  /// Those of two classes; the rows are numbered as ``positives`` and then ``negatives`` are.
  public func metrics(weight: (Int) -> Double) -> [Metric: Double] {
    var counts = ClassCounts(classes: 2)
    forEachRow(weight: weight) { score, isPositive, weight in
      counts.count(actual: isPositive ? 1 : 0, predicted: score > decision ? 1 : 0, weight: weight)
    }
    var values = counts.metrics
    values[.precision] = counts.precision(1)
    values[.recall] = counts.recall(1)
    values[.f1] = counts.f1(1)
    values[.rocAUC] = rocAUC(weight: weight)
    values[.averagePrecision] = averagePrecision(weight: weight)
    values[.logLoss] = logLoss(weight: weight)
    values[.brierScore] = brierScore(weight: weight)
    values[.calibrationError] = reliability(bins: 10, weight: weight)?.calibrationError
    return values
  }
}
