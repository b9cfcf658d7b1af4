internal import Foundation
internal import LinearAlgebra

/// The limited-memory BFGS method: Newton's method with an inverse Hessian that is read off the last steps.
///
/// It asks of the objective no more than its value and gradient, so it serves any model with a smooth
/// objective. For a linear model it starts from the inverse Hessian of a sample of rows (see
/// `SampledPreconditioner`), renewed as the point moves on; else from γ·I, γ = sᵀy/yᵀy of the last step.
/// (Nocedal, Updating Quasi-Newton Matrices with Limited Storage, Math. Comp. 35, 1980; Liu and Nocedal, On the
/// limited memory BFGS method for large scale optimization, Math. Programming 45, 1989.)
public struct LBFGS: CompiledSolver {
  /// Stops where the certified gap, relative to the objective, is below this; where nothing can be certified,
  /// see `ConvergenceTest`.
  public var tolerance: Double
  /// Steps that are remembered.
  public var memory: Int
  /// Steps after which it ends as ``StopReason/finished``; each may look at several points.
  public var mostSteps: Int
  /// Whether linear models start from a sampled Hessian.
  public var isPreconditioned: Bool
  public var name: String { "lbfgs" }
  public var sharesRows: Bool { true }

  /// Traps where `memory` is below 1, or `mostSteps` below 0. Each step that is remembered takes two vectors as long as the
  /// parameters.
  public init(
    tolerance: Double = 1e-4, memory: Int = 30, mostSteps: Int = 100_000, isPreconditioned: Bool = true
  ) {
    require(memory >= 1 && mostSteps >= 0, "L-BFGS with a memory of \(memory), \(mostSteps) steps")
    (self.tolerance, self.memory, self.mostSteps) = (tolerance, memory, mostSteps)
    self.isPreconditioned = isPreconditioned
  }

  func run<Element: KernelScalar>(
    _ objective: DataObjective<Element>, from parameters: inout [Element], seed: UInt64, monitor: Monitor
  ) throws(SolverRefusal) -> Outcome {
    try accept(objective)
    let state: LBFGSDescent<Element>.State? = monitor.resumedState { $0.fits(self, count: objective.count) }
    if state == nil, let reason = objective.approach(from: &parameters, seed: seed, monitor) {
      return Outcome(reason)
    }
    var descent =
      state.map { LBFGSDescent(self, on: objective, resuming: $0, seed: seed) }
      ?? LBFGSDescent(self, on: objective, from: parameters, seed: seed)
    let outcome = descent.run(monitor)
    parameters = descent.best.parameters
    return outcome
  }

  public func check(_ problem: ProblemOutline) throws(ProblemRefusal) { try problem.requireSmooth() }
}
