internal import LinearAlgebra

/// What a checkpoint of ``AugmentedLagrangian`` holds: the state of one of its descents.
struct AugmentedState<Element: KernelScalar>: Codable {
  /// In the precision of the parameters.
  var first: AugmentedDescent<Element, Element>.State?
  /// In Double, once the first's precision was used up.
  var fine: AugmentedDescent<Element, Double>.State?

  func fits(_ problem: HingeProblem<Element>) -> Bool {
    first?.fits(problem) ?? fine?.fits(problem) ?? false
  }
}
