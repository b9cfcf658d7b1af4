internal import LinearAlgebra

/// Newton directions for the augmented Lagrangian: by conjugate gradients, with l1 to the minimum of a quadratic model plus
/// ‖W‖₁.
///
/// They are computed in `Element`, of a point that may be of a higher precision.
struct MarginStep<Element: KernelScalar> {
  private let objective: DataObjective<Element>
  private let seed: UInt64
  /// Where there is no l1; made when first needed.
  private var curvature: FreeCurvature<Element>?
  /// Where there is l1.
  private var sparse: SparseMarginStep<Element>?
  private(set) var state = State()

  struct State: Codable {
    /// That of the samples, once there are any.
    fileprivate var generator: SeededGenerator?
    fileprivate var sparse: SparseMarginStep<Element>.State?
    /// Passes made over samples, in passes over all rows.
    fileprivate var passes = 0.0
  }

  init(_ objective: DataObjective<Element>, model: LinearModel, seed: UInt64, resuming state: State?) {
    (self.objective, self.seed) = (objective, seed)
    if objective.penalty.l1 > 0 { sparse = SparseMarginStep(objective, model: model, seed: seed) }
    guard let state else { return }
    self.state = state
    if let own = state.sparse { sparse?.state = own }
  }

  /// Passes made over samples, in passes over all rows.
  var sampledPasses: Double { state.passes }
  /// Whether ‖W‖₁ costs no more than l1.
  var isAtPrice: Bool { sparse?.isAtPrice ?? true }
  /// What ‖W‖₁ costs in the step.
  var price: Double { sparse?.state.price ?? 0 }

  /// Nil where none was found.
  mutating func direction<Exact: KernelScalar>(
    at point: MarginPoint<Exact>, _ schedule: AugmentedSchedule, isStopped: () -> Bool
  ) -> [Exact]? {
    var found = anyDirection(at: point, schedule, isStopped)
    found?.centre(point.weights..<objective.count)
    return found
  }

  private mutating func anyDirection<Exact: KernelScalar>(
    at point: MarginPoint<Exact>, _ schedule: AugmentedSchedule, _ isStopped: () -> Bool
  ) -> [Exact]? {
    guard sparse == nil else {
      defer { state.sparse = sparse?.state }
      return sparse?.direction(
        at: point, gradient: point.fullGradient, accuracy: schedule.sparseAccuracy, isStopped: isStopped)
    }
    var curvature = self.curvature ?? FreeCurvature(objective, seed: seed)
    if self.curvature == nil, let generator = state.generator { curvature.generator = generator }
    defer {
      state.generator = curvature.generator
      self.curvature = curvature
    }
    let rows = point.freeRows
    guard let preconditioner = curvature.preconditioner(of: point, rows) else { return nil }
    let system = curvature.system(of: point, rows)
    let (direction, _) = system.solve(
      point.fullGradient.map { Element(Double($0)) }, forcing: schedule.forcing, most: schedule.mostProducts,
      isStopped: isStopped, preconditioner.callAsFunction)
    state.passes += system.pass.made * Double(system.pass.rows) / Double(objective.rows)
    return direction.map { Exact(Double($0)) }
  }

  /// After a step of some length of the way; nil where it was none.
  mutating func adapt(to length: Double?) {
    sparse?.adapt(to: length)
    state.sparse = sparse?.state
  }
}
