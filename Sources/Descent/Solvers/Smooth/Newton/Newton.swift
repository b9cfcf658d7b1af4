internal import Foundation
internal import LinearAlgebra

/// Newton's method for smooth convex losses of linear models with l2: conjugate gradients on growing samples, and
/// a certificate out of the last step.
///
/// While the objective falls fast a Hessian of some thousand rows is good enough, and costs little; later steps
/// take all rows. The gradient is always that of all rows. The systems are solved by conjugate gradients
/// with a `CoupledPreconditioner`, to a precision that grows with the steps; line searches work on the scores
/// alone and cost no pass. The direction of each step on all rows proves a bound (see `DualPoint`), which is
/// computed once the step's own figures say that it will do.
///
/// Where rows are many and parameters few the Hessians are exact, and the first steps are those on a sample of the rows that
/// is a problem of its own: see `TallProblem`.
/// (Byrd, Chin, Neveitt and Nocedal, On the Use of Stochastic Hessian Information, SIAM J. Optim. 21, 2011.)
public struct Newton: CompiledSolver {
  /// Stops where the certified gap, relative to the objective, is below this; without l2 and for too many
  /// parameters to form the Hessian, where Newton's decrement is.
  public var tolerance: Double
  /// Steps after which it ends as ``StopReason/finished``; without a penalty ``LBFGS`` may go on from there. Those on a sample
  /// that is a problem of its own do not count.
  public var mostSteps: Int
  public var name: String { "newton" }
  public var sharesRows: Bool { true }

  /// Neither is checked: a tolerance above 0 and steps of 0 or more are wanted.
  public init(tolerance: Double = 1e-4, mostSteps: Int = 200) {
    (self.tolerance, self.mostSteps) = (tolerance, mostSteps)
  }

  func run<Element: KernelScalar>(
    _ objective: DataObjective<Element>, from parameters: inout [Element], seed: UInt64, monitor: Monitor
  ) throws(SolverRefusal) -> Outcome {
    let problem = try accept(objective, as: CurvedProblem.init)
    var outcome = try descend(problem, from: &parameters, seed: seed, monitor)
    guard problem.isUnpenalised, problem.loss.curvature != .parabola,
      outcome.stopReason == .converged || outcome.stopReason == .stalled
    else { return outcome }
    // Of all that fit alike.
    parameters = problem.leastNorm(parameters)
    outcome.standing = nil
    return outcome
  }

  public func check(_ problem: ProblemOutline) throws(ProblemRefusal) {
    try problem.requireLinear()
    try problem.requireSmooth()
    _ = try problem.elasticNet()
  }

  @specialized(where Element == Float)
  @specialized(where Element == Double)
  private func descend<Element: KernelScalar>(
    _ problem: CurvedProblem<Element>, from parameters: inout [Element], seed: UInt64, _ monitor: Monitor
  ) throws(SolverRefusal) -> Outcome {
    let objective = problem.objective
    let state: NewtonDescent<Element>.State? = monitor.resumedState { $0.fits(objective) }
    if state == nil {
      if let reason = objective.approach(from: &parameters, seed: seed, monitor) { return Outcome(reason) }
      if problem.isUnpenalised {
        if problem.loss.curvature == .parabola, problem.model.inputs <= LeastSquaresBound.mostFeatures {
          // The one step of a parabola.
          return try Direct(tolerance: tolerance).run(
            objective, from: &parameters, seed: seed, monitor: monitor)
        }
        if var whole = WholeNewton(problem) {
          let outcome = whole.minimize(
            from: &parameters, tolerance: tolerance, mostSteps: mostSteps, monitor)
          if outcome.stopReason != .stalled { return outcome }
          return fallBack(objective, from: &parameters, seed: seed, monitor)
        }
      }
    }
    let tall = TallProblem(problem, seed: seed)
    var before = 0.0
    if state == nil, let tall {
      before = tall.approach(from: &parameters, seed: seed, monitor)
      if let reason = monitor.stopReason { return Outcome(reason) }
    }
    var descent = NewtonDescent(
      self, on: problem, from: parameters, seed: seed, resuming: state, tall: tall)
    descent.count(before)
    let reason = descent.run(monitor)
    parameters = descent.parameters
    if reason == .stalled { return fallBack(objective, from: &parameters, seed: seed, monitor) }
    return Outcome(reason, certificate: descent.certificate)
  }

  /// Where Newton's systems lead nowhere, as where most rows have no curvature, L-BFGS may still find a way: the
  /// curvature it knows is that of the steps it made.
  private func fallBack<Element: KernelScalar>(
    _ objective: DataObjective<Element>, from parameters: inout [Element], seed: UInt64, _ monitor: Monitor
  ) -> Outcome {
    let solver = LBFGS(tolerance: tolerance, isPreconditioned: false)
    var descent = LBFGSDescent(solver, on: objective, from: parameters, seed: seed)
    var outcome = descent.run(monitor.forwarding)
    parameters = descent.best.parameters
    if outcome.stopReason == .interrupted, let reason = monitor.stopReason { outcome.stopReason = reason }
    return outcome
  }
}
