internal import LinearAlgebra

/// A proximal Newton method for smooth convex losses of linear models with l1, alone or beside l2. It ends with
/// exact zeros and a certificate.
///
/// Each step minimises a quadratic model of the loss plus the penalty itself, over the weights that are not zero
/// or would not stay so. Their Hessian is formed from a sample of the rows, all of them where that is cheap; the
/// gradient is always that of all rows. What the sample is wrong about, the steps correct. A line search
/// works on the scores alone, so that a step costs one pass. The price of ‖W‖₁ starts high and falls to l1 in a
/// few steps: few weights are in play while the solution is far away.
/// (Lee, Sun and Saunders, Proximal Newton-type methods, SIAM J. Optim. 24, 2014; Byrd, Chin, Nocedal and
/// Oztoprak, A family of second-order methods for convex l1-regularized optimization, Math. Program. 159, 2016;
/// the falling price: Xiao and Zhang, A proximal-gradient homotopy method, SIAM J. Optim. 23, 2013.)
public struct ProximalNewton: CompiledSolver {
  /// Stops where the certified gap, relative to the objective, is below this.
  public var tolerance: Double
  /// Steps after which it ends as ``StopReason/finished``; without l1 they are ``Newton``'s.
  public var mostSteps: Int
  public var name: String { "proximal-newton" }
  public var sharesRows: Bool { true }

  /// Neither is checked: a tolerance above 0 and steps of 0 or more are wanted.
  public init(tolerance: Double = 1e-4, mostSteps: Int = 500) {
    (self.tolerance, self.mostSteps) = (tolerance, mostSteps)
  }

  /// Without l1 there is nothing proximal about it: ``Newton`` takes over.
  func run<Element: KernelScalar>(
    _ objective: DataObjective<Element>, from parameters: inout [Element], seed: UInt64, monitor: Monitor
  ) throws(SolverRefusal) -> Outcome {
    let problem = try accept(objective, as: CurvedProblem.init)
    guard problem.l1 > 0 else {
      return try Newton(tolerance: tolerance, mostSteps: mostSteps).run(
        objective, from: &parameters, seed: seed, monitor: monitor)
    }
    let state: ProximalDescent<Element>.State? = monitor.resumedState { $0.fits(problem) }
    if state == nil, let outcome = descendByCovariance(objective, from: &parameters, monitor) {
      return outcome
    }
    if state == nil, let reason = objective.approach(from: &parameters, seed: seed, monitor) {
      return Outcome(reason)
    }
    var descent = ProximalDescent(
      self, on: problem, from: parameters, seed: seed, resuming: state,
      after: state == nil ? monitor.history.last?.passes ?? 0 : 0)
    let reason = descent.run(monitor)
    parameters = descent.parameters
    return Outcome(reason, certificate: descent.certificate)
  }

  public func check(_ problem: ProblemOutline) throws(ProblemRefusal) {
    guard problem.isLinear, problem.curvature != nil else { throw .onlyLinear(with: "a smooth loss") }
    _ = try problem.elasticNet()
  }
}
