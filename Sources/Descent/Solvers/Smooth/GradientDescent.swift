internal import Foundation
internal import LinearAlgebra

/// Steepest descent with steps of Barzilai and Borwein's lengths: the long one, sᵀs/sᵀy of the last step s and the change
/// y of the gradient along it, or where that is much longer the shortest of the last few sᵀy/yᵀy.
///
/// Long steps alone may go round in circles: one that a flat direction lengthens stirs up a steep one, the search cuts it
/// down, and the next is as long. Short steps calm the steep directions first.
///
/// A search shortens a step after which the value is above the worst of the last ten: letting it rise now and
/// then is what makes these steps fast. The plainest method that converges by itself, for comparison with others.
///
/// Where the penalty has kinks each step ends with its proximal operator, and the same lengths and the same comparison make
/// it SpaRSA.
/// (Barzilai and Borwein, Two-Point Step Size Gradient Methods, IMA J. Numer. Anal. 8, 1988; Raydan, The
/// Barzilai and Borwein gradient method for the large scale unconstrained minimization problem, SIAM J. Optim.
/// 7, 1997; Frassoldati, Zanni and Zanghirati, New adaptive stepsize selections in gradient methods, J. Ind. Manag.
/// Optim. 4, 2008. Wright, Nowak and Figueiredo, Sparse Reconstruction by Separable Approximation, IEEE Trans. Signal
/// Process. 57, 2009.)
public struct GradientDescent: CompiledSolver {
  /// As that of ``LBFGS``.
  public var tolerance: Double
  /// Steps after which it ends as ``StopReason/finished``; each may look at several points.
  public var mostSteps: Int
  public var name: String { "gradient-descent" }
  public var sharesRows: Bool { true }

  /// Values that a new one is compared with.
  private static let memory = 10
  /// Short lengths of which the shortest is taken, and how much of the long one it must be below for that.
  private static let shortLengths = 3
  private static let shortShare = 0.5
  /// Steps without a better point after which precision is at its end.
  private static let patience = 300

  /// Neither is checked: below 0 steps have no bound.
  public init(tolerance: Double = 1e-4, mostSteps: Int = 100_000) {
    (self.tolerance, self.mostSteps) = (tolerance, mostSteps)
  }

  func run<Element: KernelScalar>(
    _ objective: DataObjective<Element>, from parameters: inout [Element], seed: UInt64, monitor: Monitor
  ) throws(SolverRefusal) -> Outcome {
    try accept(objective)
    let state: State<Element>? = monitor.resumedState { $0.fits(objective.count) }
    if state == nil, let reason = objective.approach(from: &parameters, seed: seed, monitor) {
      return Outcome(reason)
    }
    let passes = PassCount(of: objective.pass, resumedAt: state?.passes)
    var ray = state.map { Ray(objective, resuming: $0.ray) } ?? Ray(objective, at: parameters)
    var test =
      state.map { ConvergenceTest(objective, tolerance: tolerance, resuming: $0.test, passes: passes) }
      ?? ConvergenceTest(objective, tolerance: tolerance, start: ray.gradient, passes: passes)
    var best = state?.best ?? BestPoint(ray)
    defer { parameters = best.parameters }
    var values = state?.values ?? [ray.point.value]
    var shorts = state?.shorts ?? []
    var length = state?.length ?? 1 / max(1e-30, norm(ray.gradient))
    var steps = state?.steps ?? 0
    var isMet = false
    if state == nil {
      isMet = test.isMet(ray)
      monitor.record(
        passes: passes.made, objective: ray.point.value, gap: test.certificate?.gap,
        at: ray.parameters)
    }
    while !isMet {
      if steps == mostSteps { return Outcome(.finished) }
      let reason = monitor.stopReason(
        at: State(
          ray: ray.state, test: test.state, best: best, values: values, length: length, shorts: shorts,
          steps: steps, passes: passes.made))
      if let reason { return Outcome(reason) }
      steps += 1
      let (start, gradient) = (ray.parameters, ray.gradient)
      ray.turn(to: gradient.map { -$0 })
      let noise = BestPoint<Element>.noise(of: ray.point.value)
      let found =
        objective.hasKinks
        ? ray.searchArc(reference: values.max(), first: length, noise: noise)
        : Backtracking(noise: noise).search(
          from: ray.point, reference: values.max(), first: length, { ray.look($0) })
      guard let found else { break }
      ray.go(to: found.step)
      best.consider(ray)
      values = values.suffix(Self.memory - 1) + [ray.point.value]
      length = Self.length(start, gradient, ray, &shorts) ?? 2 * found.step
      isMet = test.isMet(ray)
      monitor.record(
        passes: passes.made, objective: ray.point.value, gap: test.certificate?.gap,
        at: ray.parameters)
      if best.age > Self.patience { break }
    }
    if isMet {
      best = BestPoint(ray)
      return Outcome(test.reason, certificate: test.certificate)
    }
    let isProven = test.isProven(best.parameters)
    return Outcome(isProven ? test.reason : .stalled, certificate: test.certificate)
  }

  public func check(_ problem: ProblemOutline) throws(ProblemRefusal) { _ = try problem.smoothLoss() }

  /// Where a descent is, between two steps.
  private struct State<Element: KernelScalar>: Codable {
    var ray: Ray<Element>.State
    var test: ConvergenceTest<Element>.State
    var best: BestPoint<Element>
    var values: [Double]
    var length: Double
    /// Nil in a state of times when all steps were long.
    var shorts: [Double]?
    var steps: Int
    var passes: Double

    func fits(_ count: Int) -> Bool {
      ray.fits(count) && best.fits(count) && !values.isEmpty && plausibleCounts.contains(steps)
    }
  }

  /// The length of the next step, nil where the objective is not convex along s as far as rounding tells.
  private static func length<Element: KernelScalar>(
    _ start: [Element], _ gradient: [Element], _ ray: Ray<Element>, _ shorts: inout [Double]
  ) -> Double? {
    var (ss, sy, yy) = (0.0, 0.0, 0.0)
    for i in start.indices {
      let s = Double(ray.parameters[i]) - Double(start[i])
      let y = Double(ray.gradient[i]) - Double(gradient[i])
      ss += s * s
      sy += s * y
      yy += y * y
    }
    let (long, short) = (ss / sy, sy / yy)
    guard sy > 0, long.isFinite, short.isFinite, short > 0 else { return nil }
    shorts = shorts.suffix(shortLengths - 1) + [short]
    return short < shortShare * long ? shorts.min() : long
  }
}
