internal import LinearAlgebra

extension RankedScores {
  /// What taking every row with `score` or more for positive does. O(n)
  public func operatingPoint(at score: Double) -> OperatingPoint {
    last { point in point.score >= score } ?? none
  }

  /// What the model's own decision does: rows above it are taken for positive, one on it belongs to the first class.
  public var decided: OperatingPoint { operatingPoint(at: decision.nextUp) }

  /// The thresholds that take these shares of the rows for positive, or as little more as ties allow; of equal ones one.
  ///
  /// - Parameter shares: From 0 to 1, in ascending order.
  public func operatingPoints(flagging shares: [Double]) -> [OperatingPoint] {
    require(shares.allSatisfy { $0 >= 0 && $0 <= 1 }, "shares of \(shares), not between 0 and 1")
    require(zip(shares, shares.dropFirst()).allSatisfy { $0 <= $1 }, "shares of \(shares), not in order")
    var result: [OperatingPoint] = []
    var rest = shares[...]
    let total = totals.positives + totals.negatives
    forEachOperatingPoint { point in
      let flagged = (point.truePositives + point.falsePositives) / total
      guard let share = rest.first, flagged >= share else { return }
      result.append(point)
      rest = rest.drop { $0 <= flagged }
    }
    return result
  }

  /// The threshold of the greatest F1, the highest of equals; nil without positive rows.
  public var bestF1: OperatingPoint? {
    totals.positives == 0 ? nil : best { $0.f1 ?? 0 }
  }

  /// The threshold at which the mistakes cost least, the highest of equals: it may take no row for positive, or all.
  public func leastCost(falsePositive: Double, falseNegative: Double) -> OperatingPoint {
    require(
      falsePositive >= 0 && falseNegative >= 0,
      "costs of \(falsePositive) and \(falseNegative), not 0 or more")
    return best { -$0.cost(falsePositive: falsePositive, falseNegative: falseNegative) }
  }

  /// A number of few digits that parts the rows as `point` does: a probability where the scores say such, else a score.
  ///
  /// It lies well below the lowest score that is taken for positive where there is room, so that a rounding does not turn
  /// the row.
  public func threshold(of point: OperatingPoint) -> Double {
    let upper = probability(of: point.score) ?? point.score
    let lower = probability(of: point.scoreBelow) ?? point.scoreBelow
    return shortNumber(above: lower, upTo: upper)
  }

  private var none: OperatingPoint {
    OperatingPoint(
      score: .infinity, scoreBelow: max(positives.last ?? -.infinity, negatives.last ?? -.infinity),
      truePositives: 0, falsePositives: 0, positives: totals.positives, negatives: totals.negatives)
  }

  private func best(_ gain: (OperatingPoint) -> Double) -> OperatingPoint {
    var (best, greatest) = (none, gain(none))
    forEachOperatingPoint { point in
      let gain = gain(point)
      if gain > greatest { (best, greatest) = (point, gain) }
    }
    return best
  }

  private func last(where isWanted: (OperatingPoint) -> Bool) -> OperatingPoint? {
    var result: OperatingPoint?
    forEachOperatingPoint { if isWanted($0) { result = $0 } }
    return result
  }

  /// From the highest score down.
  private func forEachOperatingPoint(_ body: (OperatingPoint) -> Void) {
    let (positives, negatives) = totals
    // A point is whole when the next score is known.
    var last: (score: Double, truePositives: Double, falsePositives: Double)?
    func finish(below score: Double) {
      guard let last else { return }
      body(
        OperatingPoint(
          score: last.score, scoreBelow: score, truePositives: last.truePositives,
          falsePositives: last.falsePositives, positives: positives, negatives: negatives))
    }
    forEachThreshold(weight: weight(of:)) { score, truePositives, falsePositives in
      finish(below: score)
      last = (score, truePositives, falsePositives)
    }
    finish(below: -.infinity)
  }
}

/// The number of the fewest decimals in (`lower`, `upper`], near its middle where that has no more.
func shortNumber(above lower: Double, upTo upper: Double) -> Double {
  guard lower < upper, upper.isFinite else { return upper }
  let middle = lower.isFinite ? lower / 2 + upper / 2 : upper
  var scale = 1.0
  for _ in 0..<18 {
    for number in [(middle * scale).rounded() / scale, (upper * scale).rounded(.down) / scale]
    where number > lower && number <= upper { return number }
    scale *= 10
  }
  return upper
}
