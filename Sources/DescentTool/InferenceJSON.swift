import Descent
import LinearAlgebra

/// The same for programs. What does not apply is null.
struct InferenceJSON<Element: KernelScalar> {
  private let inference: Inference
  private let model: TrainedModel<Element>

  init(_ inference: Inference, of model: TrainedModel<Element>) {
    (self.inference, self.model) = (inference, model)
  }

  var object: JSONValue {
    let fit = inference.fit
    return .object([
      "covariance": .text(inference.kind.rawValue), "level": .number(inference.level),
      "rows": .count(inference.rows), "clusters": .count(inference.clusters),
      "parameters": .number(inference.parameters), "l2": .number(inference.l2),
      "degrees_of_freedom": .number(inference.degreesOfFreedom), "distance": .number(inference.distance),
      "reference_class": .text(inference.referenceClass.map { model.classNames[$0] }),
      "references": .list(inference.references.map { .text(model.allFeatureNames[$0]) }),
      "log_likelihood": .number(fit.logLikelihood), "null_log_likelihood": .number(fit.nullLogLikelihood),
      "deviance": .number(fit.deviance), "null_deviance": .number(fit.nullDeviance),
      "dispersion": .number(fit.dispersion), "pearson": .number(fit.pearson),
      "residual_degrees": .number(fit.residualDegrees), "aic": .number(fit.aic),
      "bic": .number(fit.bic), "r2": .number(fit.rSquared),
      "coefficients": .list(inference.coefficients.map(coefficient)),
    ])
  }

  private func coefficient(_ coefficient: Inference.Coefficient) -> JSONValue {
    let names = model.classNames
    let own = names.isEmpty ? nil : names[names.count == model.architecture.outputs ? coefficient.output : 1]
    return .object([
      "class": .text(own),
      "feature": .text(coefficient.feature.map { model.allFeatureNames[$0] }),
      "estimate": .number(coefficient.estimate), "standard_error": .number(coefficient.standardError),
      "statistic": .number(coefficient.statistic), "p": .number(coefficient.pValue),
      "lower": .number(coefficient.interval.lowerBound), "upper": .number(coefficient.interval.upperBound),
    ])
  }
}
