internal import LinearAlgebra

/// Mehrotra's predictor and corrector steps for the pinball loss of a linear model: Portnoy and Koenker's "Frisch–Newton"
/// method, with l1, l2, both or none.
///
/// A row's residual is u − v with u, v ≥ 0, its multiplier a lies in τ − 1...τ; steps keep all of them inside and bring the
/// products u·(τ − a) and v·(1 − τ + a), whose sum is the gap, to 0 together. Each wants one weighted Gram matrix of the
/// features, O(rows · features²), and two solutions with its factor; some tens of steps come to any accuracy, and each proves a
/// bound. Weights under l1 are residuals of rows of their own: l1·|w| is twice l1 times the loss of the median at a target of 0.
/// In Double, with some numbers a row beside the data.
/// (Portnoy and Koenker, The Gaussian Hare and the Laplacian Tortoise, Statist. Sci. 12, 1997; Mehrotra, SIAM J. Optim. 2,
/// 1992.)
public struct InteriorPoint: CompiledSolver {
  /// Of the certified gap, relative to the objective.
  public var tolerance: Double
  /// Steps, predictor and corrector as one, after which it ends as ``StopReason/finished`` with the gap that it has come to.
  public var mostSteps: Int
  public var name: String { "interior-point" }

  /// Neither is checked: below 0 steps have no bound.
  public init(tolerance: Double = 1e-4, mostSteps: Int = 200) {
    (self.tolerance, self.mostSteps) = (tolerance, mostSteps)
  }

  func run<Element: KernelScalar>(
    _ objective: DataObjective<Element>, from parameters: inout [Element], seed: UInt64, monitor: Monitor
  ) throws(SolverRefusal) -> Outcome {
    let problem = try accept(objective, as: QuantileProblem.init)
    let proof = QuantileProof(problem)
    var path = CentralPath(problem.converted(to: Double.self), from: parameters.map { Double($0) })
    var (best, certificate) = (Double.infinity, Certificate?.none)
    var (steps, barren, isStuck) = (0, 0, false)
    while true {
      let (value, gap) = (path.objective, path.gap)
      if value < best { (best, parameters) = (value, path.parameters.map { Element($0) }) }
      let isAtEnd = isStuck || steps == mostSteps
      if isAtEnd || gap <= 0.9 * tolerance * abs(value) || value <= proof.negligible {
        certificate = proof.certify(path, parameters)
      }
      monitor.record(passes: path.passes, objective: value, gap: certificate?.gap, at: parameters)
      let isDone = (certificate?.relativeGap ?? .infinity) <= tolerance
      // Of all that fit alike.
      if isDone || isAtEnd, problem.isUnpenalised { parameters = problem.leastNorm(parameters) }
      if isDone { return Outcome(.converged, certificate: certificate) }
      if isAtEnd { return Outcome(isStuck ? .stalled : .finished, certificate: certificate) }
      if let reason = monitor.stopReason { return Outcome(reason, certificate: certificate) }
      steps += 1
      isStuck = !path.step()
      barren = path.gap < 0.99 * gap ? 0 : barren + 1
      if barren > 4 { isStuck = true }
    }
  }

  /// The most weights that a matrix is formed of.
  private static var mostFeatures: Int { 4096 }

  public func check(_ problem: ProblemOutline) throws(ProblemRefusal) {
    guard problem.loss is Quantile, problem.isLinear else { throw .onlyLinear(with: "the quantile loss") }
    _ = try problem.elasticNet()
    guard problem.outputs == 1 else {
      throw .rows("fits one number a row", remedy: "fit the others by themselves")
    }
    guard problem.features <= Self.mostFeatures else {
      throw .rows(
        "would form a matrix of \(problem.features) rows and columns",
        remedy: "choose adam, or take fewer features")
    }
  }
}
