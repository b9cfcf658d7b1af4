internal import LinearAlgebra

/// What the multipliers of a ``CentralPath`` prove of parameters.
struct QuantileProof {
  private let certifier: Certifier?
  private let isUnpenalised: Bool
  /// The root mean square of each parameter's feature.
  private let sizes: [Double]

  init<Element: KernelScalar>(_ problem: QuantileProblem<Element>) {
    certifier = Certifier(withOrWithoutPenalty: problem.objective)
    isUnpenalised = problem.isUnpenalised
    guard isUnpenalised else {
      sizes = []
      return
    }
    let moments = ColumnMoments.of(problem.objective.converted(to: Double.self).scaledFeatures)
    sizes =
      zip(moments.means, moments.deviations).map { ($0 * $0 + $1 * $1).squareRoot() } + [1]
  }

  var negligible: Double { certifier?.negligible ?? 0 }

  func certify<Element: KernelScalar>(_ path: CentralPath, _ parameters: [Element]) -> Certificate? {
    isUnpenalised
      ? certifier?.certify(parameters, balanced: path.slopes(), at: path.exact, sizes: sizes)
      : certifier?.certify(parameters, multipliers: path.slopes())
  }
}
