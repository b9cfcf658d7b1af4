internal import Foundation

extension RankedScores {
  /// The mean of −ln(probability of the row's class); nil where the scores say no probabilities, or there are no rows.
  ///
  /// Of log-odds exactly, however sure they are. A probability is kept 2⁻⁵² from 0 and 1, as scikit-learn does: so near, 0
  /// is what rounding made of a number.
  public var logLoss: Double? { logLoss(weight: weight(of:)) }

  /// The mean of (probability − outcome)²; nil where the scores say no probabilities, or there are no rows.
  /// (Brier, Verification of Forecasts Expressed in Terms of Probability, Monthly Weather Review 78, 1950.)
  public var brierScore: Double? { brierScore(weight: weight(of:)) }

  /// The expected calibration error by ten bins; nil where the scores say no probabilities, or there are no rows.
  public var calibrationError: Double? { reliability()?.calibrationError }

  /// Probabilities beside what came of them; nil where the scores say none, or there are no rows.
  public func reliability(bins: Int = 10) -> Reliability? {
    reliability(bins: bins, weight: weight(of:))
  }

  func logLoss(weight: (Int) -> Double) -> Double? {
    switch meaning {
    case .logOdds: mean(weight) { softplus($1 ? -$0 : $0) }
    case .probability: mean(weight) { -log(min(max($1 ? $0 : 1 - $0, .ulpOfOne), 1 - .ulpOfOne)) }
    case .margin: nil
    }
  }

  func brierScore(weight: (Int) -> Double) -> Double? {
    switch meaning {
    case .logOdds: mean(weight) { square(logistic($1 ? -$0 : $0)) }
    case .probability: mean(weight) { square($1 ? 1 - $0 : $0) }
    case .margin: nil
    }
  }

  func reliability(bins: Int, weight: (Int) -> Double) -> Reliability? {
    guard meaning != .margin, count > 0 else { return nil }
    var result = Reliability(bins: bins)
    forEachRow(weight: weight) { score, isPositive, weight in
      guard weight > 0, let probability = probability(of: score) else { return }
      result.count(probability: probability, isPositive: isPositive, weight: weight)
    }
    return result
  }

  private func mean(_ weight: (Int) -> Double, _ value: (_ score: Double, _ isPositive: Bool) -> Double)
    -> Double?
  {
    var (sum, total) = (0.0, 0.0)
    forEachRow(weight: weight) { score, isPositive, weight in
      guard weight > 0 else { return }
      sum += weight * value(score, isPositive)
      total += weight
    }
    return total > 0 ? sum / total : nil
  }
}

/// 1 / (1 + exp(−x))
func logistic(_ x: Double) -> Double {
  if x >= 0 { return 1 / (1 + exp(-x)) }
  let e = exp(x)
  return e / (1 + e)
}

/// ln(1 + exp(x))
private func softplus(_ x: Double) -> Double { max(x, 0) + log1p(exp(-abs(x))) }

private func square(_ x: Double) -> Double { x * x }
