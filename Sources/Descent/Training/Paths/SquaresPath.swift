internal import LinearAlgebra

/// The lasso and the elastic net along a path: one covariance serves all penalties, and a look at the rows proves many models
/// at once.
struct SquaresPath<Element: KernelScalar> {
  private let descent: CovarianceDescent<Element>
  private let objective: DataObjective<Element>
  private let heldOut: DataObjective<Element>?
  private let tolerance: Double

  fileprivate init(
    _ descent: CovarianceDescent<Element>, _ objective: DataObjective<Element>,
    _ heldOut: DataObjective<Element>?, tolerance: Double
  ) {
    (self.descent, self.objective, self.heldOut, self.tolerance) = (descent, objective, heldOut, tolerance)
  }

  /// The points of the first of some penalties; nil where it was stopped.
  func next(_ penalties: ArraySlice<any Penalty>, _ isOver: () -> Bool) -> [PathPoint<Element>]? {
    let some = penalties.prefix(descent.most)
    let start = ContinuousClock.now
    guard let solutions = descent.solve(some.map(\.net), tolerance: tolerance, isStopped: isOver) else {
      return nil
    }
    let seconds = (ContinuousClock.now - start) / .seconds(Double(some.count))
    return zip(some, solutions).map { penalty, solution in
      let folded = objective.model.folding(objective.scaling, into: solution.parameters)
      let weights = folded.dropLast()
      return PathPoint(
        penalty: penalty, parameters: SparseParameters(folded), loss: solution.point.loss,
        penaltyValue: solution.point.penalty, certificate: solution.point.certificate,
        stopReason: solution.isProved ? .converged : .stalled, nonzeros: weights.count { $0 != 0 },
        passes: solution.passes, seconds: seconds, heldOutLoss: heldOut?.meanLoss(at: solution.parameters))
    }
  }
}

extension PenaltyPath {
  /// Nil where the problem is another, or the solver was chosen by somebody.
  func squares(
    _ penalties: [any Penalty], after last: SparseParameters<Element>?, _ isOver: () -> Bool
  ) -> SquaresPath<Element>? {
    guard penalties.count > 1, penalties.allSatisfy({ $0.elasticNet.map { $0.l1 > 0 } ?? false }),
      trainer.solver is Automatic || trainer.solver is ProximalNewton,
      CovarianceDescent.suits(objective)
    else { return nil }
    let start = last.map { objective.parameters(ofWritten: $0.dense) } ?? nullParameters
    let penalised = DataObjective(objective, penalty: penalties[0])
    guard let problem = try? LeastSquaresProblem(penalised) else { return nil }
    let descent = CovarianceDescent(problem, from: start)
    let features = problem.model.inputs
    if features <= 64 || penalties.count >= 5 && features <= min(4096, problem.rows) {
      descent.takeAll(isStopped: isOver)
    }
    return SquaresPath(descent, objective, heldOut, tolerance: trainer.solver.tolerance)
  }
}

extension Penalty {
  fileprivate var net: ElasticNet { ElasticNet(l1: elasticNet?.l1 ?? 0, l2: elasticNet?.l2 ?? 0) }
}
