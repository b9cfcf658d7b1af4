internal import Foundation

extension Estimate {
  /// How well the rows are explained, with as many coefficients.
  func fit(parameters: Double) -> GoodnessOfFit {
    let (n, pearson) = (Double(sum.rows.rows), sum.blocks == 1 ? optimum.expansion.pearson : nil)
    let found = optimum.expansion.loss
    guard let noise = sum.loss.noise else {
      return GoodnessOfFit(
        logLikelihood: nil, nullLogLikelihood: nil, deviance: nil, nullDeviance: nil, dispersion: nil,
        pearson: nil, residualDegrees: n - parameters, aic: nil, bic: nil, rSquared: nil)
    }
    let likelihood = logLikelihood(found, noise)
    let nullLikelihood = logLikelihood(null, noise)
    // Of classes and counts a row of weight 2 is two.
    let seen = noise == .given ? sum.rows.total : n
    let (deviance, nullDeviance) = (2 * found, 2 * null)
    return GoodnessOfFit(
      logLikelihood: likelihood, nullLogLikelihood: nullLikelihood, deviance: deviance,
      nullDeviance: nullDeviance, dispersion: noise == .normal ? deviance / (n - parameters) : 1,
      pearson: pearson, residualDegrees: seen - parameters, aic: 2 * parameters - 2 * likelihood,
      bic: log(seen) * parameters - 2 * likelihood,
      rSquared: noise == .normal
        ? (nullDeviance > 0 ? 1 - deviance / nullDeviance : nil)
        : (nullLikelihood != 0 ? 1 - likelihood / nullLikelihood : nil))
  }

  /// Of normal noise at its likeliest variance, a sum of squares over n: ½·Σ log w − n/2·(log(2π·RSS/n) + 1).
  private func logLikelihood(_ loss: Double, _ noise: Noise) -> Double {
    switch noise {
    case .given: return -loss - targetSum { sum.loss.logNormaliser($0) }
    case .normal:
      let n = Double(sum.rows.rows)
      let logWeights = sum.rows.weights?.reduce(0) { $0 + log($1) } ?? 0
      return 0.5 * logWeights - n / 2 * (log(2 * .pi * 2 * loss / n) + 1)
    }
  }

  /// Σ w·value(target) of targets that are numbers; labels have nothing of the kind.
  private func targetSum(_ value: (Double) -> Double) -> Double {
    guard case .values(let values, width: 1) = sum.rows.targets else { return 0 }
    return values.enumerated().reduce(0) { $0 + sum.rows.weight(of: $1.offset) * value($1.element) }
  }
}
