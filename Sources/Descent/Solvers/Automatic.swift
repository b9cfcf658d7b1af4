internal import LinearAlgebra

/// Picks the solver that reaches a certificate soonest for the loss, the penalty and the shape at hand: see `Rule.all`.
public struct Automatic: Solver {
  /// Of the certified gap, relative to the objective.
  public var tolerance: Double
  public var name: String { "auto" }

  /// The tolerance is that of the solver it picks; steps after batches do without one. It is not checked.
  public init(tolerance: Double = 1e-4) { self.tolerance = tolerance }

  /// A solver, and why it.
  public struct Choice: Sendable {
    /// Made with the tolerance, where it goes by one, and with what else its rule sets.
    public let solver: any Solver
    /// What speaks for it, in words for people, without a full stop.
    public let reason: String
  }

  /// What suits such a problem.
  public func choice(for problem: ProblemOutline) -> Choice {
    for rule in Rule.all where rule.test(problem) {
      let solver = rule.solver(tolerance)
      if solver.refusal(of: problem) == nil { return Choice(solver: solver, reason: rule.reason(problem)) }
    }
    return Choice(
      solver: MiniBatch.standard(),
      reason: "no solver that sees the whole objective suits this loss and penalty")
  }

  public func stopsEarly(on problem: ProblemOutline) -> Bool {
    choice(for: problem).solver.stopsEarly(on: problem)
  }

  public func minimize<Element: KernelScalar>(
    _ objective: DataObjective<Element>, from parameters: inout [Element], seed: UInt64, monitor: Monitor
  ) throws(SolverRefusal) -> Outcome {
    try choice(for: objective.outline).solver.minimize(
      objective, from: &parameters, seed: seed, monitor: monitor)
  }
}
