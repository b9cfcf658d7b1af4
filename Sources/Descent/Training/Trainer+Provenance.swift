internal import LinearAlgebra

extension Trainer {
  /// What the model of a fit by this recipe says of how it came about.
  func provenance<Element: KernelScalar>(of fit: Fit<Element>) -> Provenance {
    provenance(
      as: Element.self, objective: fit.objective, loss: fit.loss, fit.stopReason, fit.certificate,
      isProved: fit.isProved)
  }

  /// The same of what a fit came to.
  func provenance(
    as type: any KernelScalar.Type, objective: Double, loss: Double, _ stopReason: StopReason,
    _ certificate: Certificate?,
    isProved: Bool
  ) -> Provenance {
    var result = provenance(as: type)
    (result.objective, result.trainingLoss, result.stopReason) = (objective, loss, stopReason)
    result.gap = certificate.flatMap { $0.gap.isFinite ? $0.gap : nil }
    result.isCertified = isProved
    return result
  }

  /// What it says of the recipe alone.
  func provenance(as type: any KernelScalar.Type) -> Provenance {
    var result = Provenance()
    result.penalty = .init(penalty.name, penalty.settings)
    result.scaling = .init(scaling.name, scaling.settings)
    result.solver = .init(solver.name, solver.settings)
    result.classWeights = classWeights?.choice
    result.seed = seed
    result.precision = type == Float.self ? .float : .double
    result.version = Provenance.currentVersion
    return result
  }
}
