internal import LinearAlgebra

/// Newton directions for the augmented Lagrangian: by conjugate gradients or, of few parameters, an exact factor; with l1
/// to the minimum of a quadratic model plus
/// ‖W‖₁.
///
/// They are computed in `Element`, of a point that may be of a higher precision.
struct MarginStep<Element: KernelScalar> {
  private let problem: HingeProblem<Element>
  private let seed: UInt64
  /// Where there is no l1; made when first needed.
  private var curvature: FreeCurvature<Element>?
  /// Where parameters are few and there is no l1: the exact Hessian, which knows of rare columns what samples do not.
  private let whole: WholeHessian?
  /// Where there is l1.
  private var proximal: ProximalMarginStep<Element>?
  private(set) var state = State()

  struct State: Codable {
    /// That of the samples, once there are any.
    fileprivate var generator: SeededGenerator?
    fileprivate var proximal: ProximalMarginStep<Element>.State?
    /// Passes made over samples, in passes over all rows.
    fileprivate var passes = 0.0

    /// Checkpoints know the proximal step by its first name.
    private enum CodingKeys: String, CodingKey {
      case generator, passes
      case proximal = "sparse"
    }
  }

  init(_ problem: HingeProblem<Element>, seed: UInt64, resuming state: State?) {
    (self.problem, self.seed) = (problem, seed)
    whole = problem.l1 == 0 ? WholeHessian(ofFreeMarginsOf: problem) : nil
    if problem.l1 > 0 { proximal = ProximalMarginStep(problem, seed: seed) }
    guard let state else { return }
    self.state = state
    if let own = state.proximal { proximal?.state = own }
  }

  /// Passes made over samples, in passes over all rows.
  var sampledPasses: Double { state.passes }
  /// Whether ‖W‖₁ costs no more than l1.
  var isAtPrice: Bool { proximal?.isAtPrice ?? true }
  /// What ‖W‖₁ costs in the step.
  var price: Double { proximal?.state.price ?? 0 }

  /// Nil where none was found.
  mutating func direction<Exact: KernelScalar>(
    at point: MarginPoint<Exact>, _ schedule: AugmentedSchedule, isStopped: () -> Bool
  ) -> [Exact]? {
    var found = anyDirection(at: point, schedule, isStopped)
    found?.centre(point.weights..<problem.objective.count)
    return found
  }

  private mutating func anyDirection<Exact: KernelScalar>(
    at point: MarginPoint<Exact>, _ schedule: AugmentedSchedule, _ isStopped: () -> Bool
  ) -> [Exact]? {
    guard proximal == nil else {
      defer { state.proximal = proximal?.state }
      return proximal?.direction(
        at: point, gradient: point.fullGradient, accuracy: schedule.proximalAccuracy, isStopped: isStopped)
    }
    if let whole, let factor = whole.factor(ofFreeMarginsAt: point, l2: problem.l2) {
      state.passes += whole.passes
      return factor.solve(point.fullGradient).map { -$0 }
    }
    var curvature = self.curvature ?? FreeCurvature(problem, seed: seed)
    if self.curvature == nil, let generator = state.generator { curvature.generator = generator }
    defer {
      state.generator = curvature.generator
      self.curvature = curvature
    }
    let rows = point.freeRows
    guard let preconditioner = curvature.preconditioner(of: point, rows) else { return nil }
    let system = curvature.system(of: point, rows)
    let direction = system.solve(
      point.fullGradient.map { Element(Double($0)) }, forcing: schedule.forcing, most: schedule.mostProducts,
      isStopped: isStopped, preconditioner.callAsFunction)
    state.passes += system.pass.made * Double(system.pass.rows) / Double(problem.rows)
    return direction.map { Exact(Double($0)) }
  }

  /// After a step of some length of the way; nil where it was none.
  mutating func adapt(to length: Double?) {
    proximal?.adapt(to: length)
    state.proximal = proximal?.state
  }
}
