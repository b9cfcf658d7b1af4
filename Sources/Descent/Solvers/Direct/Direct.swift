internal import Foundation
internal import LinearAlgebra

/// Ridge regression in closed form: the squared error with l2, or with no penalty at all.
///
/// (C + l2·I)·Wᵀ = M with C the covariance of the features and M that with the targets; the biases follow from
/// the means. By Cholesky of the smaller of the normal equations and their dual; where that is singular or
/// loses too many digits, in Double; where that fails too, by singular values, which give the shortest of all
/// least-squares solutions. Refined where the certificate asks for it. Without a penalty the weights themselves are what
/// is asked for: by QR of rows that fit in memory. Labels stand for their indicators: the least-squares classifier.
/// (Hoerl and Kennard, Ridge Regression, Technometrics 12, 1970; Golub and Van Loan, Matrix Computations, 5.3.)
public struct Direct: CompiledSolver {
  /// What the certified gap, relative to the objective, should be below.
  public var tolerance: Double
  public var name: String { "direct" }
  public var usesStart: Bool { false }

  /// The tolerance, which is not checked, costs refinements where a first solution misses it: up to three a factorization.
  public init(tolerance: Double = 1e-4) { self.tolerance = tolerance }

  func run<Element: KernelScalar>(
    _ objective: DataObjective<Element>, from parameters: inout [Element], seed: UInt64, monitor: Monitor
  ) throws(SolverRefusal) -> Outcome {
    let problem = try accept(objective, as: LeastSquaresProblem.init)
    if let reason = monitor.stopReason { return Outcome(reason) }
    var polish = RidgePolish(problem, tolerance: tolerance, start: parameters)
    let makers = RidgeFactors(problem).makers(monitor)
    for make in makers {
      guard let factor = make() else {
        if let reason = monitor.stopReason {
          parameters = polish.parameters
          return Outcome(reason, certificate: polish.certificate, standing: polish.standing)
        }
        continue
      }
      let isDone = polish.take(factor, monitor)
      parameters = polish.parameters
      if let number = factor.hopelessCondition {
        var outcome = Outcome(.stalled, certificate: polish.certificate, standing: polish.standing)
        outcome.hopelessCondition = number
        return outcome
      }
      if isDone { return Outcome(.converged, certificate: polish.certificate, standing: polish.standing) }
    }
    return Outcome(.stalled, certificate: polish.certificate, standing: polish.standing)
  }

  /// The largest matrix to form of sparse rows, which lets a problem be much larger than its data.
  private static var mostOfSparse: Int { 4096 }

  public func check(_ problem: ProblemOutline) throws(ProblemRefusal) {
    guard problem.isLinear, problem.curvature == .parabola else {
      throw .onlyLinear(with: "the squared loss")
    }
    try problem.requireSmooth()
    _ = try problem.elasticNet()
    let order = min(problem.features, problem.rows)
    if problem.isSparse == true, order > Self.mostOfSparse {
      throw .rows(
        "would form a matrix of \(order) rows and columns from sparse rows",
        remedy: "choose newton, or leave the solver out")
    }
  }
}
