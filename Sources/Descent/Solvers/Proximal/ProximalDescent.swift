internal import LinearAlgebra

/// One run of ``ProximalNewton``.
struct ProximalDescent<Element: KernelScalar> {
  private let settings: ProximalNewton
  private let problem: CurvedProblem<Element>
  private var point: ScoredPoint<Element>
  private let certifier: Certifier?
  private var sampled: SampledModel<Element>
  /// What ‖W‖₁ costs in this step: l1, or more while the solution is far away.
  private var price: Double
  private var nextCertificate: Double
  private var leastExpected = Double.infinity
  private var barrenSteps = 0
  private let momentum: FaceMomentum<Element>
  private let passes: PassCount
  private var steps = 0
  /// Whether the point has been looked at already: by the run that left the state.
  private var isLookedAt = false
  /// Whether the step made last was cut short.
  private var isCutShort = false
  private(set) var certificate: Certificate?

  /// Where a descent is, once it has looked at a point.
  struct State: Codable {
    var point: ScoredPoint<Element>.State
    var price, nextCertificate: Double
    var sampled: SampledModel<Element>.State
    var leastExpected: Double
    var barrenSteps, steps: Int
    var momentum: FaceMomentum<Element>.State?
    var passes: Double
    /// The best that was proved; nil in a state of times when it was not kept.
    var lowerBound: Double?

    func fits(_ problem: CurvedProblem<Element>) -> Bool {
      point.fits(problem.objective) && price > 0 && plausibleCounts.contains(steps)
        && plausibleCounts.contains(barrenSteps) && sampled.fits(problem.model)
        && (momentum.map { $0.fits(problem.objective, set: sampled.frozen?.set.count ?? 0) } ?? true)
    }
  }

  private var state: State {
    State(
      point: point.state, price: price, nextCertificate: nextCertificate,
      sampled: sampled.state, leastExpected: leastExpected, barrenSteps: barrenSteps, steps: steps,
      momentum: momentum.state, passes: passes.made, lowerBound: certifier?.proved)
  }

  /// - Parameter made: passes of the run before the descent.
  init(
    _ settings: ProximalNewton, on problem: CurvedProblem<Element>, from start: [Element], seed: UInt64,
    resuming state: State?, after made: Double = 0
  ) {
    let objective = problem.objective
    (self.settings, self.problem) = (settings, problem)
    point = state.map { ScoredPoint(objective, resuming: $0.point) } ?? ScoredPoint(objective, at: start)
    certifier = Certifier(objective)
    sampled = SampledModel(problem, seed: seed)
    let largest = point.gradient[problem.model.weights].reduce(0) { max($0, Double(abs($1))) }
    price = max(problem.l1, Self.fall * largest)
    nextCertificate = settings.tolerance
    momentum = FaceMomentum(problem)
    passes =
      state.map { PassCount(of: objective.pass, resumedAt: $0.passes) }
      ?? PassCount(of: objective.pass, after: made)
    guard let state else { return }
    (price, nextCertificate, leastExpected) = (state.price, state.nextCertificate, state.leastExpected)
    sampled.resume(from: state.sampled)
    (barrenSteps, steps) = (state.barrenSteps, state.steps)
    if let last = state.momentum { momentum.resume(from: last) }
    if let bound = state.lowerBound { certifier?.raise(to: bound) }
    isLookedAt = true
  }

  /// The factor by which the price falls from step to step.
  private static var fall: Double { 0.3 }

  var parameters: [Element] { point.parameters }

  mutating func run(_ monitor: Monitor) -> StopReason {
    let reason = descend(monitor)
    if reason != .converged { certificate = certifier?.certify(point.parameters) }
    return reason
  }

  private mutating func descend(_ monitor: Monitor) -> StopReason {
    if !isLookedAt {
      monitor.record(passes: passes.made, objective: point.value, at: point.parameters)
    }
    while steps < settings.mostSteps {
      if !isLookedAt, price == problem.l1 {
        if isProved(monitor) { return .converged }
        if isStuck() {
          nextCertificate = .infinity
          if isProved(monitor) { return .converged }
          if !hasDrifted() { return .stalled }
        }
      }
      isLookedAt = false
      if sampled.dropStale(at: point, price: price) { momentum.forget() }
      let here = state
      if let reason = monitor.stopReason(at: here) { return reason }
      steps += 1
      guard step(monitor, from: here) else {
        if isCutShort, let reason = monitor.stopReason { return reason }
        if price > problem.l1 {
          price = problem.l1
          continue
        }
        nextCertificate = .infinity
        if isProved(monitor) { return .converged }
        if hasDrifted() { continue }
        return .stalled
      }
      let largest = point.gradient[problem.model.weights].reduce(0) { max($0, Double(abs($1))) }
      price = min(price, max(problem.l1, Self.fall * largest))
      monitor.record(passes: passes.made, objective: point.value, at: point.parameters)
      // The point may be proved all the same; but it is none that an uninterrupted run comes to.
      if isCutShort, let reason = monitor.stopReason { return reason }
    }
    return .finished
  }

  /// Whether the scores, which each step adds to, are no longer those of the parameters; then it looks anew.
  private mutating func hasDrifted() -> Bool {
    // Not by the certificate's objective: that is of the model as it is written, which rounding may have spoilt for good.
    let fresh = ScoredPoint(problem.objective, at: point.parameters)
    guard abs(fresh.value - point.value) > 1e-4 * abs(fresh.value) else { return false }
    point = fresh
    (leastExpected, barrenSteps, nextCertificate) = (.infinity, 0, settings.tolerance)
    sampled.forget()
    momentum.forget()
    return true
  }

  /// Whether many steps have not brought the gap's estimate down: the element's precision is reached.
  private mutating func isStuck() -> Bool {
    let expected = problem.expectedGap(at: point)
    if sampled.drops(gap: expected) { momentum.forget() }
    guard expected >= 0.9 * leastExpected else {
      (leastExpected, barrenSteps) = (expected, 0)
      return false
    }
    barrenSteps += 1
    return barrenSteps > 30
  }

  /// One step from where the descent is; false where none helps.
  ///
  /// - Parameter here: nil at a second try, which is not cut short: the point's buffers are those of the first.
  private mutating func step(_ monitor: Monitor, from here: State?) -> Bool {
    let isStopped = { here != nil && monitor.stopReason != nil }
    let isFresh = sampled.renew(at: point, price: price, isStopped: isStopped)
    if isFresh { momentum.forget() }
    isCutShort = here.flatMap { monitor.stopReason(at: $0) } != nil
    guard !isCutShort, let frozen = sampled.state.frozen else { return false }
    let (set, hessian) = (frozen.set, frozen.hessian)
    let (w, gradient) = (set.pick(point.parameters), set.pick(point.gradient))
    let prices = sampled.prices(set, price)
    // Both divided by a factor: as if the Hessian were multiplied by it.
    let shrink = Element(1 / sampled.state.stiffness)
    var quadratic = L1Quadratic(
      hessian, gradient: gradient.map { shrink * $0 }, at: w, prices: prices.map { shrink * $0 })
    // Far from the solution the model is not worth more, nor a sample's anywhere; but steps whose curvature jumps want it.
    let distance = stationarity(w, gradient, prices) / price
    let (most, least) = problem.loss.curvature == .gradual ? (0.2, 0.05) : (0.03, 1e-3)
    quadratic.solve(factor: min(most, max(least, 0.03 * distance)), isStopped: isStopped)
    isCutShort = here.flatMap { monitor.stopReason(at: $0) } != nil
    let face = Face(w, to: quadratic.u, gradient: gradient, prices: prices)
    guard face.fall < 0, face.fall.isFinite else { return isFresh || isCutShort ? false : retry(monitor) }
    var change = set.spread(face.change, over: problem.objective.count)
    // Biases that drift away together change no loss of differences, and cost the scores digits.
    if problem.loss.seesDifferencesOnly { change.centre(problem.model.learntBiases) }
    let scores = problem.objective.scores(of: change)
    let modelled = inner(face.change, hessian.multiplied(by: face.change))
    sampled.stiffen(to: momentum.curvature(change, scores, point) / modelled)
    if face.isKept, price == problem.l1, momentum.take(face, set, change, scores, at: point) {
      return true
    }
    momentum.forget()
    let extra = price - problem.l1
    if problem.search(from: point, change, scores, fall: face.fall, extra: extra) { return true }
    return isFresh || isCutShort ? false : retry(monitor)
  }

  private mutating func retry(_ monitor: Monitor) -> Bool {
    sampled.forget()
    return step(monitor, from: nil)
  }

  /// Computes a certificate where the gap's estimate gives it a chance; whether it is good enough.
  private mutating func isProved(_ monitor: Monitor) -> Bool {
    let expected = problem.expectedGap(at: point)
    guard expected <= nextCertificate * abs(point.value), let certifier else { return false }
    let certificate = certifier.certify(point.parameters)
    self.certificate = certificate
    nextCertificate = max(0.1 * settings.tolerance, expected / abs(point.value) / 2)
    monitor.record(
      passes: passes.made, objective: point.value, gap: certificate.gap, at: point.parameters)
    return certificate.relativeGap <= settings.tolerance
  }
}
