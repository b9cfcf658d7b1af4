internal import LinearAlgebra

/// The best model of an objective whose weights are all 0, computed in Double.
struct NullModel {
  let biases: [Double]
  /// ∂(mean loss)/∂W there, `[outputs, features]`, on scaled features.
  let gradient: [Double]

  /// ‖∂(mean loss)/∂W‖∞: the strength of ‖W‖₁ from which on all weights are 0. A hinge has no gradient where margins are at
  /// the kink: of its slopes some may be smaller than these.
  var steepest: Double { gradient.reduce(0) { max($0, abs($1)) } }

  /// Two passes.
  init<Element: KernelScalar>(_ objective: DataObjective<Element>) {
    let exact = objective.converted(to: Double.self)
    let outputs = exact.model.outputs
    let weights = exact.count - outputs
    var parameters = [Double](repeating: 0, count: exact.count)
    if exact.model.hasIntercept, exact.rowLoss.curved != nil {
      let scores = exact.scores(of: parameters)
      let dual = DualPoint(exact.pass, exact.rowLoss, scores: scores)
      parameters.replaceSubrange(weights..., with: dual.setBestShift())
    } else if exact.model.hasIntercept, let start = exact.rowLoss.start {
      parameters.replaceSubrange(weights..., with: start)
    }
    var gradient = parameters
    _ = exact.meanLoss(at: parameters, gradient: &gradient)
    (biases, self.gradient) = (Array(parameters[weights...]), Array(gradient[..<weights]))
  }
}
