/// The multiclass hinge Σ_{j≠y} max(0, s_j − s_y + Δ), of labels y: what solvers that keep a multiplier for each margin
/// ask for.
public protocol HingeLoss: DualLoss {
  /// Δ
  var safetyMargin: Double { get }
}
