internal import LinearAlgebra

/// The method of multipliers for the multiclass hinge with l2, l1 or both: a certified gap where subgradients prove
/// nothing.
///
/// Each margin z_ij = s_j − s_y + Δ has a multiplier α_ij in 0...1. The inner problem
///
///     min over W, b of  (1/n)·Σ max over a in 0...1 of [a·z − (a − α)²/(2σ)]  + penalty(W)
///
/// is smooth but for l1, its maximisers are a = clip(α + σ·z, 0, 1), and they become the next α. Newton's method
/// solves it, with conjugate gradients, or with l1 by a proximal method that ends with exact zeros: only rows with a
/// margin strictly between have curvature, a third of all rows at first and a tenth in the end. The biases are eliminated on the scores, so that every a is a feasible point
/// of the dual problem and every gradient yields a bound; best objective and best bound are kept apart. Line
/// searches work on the scores alone. In Float all this ends where rounding is what is left of the gap: there scores,
/// multipliers and gradients go on in Double, with directions in Float as before.
/// (Rockafellar, Augmented Lagrangians and applications of the proximal point algorithm, Math. Oper. Res. 1, 1976;
/// Zhao, Sun and Toh, A Newton-CG augmented Lagrangian method, SIAM J. Optim. 20, 2010.)
public struct AugmentedLagrangian: CompiledSolver {
  /// Stops where the certified gap, relative to the objective, is below this.
  public var tolerance: Double
  /// Newton steps, over all inner problems.
  public var mostSteps: Int
  public var name: String { "augmented-lagrangian" }
  public var sharesRows: Bool { true }

  /// Neither is checked. With 0 steps it ends at once, with the gap of where it began.
  public init(tolerance: Double = 1e-4, mostSteps: Int = 2000) {
    (self.tolerance, self.mostSteps) = (tolerance, mostSteps)
  }

  func run<Element: KernelScalar>(
    _ objective: DataObjective<Element>, from parameters: inout [Element], seed: UInt64, monitor: Monitor
  ) throws(SolverRefusal) -> Outcome {
    let problem = try accept(objective, as: HingeProblem.init)
    typealias Fine = AugmentedDescent<Element, Double>
    let state: AugmentedState<Element>? = monitor.resumedState { $0.fits(problem) }
    var fine: Fine
    if let last = state?.fine {
      fine = Fine(self, on: problem, from: parameters, seed: seed, resuming: last)
    } else {
      var first = AugmentedDescent<Element, Element>(
        self, on: problem, from: parameters, seed: seed, resuming: state?.first)
      if let reason = first.run(monitor, keep: { AugmentedState(first: $0) }) {
        parameters = first.parameters
        return Outcome(reason, certificate: first.certificate)
      }
      fine = Fine(refining: first)
    }
    let reason = fine.run(monitor, keep: { AugmentedState<Element>(fine: $0) })
    parameters = fine.parameters
    return Outcome(reason ?? .stalled, certificate: fine.certificate)
  }

  public func check(_ problem: ProblemOutline) throws(ProblemRefusal) {
    try problem.requireLinear(with: "the hinge loss")
    _ = try problem.hinge()
    try problem.requireNoOffsets()
    let (l1, l2) = try problem.elasticNet()
    guard l1 > 0 || l2 > 0 else { throw .penalty("needs l1 or l2 above 0") }
  }
}
