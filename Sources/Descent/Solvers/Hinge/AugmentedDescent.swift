internal import LinearAlgebra

/// One run of ``AugmentedLagrangian``.
struct AugmentedDescent<Element: Scalar> {
  private let settings: AugmentedLagrangian
  private let objective: DataObjective<Element>
  private let seed: UInt64
  private let point: MarginPoint<Element>
  private let certifier: Certifier
  private lazy var curvature = FreeCurvature(objective, seed: seed)
  /// Where there is l1.
  private var sparse: SparseMarginStep<Element>?
  private(set) var best: BestPair<Element>
  private(set) var certificate: Certificate?
  private var schedule: AugmentedSchedule
  private var steps = 0
  /// Passes made over samples, in passes over all rows.
  private var sampledPasses = 0.0
  /// The gap at which to compute the next certificate.
  private var goal: Double
  /// A gap in Float is charged for multipliers that Double balances for nothing: a certificate may be better.
  private static var hope: Double { Element.self == Float.self ? 2 : 1 }
  /// Newton steps made in the inner problem under way.
  private var inner = 0
  /// Whether the point has been looked at already: by the run that left the state.
  private var isLookedAt = false
  /// The generator of ``curvature`` in a state that has one.
  private var generator: SeededGenerator?

  /// Where a descent is, once it has looked at a point.
  struct State: Codable {
    var point: MarginPoint<Element>.State
    var best: BestPair<Element>
    var certificate: Certificate?
    var schedule: AugmentedSchedule
    var steps, inner: Int
    var sampledPasses, passes: Double
    var goal: Double
    var generator: SeededGenerator?
    var sparse: SparseMarginStep<Element>.State?

    func fits(_ objective: DataObjective<Element>) -> Bool {
      guard let model = objective.model as? LinearModel else { return false }
      return point.fits(objective) && plausibleCounts.contains(steps)
        && plausibleCounts.contains(inner) && schedule.isPlausible
        && best.fits(
          parameters: objective.count, weights: model.weights.count, rows: objective.rows,
          classes: model.outputs)
    }
  }

  private var state: State {
    State(
      point: point.state, best: best, certificate: certificate, schedule: schedule, steps: steps,
      inner: inner, sampledPasses: sampledPasses, passes: objective.pass.made, goal: goal,
      generator: generator, sparse: sparse?.state)
  }

  /// Nil for what is no linear model with a hinge and a penalty.
  init?(
    _ settings: AugmentedLagrangian, on objective: DataObjective<Element>, from parameters: [Element],
    seed: UInt64, resuming state: State?
  ) {
    guard let hinge = objective.loss as? Hinge, let model = objective.model as? LinearModel,
      let certifier = Certifier(objective),
      let point = MarginPoint(objective, hinge: hinge, at: parameters, resuming: state?.point)
    else { return nil }
    (self.settings, self.objective, self.seed) = (settings, objective, seed)
    (self.point, self.certifier) = (point, certifier)
    best = BestPair(rows: objective.rows, classes: point.classes, parameters: parameters)
    schedule = AugmentedSchedule(
      margin: hinge.safetyMargin, rounding: Double(Element.ulpOfOne),
      hasKinks: objective.penalty.l1 > 0)
    goal = Self.hope * settings.tolerance
    if objective.penalty.l1 > 0 { sparse = SparseMarginStep(objective, model: model, seed: seed) }
    guard let state else { return }
    (best, certificate, schedule) = (state.best, state.certificate, state.schedule)
    (steps, inner, sampledPasses, goal) = (state.steps, state.inner, state.sampledPasses, state.goal)
    objective.pass.made = state.passes
    isLookedAt = true
    generator = state.generator
    if let generator { curvature.generator = generator }
    if let own = state.sparse { sparse?.state = own }
  }

  mutating func run(_ monitor: Monitor) -> StopReason {
    let reason = descend(monitor)
    if reason == .converged { return reason }
    let isProven = certify().relativeGap <= settings.tolerance
    return isProven && reason == .stalled ? .converged : reason
  }

  private mutating func descend(_ monitor: Monitor) -> StopReason {
    while steps < settings.mostSteps {
      if !isLookedAt {
        if inner == 0 { point.strength = schedule.strength }
        look(monitor)
        if best.relativeGap <= goal, isProven() { return .converged }
      }
      isLookedAt = false
      let here = state
      if let reason = monitor.stopReason(at: here) { return reason }
      if schedule.isStalled(best.relativeGap) { return .stalled }
      let gap = point.value - point.lowerBound
      let isSolved =
        inner >= schedule.leastInner && sparse?.isAtPrice ?? true
        && schedule.isSolved(share: point.share(ofGap: gap), gap: gap)
      if !isSolved, inner < schedule.mostInner, step(monitor, from: here) {
        inner += 1
      } else {
        inner = 0
        point.fixMultipliers()
        schedule.advance(gap: best.relativeGap)
      }
    }
    return .finished
  }

  /// Balances, takes the gradient and keeps what is best.
  private mutating func look(_ monitor: Monitor) {
    point.balance()
    point.updateGradient()
    best.take(point)
    monitor.record(
      passes: objective.pass.made + sampledPasses, objective: best.objective,
      gap: max(0, best.objective - best.lowerBound))
  }

  /// One Newton step from where the descent is. False where none helps.
  private mutating func step(_ monitor: Monitor, from here: State) -> Bool {
    steps += 1
    let found = sparse == nil ? direction(monitor) : sparseDirection(monitor)
    // A step cut short is worth making, but not worth a place in a checkpoint.
    _ = monitor.stopReason(at: here)
    guard let direction = found else { return false }
    point.aim(direction)
    let length = MarginRay(
      point: point, direction: direction, price: sparse?.state.price ?? 0
    ).length
    sparse?.adapt(to: length)
    guard let length else { return false }
    point.move(length, direction)
    return true
  }

  private mutating func sparseDirection(_ monitor: Monitor) -> [Element]? {
    sparse?.direction(
      at: point, gradient: point.fullGradient, accuracy: schedule.sparseAccuracy,
      isStopped: { monitor.stopReason != nil })
  }

  /// By conjugate gradients.
  private mutating func direction(_ monitor: Monitor) -> [Element]? {
    defer { generator = curvature.generator }
    let rows = point.freeRows
    guard let preconditioner = curvature.preconditioner(of: point, rows) else { return nil }
    let system = curvature.system(of: point, rows)
    let (direction, _) = system.solve(
      point.fullGradient, forcing: schedule.forcing, most: schedule.mostProducts,
      isStopped: { monitor.stopReason != nil },
      preconditioner.callAsFunction)
    sampledPasses += system.pass.made * Double(system.pass.rows) / Double(objective.rows)
    return direction
  }

  /// Computes the certificate; true where it is as good as was asked. Else the next one waits for a gap that is
  /// smaller by a third.
  private mutating func isProven() -> Bool {
    let gap = certify().relativeGap
    if gap <= settings.tolerance { return true }
    goal = min(goal, best.relativeGap) / 1.5
    return false
  }

  @discardableResult
  private mutating func certify() -> Certificate {
    let certificate = certifier.certify(best.parameters, multipliers: best.multipliers)
    self.certificate = certificate
    return certificate
  }
}
