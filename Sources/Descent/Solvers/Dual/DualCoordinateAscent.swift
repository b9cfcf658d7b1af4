internal import LinearAlgebra

/// Dual coordinate ascent for the multiclass hinge with l2 on sparse rows: one row's multipliers at a time, exactly.
///
/// Each row i has multipliers α_ij in 0...1, one for each wrong class, and W = −Σ θᵢ·xᵢᵀ/(l2·n) with θᵢ their slopes is
/// kept beside them. A step solves the dual problem of one row: α_ij ← clip(α_ij + z_ij/a − s, 0, 1), z the margins,
/// a = ‖xᵢ‖²/(l2·n), and s the sum of the changes, a root in one dimension. A step costs no more than the row's
/// nonzeros, and every point is feasible, so that gaps come free. A row of weight w has w·θᵢ in place of θᵢ, and w·a in
/// place of a; n is the sum of the weights.
///
/// The biases are not penalised, which asks Σ θᵢ = 0 of the dual. They get a penalty about a moving centre instead, as
/// if each row had one more feature; the centre follows, and at its limit the penalty is nothing. (The proximal point
/// method: Rockafellar 1976.) The steps go through the rows one after the other, in an order drawn anew for each pass,
/// on one thread.
/// (Hsieh et al., A dual coordinate descent method for large-scale linear SVM, ICML 2008; Keerthi et al., A sequential
/// dual method for large scale multi-class linear SVMs, KDD 2008.)
public struct DualCoordinateAscent: CompiledSolver {
  /// Stops where the certified gap, relative to the objective, is below this.
  public var tolerance: Double
  /// Passes over the rows after which it ends as ``StopReason/finished``; one is made in any case.
  public var mostPasses: Int
  public var name: String { "dual" }
  public var usesStart: Bool { false }

  /// Neither is checked. A gap is first computed after three passes: of fewer nothing may come, and the parameters stay as they
  /// were.
  public init(tolerance: Double = 1e-4, mostPasses: Int = 10_000) {
    (self.tolerance, self.mostPasses) = (tolerance, mostPasses)
  }

  func run<Element: KernelScalar>(
    _ objective: DataObjective<Element>, from parameters: inout [Element], seed: UInt64, monitor: Monitor
  ) throws(SolverRefusal) -> Outcome {
    let problem = try accept(objective, as: HingeProblem.init)
    guard case .sparse(let rows) = problem.scaledRows else {
      throw SolverRefusal(solver: name, reason: denseRows)
    }
    var ascent = DualAscent(self, on: problem, rows, seed: seed)
    let reason = ascent.run(monitor)
    if let best = ascent.best { parameters = best.parameters }
    return Outcome(reason, certificate: ascent.best?.certificate)
  }

  public func check(_ problem: ProblemOutline) throws(ProblemRefusal) {
    try problem.requireLinear(with: "the hinge loss")
    _ = try problem.hinge()
    try problem.requireNoOffsets()
    let (l1, l2) = try problem.elasticNet()
    guard l2 > 0, l1 == 0 else { throw .penalty("needs l2 above 0 and no l1") }
    if problem.isSparse == false { throw denseRows }
  }

  private var denseRows: ProblemRefusal {
    .rows(
      "is for sparse rows, as LIBSVM files hold",
      remedy: "choose augmented-lagrangian, or leave the solver out")
  }
}
