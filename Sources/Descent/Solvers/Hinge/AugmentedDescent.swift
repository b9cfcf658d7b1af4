internal import LinearAlgebra

/// One run of ``AugmentedLagrangian``: scores, multipliers and gradients in the precision `Exact`, the Newton systems in
/// `Element`.
///
/// Where `Exact` is the higher one, a step corrects what the last one's rounding left, as iterative refinement does: the
/// systems only say where to go, and what they say is good to a few digits anyway.
/// (Higham, Accuracy and Stability of Numerical Algorithms, 2nd edition, chapter 12.)
struct AugmentedDescent<Element: KernelScalar, Exact: KernelScalar> {
  private let settings: AugmentedLagrangian
  private let point: MarginPoint<Exact>
  private let certifier: Certifier
  private var newton: MarginStep<Element>
  private(set) var best: BestPair<Exact>
  private(set) var certificate: Certificate?
  private var schedule: AugmentedSchedule
  private let passes: PassCount
  private var steps = 0
  /// The gap at which to compute the next certificate.
  private var goal: Double
  /// A gap in Float is charged for multipliers that Double balances for nothing: a certificate may be better.
  private static var hope: Double { Exact.self == Float.self ? 2 : 1 }
  /// Newton steps made in the inner problem under way.
  private var inner = 0
  /// Whether the point has been looked at already: by the run that left the state.
  private var isLookedAt = false

  /// Where a descent is, once it has looked at a point.
  struct State: Codable {
    var point: MarginPoint<Exact>.State
    var best: BestPair<Exact>
    var certificate: Certificate?
    var schedule: AugmentedSchedule
    var steps, inner: Int
    var passes, goal: Double
    var newton: MarginStep<Element>.State

    func fits(_ problem: HingeProblem<Element>) -> Bool {
      point.fits(problem.objective) && plausibleCounts.contains(steps)
        && plausibleCounts.contains(inner) && schedule.isPlausible
        && best.fits(
          parameters: problem.objective.count, weights: problem.model.weights.count, rows: problem.rows,
          classes: problem.classes)
    }
  }

  private var state: State {
    State(
      point: point.state, best: best, certificate: certificate, schedule: schedule, steps: steps,
      inner: inner, passes: passes.made, goal: goal, newton: newton.state)
  }

  init(
    _ settings: AugmentedLagrangian, on problem: HingeProblem<Element>, from parameters: [Element],
    seed: UInt64, resuming state: State?
  ) {
    let exact = problem.converted(to: Exact.self)
    // The solver takes no problem without a penalty, which is where there is none.
    certifier = Certifier(problem.objective)!
    self.settings = settings
    point = MarginPoint(exact, at: parameters.map { Exact(Double($0)) }, resuming: state?.point)
    newton = MarginStep(problem, seed: seed, resuming: state?.newton)
    best = BestPair(exact.pass.buffer(columns: problem.classes), parameters: point.parameters)
    schedule = AugmentedSchedule(
      margin: problem.loss.margin, rounding: Double(Exact.ulpOfOne), hasKinks: problem.l1 > 0)
    goal = Self.hope * settings.tolerance
    passes = PassCount(of: exact.pass, resumedAt: state?.passes)
    guard let state else { return }
    best = BestPair(state.best, over: exact.pass)
    (certificate, schedule) = (state.certificate, state.schedule)
    (steps, inner, goal) = (state.steps, state.inner, state.goal)
    if let certificate { certifier.raise(to: certificate.lowerBound) }
    isLookedAt = true
  }

  /// From where a descent of lower precision is.
  init(refining other: AugmentedDescent<Element, Element>) {
    (settings, certifier, newton) = (other.settings, other.certifier, other.newton)
    (schedule, steps, inner) = (other.schedule, other.steps, other.inner)
    point = MarginPoint(other.point)
    passes = PassCount(of: point.problem.pass, after: other.passes.made)
    schedule.refine(rounding: Double(Exact.ulpOfOne))
    let certificate = certifier.certify(other.best.parameters, multipliers: other.best.multipliers)
    best = BestPair(other.best, certificate)
    self.certificate = certificate
    goal = settings.tolerance
  }

  /// The best, rounded.
  var parameters: [Element] { best.parameters.map { Element(Double($0)) } }

  /// Nil where the precision is used up that a higher one has.
  ///
  /// - Parameter keep: makes the state one that a checkpoint holds.
  mutating func run<Kept: Encodable>(_ monitor: Monitor, keep: (State) -> Kept) -> StopReason? {
    guard let reason = descend(monitor, keep) else { return nil }
    if reason == .converged { return reason }
    let isProven = certify().relativeGap <= settings.tolerance
    return isProven && reason == .stalled ? .converged : reason
  }

  private mutating func descend<Kept: Encodable>(
    _ monitor: Monitor, _ keep: (State) -> Kept
  ) -> StopReason? {
    while steps < settings.mostSteps {
      if !isLookedAt {
        if inner == 0 { point.strength = schedule.strength }
        look(monitor)
        if best.relativeGap <= goal {
          if isProven() { return .converged }
          if isRounded { return .stalled }
        }
      }
      isLookedAt = false
      let here = state
      if let reason = monitor.stopReason(at: keep(here)) { return reason }
      schedule.note(best.relativeGap)
      if Exact.self == Float.self, schedule.isRefinable { return nil }
      if schedule.isStalled { return .stalled }
      let gap = point.value - point.lowerBound
      let isSolved =
        inner >= schedule.leastInner && newton.isAtPrice
        && schedule.isSolved(share: point.share(ofGap: gap), gap: gap)
      if !isSolved, inner < schedule.mostInner, step(monitor, keep, from: here) {
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
      passes: passes.made + newton.sampledPasses, objective: best.objective,
      gap: best.isProof ? max(0, best.objective - best.lowerBound) : nil, measuring: parameters)
  }

  /// One Newton step from where the descent is. False where none helps.
  private mutating func step<Kept: Encodable>(
    _ monitor: Monitor, _ keep: (State) -> Kept, from here: State
  ) -> Bool {
    steps += 1
    let found = newton.direction(at: point, schedule, isStopped: { monitor.stopReason != nil })
    // A step cut short is worth making, but not worth a place in a checkpoint.
    _ = monitor.stopReason(at: keep(here))
    guard let direction = found else { return false }
    point.aim(direction)
    let length = MarginRay(point: point, direction: direction, price: newton.price).length
    newton.adapt(to: length)
    guard let length else { return false }
    point.move(length, direction)
    return true
  }

  /// Computes the certificate; true where it is as good as was asked. Else the next one waits for a gap that is
  /// smaller by a third.
  private mutating func isProven() -> Bool {
    if certify().relativeGap <= settings.tolerance { return true }
    goal = min(goal, best.relativeGap) / 1.5
    return false
  }

  /// Whether the gap is mostly what rounding the parameters costs.
  private var isRounded: Bool {
    Exact.self != Element.self && best.relativeGap < 0.3 * (certificate?.relativeGap ?? 0)
  }

  @discardableResult
  private mutating func certify() -> Certificate {
    let certificate = certifier.certify(parameters, multipliers: best.multipliers)
    self.certificate = certificate
    return certificate
  }
}
