internal import Foundation
public import LinearAlgebra

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

  public init(tolerance: Double = 1e-4) { self.tolerance = tolerance }

  func run<Element: KernelScalar>(
    _ objective: DataObjective<Element>, from parameters: inout [Element], seed: UInt64, monitor: Monitor
  ) -> Outcome {
    guard objective.loss is SquaredError, objective.penalty.l1 == 0, objective.model is LinearModel else {
      return Outcome(.stalled)
    }
    if let reason = monitor.stopReason { return Outcome(reason) }
    var polish = RidgePolish(objective, tolerance: tolerance, start: parameters)
    let makers = RidgeFactors(objective).makers(monitor)
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
      if let number = (factor as? LeastSquaresFactor)?.hopelessCondition {
        var outcome = Outcome(.stalled, certificate: polish.certificate, standing: polish.standing)
        outcome.hopelessCondition = number
        return outcome
      }
      if isDone { return Outcome(.converged, certificate: polish.certificate, standing: polish.standing) }
    }
    return Outcome(.stalled, certificate: polish.certificate, standing: polish.standing)
  }
}
