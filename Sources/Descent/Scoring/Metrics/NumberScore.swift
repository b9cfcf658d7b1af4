internal import Foundation

/// What predicted numbers are measured by beside their errors: a score that the numbers meant are best at.
public enum NumberScore: Sendable, Equatable {
  /// Nothing: R² says it of means.
  case errors
  /// The deviance of counts from means.
  case counts
  /// The pinball loss of this quantile.
  case quantile(Double)

  /// That of the numbers that a loss asks for.
  init(_ loss: any Loss) {
    if let loss = loss as? Quantile {
      self = .quantile(loss.quantile)
    } else {
      self = loss.link == .logarithm ? .counts : .errors
    }
  }
}

extension Residuals {
  /// The score's own metrics; D² where the targets are not all equal.
  ///
  /// ```swift
  /// let counts = Residuals(predictions: [1, 2, 4], targets: [0, 3, 4], score: .counts)
  /// print(counts.metrics[.poissonDeviance]!)  // 0.8109302162163288
  /// ```
  func scores(weight: (Int) -> Double) -> [Metric: Double] {
    switch score {
    case .errors: [:]
    case .counts: deviances(weight: weight)
    case .quantile(let τ): pinball(τ, weight: weight)
    }
  }

  /// (scikit-learn: `mean_pinball_loss`.)
  private func pinball(_ τ: Double, weight: (Int) -> Double) -> [Metric: Double] {
    var (total, loss, below) = (0.0, 0.0, 0.0)
    for row in 0..<count where weight(row) > 0 {
      let residual = residual(row)
      total += weight(row)
      loss += weight(row) * (residual > 0 ? τ : τ - 1) * residual
      if residual <= 0 { below += weight(row) }
    }
    return total > 0 ? [.pinballLoss: loss / total, .fractionBelow: below / total] : [:]
  }

  /// (scikit-learn: `mean_poisson_deviance`, `d2_tweedie_score` with the power 1.)
  private func deviances(weight: (Int) -> Double) -> [Metric: Double] {
    var (total, sum, deviance) = (0.0, 0.0, 0.0)
    let rows = targets.enumerated()
    for (row, target) in rows where weight(row) > 0 {
      total += weight(row)
      sum += weight(row) * target
      deviance += weight(row) * poissonDeviance(target, prediction(row))
    }
    guard total > 0 else { return [:] }
    var values = [Metric.poissonDeviance: deviance / total]
    let best = rows.reduce(0.0) {
      $0 + (weight($1.offset) > 0 ? weight($1.offset) * poissonDeviance($1.element, sum / total) : 0)
    }
    if best > 1e-13 * sum { values[.d2] = 1 - deviance / best }
    return values
  }
}

/// 2·(t·log(t/p) − t + p)
private func poissonDeviance(_ t: Double, _ p: Double) -> Double {
  p == .infinity ? p : t == 0 ? 2 * p : 2 * (t * log(t / p) - t + p)
}
