internal import LinearAlgebra

/// One run of ``LBFGS``: of the objective it sees a value and a gradient, and what the test of convergence and the
/// preconditioner that it is given make of it.
struct LBFGSDescent<Element: KernelScalar> {
  private let settings: LBFGS
  private let objective: any Objective<Element>
  private var ray: Ray<Element>
  private var pairs: CurvaturePairs<Element>
  private var test: ConvergenceTest<Element>
  /// Of a linear model, when it is first asked for.
  private let makeSample: () -> SampledPreconditioner<Element>?
  private var sample: SampledPreconditioner<Element>?
  private var precondition: (([Element]) -> [Element])?
  /// The parameters that ``precondition`` belongs to.
  private var preconditionedAt: [Element]?
  private(set) var best: BestPoint<Element>
  private let passes: PassCount
  private var steps = 0
  private let isResumed: Bool

  /// Where a descent is, between two steps. The preconditioner is made again.
  struct State: Codable {
    var steps: Int
    var ray: Ray<Element>.State
    var pairs: CurvaturePairs<Element>
    var test: ConvergenceTest<Element>.State
    var preconditionedAt: [Element]?
    var best: BestPoint<Element>
    var passes: Double

    func fits(_ settings: LBFGS, count: Int) -> Bool {
      plausibleCounts.contains(steps) && ray.fits(count) && pairs.fits(count, most: settings.memory)
        && best.fits(count) && (preconditionedAt.map { $0.count == count } ?? true)
    }
  }

  init(_ settings: LBFGS, on objective: DataObjective<Element>, resuming state: State, seed: UInt64) {
    (self.settings, self.objective) = (settings, objective)
    makeSample = { SampledPreconditioner(objective, seed: seed) }
    ray = Ray(objective, resuming: state.ray)
    passes = PassCount(of: objective.pass, resumedAt: state.passes)
    test = ConvergenceTest(
      objective, tolerance: settings.tolerance, resuming: state.test, passes: passes)
    (steps, pairs, best, preconditionedAt) = (state.steps, state.pairs, state.best, state.preconditionedAt)
    isResumed = true
  }

  private var state: State {
    State(
      steps: steps, ray: ray.state, pairs: pairs, test: test.state, preconditionedAt: preconditionedAt,
      best: best, passes: passes.made)
  }

  init(_ settings: LBFGS, on objective: DataObjective<Element>, from parameters: [Element], seed: UInt64) {
    (self.settings, self.objective) = (settings, objective)
    makeSample = { SampledPreconditioner(objective, seed: seed) }
    isResumed = false
    ray = Ray(objective, at: parameters)
    pairs = CurvaturePairs(most: settings.memory)
    passes = PassCount(of: objective.pass)
    test = ConvergenceTest(
      objective, tolerance: settings.tolerance, start: ray.gradient, passes: passes)
    best = BestPoint(ray)
  }

  mutating func run(_ monitor: Monitor) -> Outcome {
    if !isResumed {
      monitor.record(passes: passes.made, objective: ray.point.value, at: ray.parameters)
      if test.isMet(ray) { return converged(monitor) }
      if let reason = monitor.stopReason(at: state) { return Outcome(reason) }
    }
    if settings.isPreconditioned { sample = makeSample() }
    precondition = preconditionedAt.flatMap { sample?.preconditioner(at: $0) }
    while steps < settings.mostSteps {
      if let reason = monitor.stopReason(at: state) { return Outcome(reason) }
      if isTimeToPrecondition(steps) {
        precondition = nil  // Its memory is enough for the next.
        precondition = sample?.preconditioner(at: ray.parameters)
        preconditionedAt = ray.parameters
      }
      steps += 1
      guard step() else { return stalled() }
      best.consider(ray)
      let isMet = test.isMet(ray)
      monitor.record(
        passes: passes.made, objective: ray.point.value, gap: test.certificate?.gap,
        at: ray.parameters)
      if isMet {
        best = BestPoint(ray)
        return Outcome(test.reason, certificate: test.certificate)
      }
      if best.age > 30 { return stalled() }
    }
    return Outcome(.finished)
  }

  /// At the start, and each time the steps have doubled since 3: the Hessian changes ever less. One that costs as much as a
  /// few steps is made anew each time they are four times as many.
  private func isTimeToPrecondition(_ number: Int) -> Bool {
    let (first, growth) = sample?.isWhole ?? false ? (4, 4) : (3, 2)
    var next = first
    while next < number { next *= growth }
    return number == 0 || number == next
  }

  /// One step; false where there is none, not even down the gradient.
  private mutating func step() -> Bool {
    let (start, value) = (ray.parameters, ray.point.value)
    let gradient = ray.gradient
    let search = StrongWolfe(noise: BestPoint<Element>.noise(of: value))
    for isRetry in [false, true] {
      if isRetry {
        guard !pairs.isEmpty || precondition != nil else { return false }
        pairs.removeAll()
        (precondition, preconditionedAt) = (nil, nil)
        ray = Ray(objective, at: start)
      }
      let direction = pairs.multiply(gradient, initial: precondition).map { -$0 }
      ray.turn(to: direction)
      // The first step down a bare gradient has no measure of its own.
      let first = pairs.isEmpty && precondition == nil ? 1 / max(1e-30, norm(gradient)) : 1
      guard ray.point.slope < 0, direction.allSatisfy(\.isFinite) else { continue }
      guard let found = search.search(from: ray.point, first: first, { ray.look($0) }) else { continue }
      ray.go(to: found.step)
      pairs.append(from: start, gradient, to: ray.parameters, ray.gradient)
      return true
    }
    return false
  }

  private mutating func converged(_ monitor: Monitor) -> Outcome {
    monitor.record(
      passes: passes.made, objective: ray.point.value, gap: test.certificate?.gap, at: ray.parameters)
    return Outcome(test.reason, certificate: test.certificate)
  }

  /// The precision of the element is reached. What is best may do all the same.
  private mutating func stalled() -> Outcome {
    Outcome(test.isProven(best.parameters) ? test.reason : .stalled, certificate: test.certificate)
  }
}
