public import LinearAlgebra

/// Dual coordinate ascent for the multiclass hinge with l2 on sparse rows: one row's multipliers at a time, exactly.
///
/// Each row i has multipliers α_ij in 0...1, one for each wrong class, and W = −Σ θᵢ·xᵢᵀ/(l2·n) with θᵢ their slopes is
/// kept beside them. A step solves the dual problem of one row: α_ij ← clip(α_ij + z_ij/a − s, 0, 1), z the margins,
/// a = ‖xᵢ‖²/(l2·n), and s the sum of the changes, a root in one dimension. A step costs no more than the row's
/// nonzeros, and every point is feasible, so that gaps come free.
///
/// The biases are not penalised, which asks Σ θᵢ = 0 of the dual. They get a penalty about a moving centre instead, as
/// if each row had one more feature; the centre follows, and at its limit the penalty is nothing. (The proximal point
/// method: Rockafellar 1976.) The steps go through the rows one after the other, in an order drawn anew for each pass,
/// on one thread.
/// (Hsieh et al., A dual coordinate descent method for large-scale linear SVM, ICML 2008; Keerthi et al., A sequential
/// dual method for large scale multi-class linear SVMs, KDD 2008.)
public struct DualCoordinateAscent: Solver {
  /// Stops where the certified gap, relative to the objective, is below this.
  public var tolerance: Double
  public var mostPasses: Int
  public var name: String { "dual" }

  public init(tolerance: Double = 1e-4, mostPasses: Int = 10_000) {
    (self.tolerance, self.mostPasses) = (tolerance, mostPasses)
  }

  /// Other losses, penalties and data than the solver's own are not for it: it stalls at once.
  @specialized(where Element == Float)
  @specialized(where Element == Double)
  public func minimize<Element: KernelScalar>(
    _ objective: DataObjective<Element>, from parameters: inout [Element], seed: UInt64, monitor: Monitor
  ) -> Outcome {
    guard var ascent = DualAscent(self, on: objective, seed: seed) else { return Outcome(.stalled) }
    let reason = ascent.run(monitor)
    if let best = ascent.best { parameters = best.parameters }
    return Outcome(reason, certificate: ascent.best?.certificate)
  }

  public func refusal(loss: any Loss, penalty: any Penalty, isLinear: Bool) -> String? {
    guard isLinear, loss is Hinge else { return "dual is for linear models with the hinge loss" }
    if let reason = refusalOfOthers(name, penalty) { return reason }
    return penalty.l2 > 0 && penalty.l1 == 0 ? nil : "dual needs l2 above 0 and no l1"
  }
}
