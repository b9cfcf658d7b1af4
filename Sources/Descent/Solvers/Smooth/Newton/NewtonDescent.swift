internal import LinearAlgebra

/// One run of ``Newton``.
struct NewtonDescent<Element: KernelScalar> {
  private let settings: Newton
  private let problem: CurvedProblem<Element>
  private let point: ScoredPoint<Element>
  private let certifier: Certifier?
  private let curvature: SampledCurvature<Element>
  /// Of few parameters: its exact Hessians take the place of the samples'.
  private let tall: TallProblem<Element>?
  /// That of the last step.
  private var factor: HessianFactor?
  /// The sizes of the samples whose Hessians are used, one after the other; the last is all rows.
  private let sizes: [Int]
  private var phase = 0
  private var fullSteps = 0
  private(set) var passes: PassCount
  private var steps = 0
  private let startNorm: Double
  private let isResumed: Bool
  /// Whether there is no certificate, and the last step had next to nothing to gain.
  private var isFlat = false
  /// Whether the step made last was cut short.
  private var isCutShort = false
  private(set) var certificate: Certificate?

  /// Where a descent is, between two steps.
  struct State: Codable {
    var point: ScoredPoint<Element>.State
    var curvature: SampledCurvature<Element>.State
    var phase, fullSteps, steps: Int
    var startNorm: Double
    var certificate: Certificate?
    var passes: Double

    func fits(_ objective: DataObjective<Element>) -> Bool {
      let sizes = NewtonDescent.sizes(objective.rows)
      return point.fits(objective) && sizes.indices.contains(phase)
        && plausibleCounts.contains(fullSteps) && plausibleCounts.contains(steps)
        && (curvature.size.map { sizes.contains($0) } ?? true)
    }
  }

  private var state: State {
    State(
      point: point.state, curvature: curvature.state, phase: phase, fullSteps: fullSteps, steps: steps,
      startNorm: startNorm, certificate: certificate, passes: passes.made)
  }

  private static func sizes(_ rows: Int) -> [Int] {
    [rows / 10, rows / 4, rows / 2].filter { $0 >= 4000 } + [rows]
  }

  init(
    _ settings: Newton, on problem: CurvedProblem<Element>, from parameters: [Element], seed: UInt64,
    resuming state: State? = nil, tall: TallProblem<Element>? = nil
  ) {
    let objective = problem.objective
    (self.settings, self.problem) = (settings, problem)
    point =
      state.map { ScoredPoint(objective, resuming: $0.point) } ?? ScoredPoint(objective, at: parameters)
    certifier = Certifier(objective)
    curvature = SampledCurvature(problem, seed: seed)
    self.tall = tall
    sizes = tall == nil ? Self.sizes(objective.rows) : [objective.rows]
    isResumed = state != nil
    passes = PassCount(of: objective.pass, resumedAt: state?.passes)
    startNorm = state?.startNorm ?? norm(point.gradient)
    guard let state else { return }
    phase = min(state.phase, sizes.count - 1)
    (fullSteps, steps, certificate) = (state.fullSteps, state.steps, state.certificate)
    curvature.state = state.curvature
  }

  var parameters: [Element] { point.parameters }

  /// Counts passes that were made before.
  mutating func count(_ before: Double) { passes.add(before) }

  mutating func run(_ monitor: Monitor) -> StopReason {
    if !isResumed {
      monitor.record(passes: passes.made, objective: point.value, at: point.parameters)
    }
    while steps < settings.mostSteps {
      if let reason = monitor.stopReason(at: state) { return reason }
      guard step(monitor) else { return isCutShort ? monitor.stopReason ?? .stalled : .stalled }
      monitor.record(
        passes: passes.made + curvature.passes, objective: point.value, gap: certificate?.gap,
        at: point.parameters)
      if certifier == nil, problem.rowLoss.isSeparated(point.scores, slack: 0) { return .noMinimum }
      if isFlat { return .converged }
      if let certificate, certificate.relativeGap <= settings.tolerance { return .converged }
    }
    return .finished
  }

  /// An approximation of H⁻¹ at the point; nil where H is too far from definite.
  private mutating func preconditioner() -> (([Element]) -> [Element])? {
    factor = tall?.factor(at: point)
    if let tall, let factor {
      passes.add(tall.passes)
      return factor.solve
    }
    return curvature.preconditioner(at: point).map { $0.callAsFunction }
  }

  /// One step; false where none helps any more.
  private mutating func step(_ monitor: Monitor) -> Bool {
    let isFull = phase == sizes.count - 1
    let (start, first) = (point.parameters, point.value)
    guard let step = search(monitor, isFull: isFull) else { return false }
    guard step.value < first else {
      if isFlat { return true }
      // Where the precision of the element ends, the direction still proves a bound.
      if isFull { certify(start, start: start, direction: step.smooth) }
      return certificate.map { $0.relativeGap <= settings.tolerance } ?? false
    }
    if !isFull, first - step.value < 0.08 * first { phase += 1 }
    guard isFull else { return true }
    fullSteps += 1
    // The gap to expect: the residual's share, where a certificate does not correct it, and what the quadratic model missed.
    let expected =
      (problem.l2 > 0 && factor == nil ? step.smoothResidual * step.smoothResidual / (2 * problem.l2) : 0)
      + abs(step.value - (first + 0.5 * step.slope))
    // A step cut short says nothing of what is left, nor does one by a sample's Hessian that still gained much.
    let isWhole = factor == nil || step.length == 1
    let isLast =
      tall?.share ?? 1 == 1 || first - step.value < 0.5 * settings.tolerance * abs(step.value)
    if isWhole && isLast && expected < 2 * settings.tolerance * abs(step.value)
      || abs(step.value) <= certifier?.negligible ?? 0
    {
      certify(point.parameters, start: start, direction: step.smooth)
    }
    return true
  }

  /// What a certificate is to know of a step. Scores and factors of the search are gone by then: it has need of their memory.
  private struct Step {
    /// The objective where the line search ended.
    var value: Double
    var length: Double
    /// That of the objective along the direction.
    var slope: Double
    /// See ``NewtonSystem/Solution``.
    var smooth: [Element]
    var smoothResidual: Double
  }

  /// Solves for a direction and moves along it, unless the objective rises; nil where there is none.
  private mutating func search(_ monitor: Monitor, isFull: Bool) -> Step? {
    let before = state
    steps += 1
    let l2 = problem.l2
    guard let precondition = preconditioner() else { return nil }
    let goal = 0.3 * settings.tolerance * abs(point.value)
    let system = curvature.system(sizes[phase], of: point)
    let forcing = isFull ? [0.1, 0.1, 0.05, 0.02][min(fullSteps, 3)] : 0.2
    let solution = system.solve(
      point.gradient, forcing: forcing, floor: isFull ? (2 * l2 * goal).squareRoot() : 0,
      most: isFull ? 100 : 15,
      smoothing: isFull, isStopped: { monitor.stopReason != nil }, precondition)
    // A step cut short is worth making, but not worth a place in a checkpoint.
    isCutShort = monitor.stopReason(at: before) != nil
    let directionScores = isFull ? solution.scores : problem.objective.scores(of: solution.direction)

    let first = point.value
    let isSolved = solution.smoothResidual <= 1.01 * forcing * norm(point.gradient)
    let slope = inner(point.gradient, solution.direction)
    var length = 1.0
    var value = point.probe(length, solution.direction, directionScores)
    while !(value <= first + 1e-4 * length * slope), length > 1e-8 {
      length /= 2
      value = point.probe(length, solution.direction, directionScores)
    }
    // Newton's decrement: what the quadratic model thinks is left.
    isFlat = certifier == nil && isFull && isSolved && -0.5 * slope <= settings.tolerance * abs(first)
    if value < first { point.move(length, solution.direction, directionScores, value: value) }
    return Step(
      value: value, length: length, slope: slope, smooth: solution.smooth,
      smoothResidual: solution.smoothResidual)
  }

  private mutating func certify(_ parameters: [Element], start: [Element], direction: [Element]) {
    guard let factor else {
      certificate = certifier?.certify(parameters, start: start, direction: direction)
      return
    }
    certificate = certifier?.certify(
      parameters, start: start, direction: direction, l2: problem.l2,
      enough: 0.2 * settings.tolerance * abs(point.value), solve: factor.solve)
  }
}
