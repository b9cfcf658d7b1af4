internal import LinearAlgebra

extension Trainer {
  /// What the model of a fit by this recipe says of how it came about.
  func provenance<Element: KernelScalar>(of fit: Fit<Element>) -> Provenance {
    var result = provenance(as: Element.self)
    (result.objective, result.trainingLoss) = (fit.objective, fit.loss)
    result.stopReason = fit.stopReason
    result.gap = fit.certificate.flatMap { $0.gap.isFinite ? $0.gap : nil }
    result.isCertified = fit.isProved
    return result
  }

  /// What it says of the recipe alone.
  func provenance<Element: KernelScalar>(as type: Element.Type) -> Provenance {
    var result = Provenance()
    result.penalty = .init(penalty.name, penalty.settings)
    result.scaling = .init(scaling.name, scaling.settings)
    result.solver = .init(solver.name, solver.settings)
    result.classWeights = classWeights?.choice
    result.seed = seed
    result.precision = Element.self == Float.self ? .float : .double
    result.version = Provenance.currentVersion
    return result
  }
}
