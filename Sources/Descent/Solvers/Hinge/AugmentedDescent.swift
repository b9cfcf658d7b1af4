internal import LinearAlgebra

/// One run of ``AugmentedLagrangian``.
struct AugmentedDescent<Element: Scalar> {
  private let settings: AugmentedLagrangian
  private let objective: DataObjective<Element>
  private let seed: UInt64
  private let point: MarginPoint<Element>
  private let certifier: Certifier
  private lazy var curvature = FreeCurvature(objective, seed: seed)
  private(set) var best: BestPair<Element>
  private(set) var certificate: Certificate?
  private var schedule: AugmentedSchedule
  private var steps = 0
  /// Passes made over samples, in passes over all rows.
  private var sampledPasses = 0.0
  /// The gap at which to compute the next certificate.
  private var goal: Double
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

    func fits(_ objective: DataObjective<Element>) -> Bool {
      point.fits(objective) && best.parameters.count == objective.count && plausibleCounts.contains(steps)
        && plausibleCounts.contains(inner) && schedule.isPlausible
        && best.multipliers.fits(rows: objective.rows, columns: objective.model.outputs)
    }
  }

  private var state: State {
    State(
      point: point.state, best: best, certificate: certificate, schedule: schedule, steps: steps,
      inner: inner, sampledPasses: sampledPasses, passes: objective.pass.made, goal: goal,
      generator: generator)
  }

  /// Nil for what is no linear model with a hinge and l2 alone.
  init?(
    _ settings: AugmentedLagrangian, on objective: DataObjective<Element>, from parameters: [Element],
    seed: UInt64, resuming state: State?
  ) {
    guard let hinge = objective.loss as? Hinge, objective.penalty.l2 > 0, objective.penalty.l1 == 0,
      let certifier = Certifier(objective),
      let point = MarginPoint(objective, hinge: hinge, at: parameters, resuming: state?.point)
    else { return nil }
    (self.settings, self.objective, self.seed) = (settings, objective, seed)
    (self.point, self.certifier) = (point, certifier)
    best = BestPair(rows: objective.rows, classes: point.classes, parameters: parameters)
    schedule = AugmentedSchedule(margin: hinge.safetyMargin, rounding: Double(Element.ulpOfOne))
    goal = settings.tolerance
    guard let state else { return }
    (best, certificate, schedule) = (state.best, state.certificate, state.schedule)
    (steps, inner, sampledPasses, goal) = (state.steps, state.inner, state.sampledPasses, state.goal)
    objective.pass.made = state.passes
    isLookedAt = true
    generator = state.generator
    if let generator { curvature.generator = generator }
  }

  mutating func run(_ monitor: Monitor) -> StopReason {
    let reason = descend(monitor)
    if certificate == nil || reason != .converged { certify() }
    return reason
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
      let isSolved =
        inner >= schedule.leastInner
        && schedule.isSolved(share: gradientShare, gap: point.value - point.lowerBound)
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

  /// What the inner problem's gradient costs the bound: ‖∇‖²/(2·l2).
  private var gradientShare: Double {
    squares(point.fullGradient[..<point.weights]) / (2 * objective.penalty.l2)
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
    defer { generator = curvature.generator }
    let gradient = point.fullGradient
    let rows = point.freeRows
    guard let preconditioner = curvature.preconditioner(of: point, rows) else { return false }
    let system = curvature.system(of: point, rows)
    let (direction, _) = system.solve(
      gradient, forcing: schedule.forcing, most: schedule.mostProducts,
      isStopped: { monitor.stopReason != nil },
      preconditioner.callAsFunction)
    sampledPasses += system.pass.made * Double(system.pass.rows) / Double(objective.rows)
    // A step cut short is worth making, but not worth a place in a checkpoint.
    _ = monitor.stopReason(at: here)
    point.aim(direction)
    guard let length = search(direction) else { return false }
    point.move(length, direction)
    return true
  }

  /// Where the augmented Lagrangian's derivative along the direction is small: 1, or a root between 0 and 1.
  private func search(_ direction: [Element]) -> Double? {
    let l2 = objective.penalty.l2
    let (w, d) = (point.parameters[..<point.weights], direction[..<point.weights])
    let linear = l2 * zip(w, d).reduce(0) { $0 + Double($1.0) * Double($1.1) }
    let square = l2 * squares(d)
    let slope = { [point] (t: Double) in point.slope(at: t) + linear + t * square }
    let first = slope(0)
    guard first < 0, square.isFinite else { return nil }
    var (low, high, length) = (0.0, 1.0, 1.0)
    let end = slope(1)
    guard end > 0.1 * -first else { return 1 }
    for round in 0..<15 {
      length = round == 0 ? -first / (end - first) : (low + high) / 2
      let here = slope(length)
      if abs(here) < 0.1 * -first { break }
      if here > 0 { high = length } else { low = length }
    }
    return length
  }

  /// Computes the certificate; true where it is as good as was asked. Else the next one waits for a gap that is as
  /// much smaller.
  private mutating func isProven() -> Bool {
    let gap = certify().relativeGap
    if gap <= settings.tolerance { return true }
    goal = min(goal, best.relativeGap) / 2
    return false
  }

  @discardableResult
  private mutating func certify() -> Certificate {
    let certificate = certifier.certify(best.parameters, multipliers: best.multipliers)
    self.certificate = certificate
    return certificate
  }
}
