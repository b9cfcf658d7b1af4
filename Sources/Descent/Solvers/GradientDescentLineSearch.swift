internal import Foundation
public import LinearAlgebra

/// Steepest descent with steps of Barzilai and Borwein's length, α = sᵀs/sᵀy of the last step s and the change
/// y of the gradient along it.
///
/// A search shortens a step after which the value is above the worst of the last ten: letting it rise now and
/// then is what makes these steps fast. The plainest method that converges by itself, for comparison with others.
/// (Barzilai and Borwein, Two-Point Step Size Gradient Methods, IMA J. Numer. Anal. 8, 1988; Raydan, The
/// Barzilai and Borwein gradient method for the large scale unconstrained minimization problem, SIAM J. Optim.
/// 7, 1997.)
public struct GradientDescentLineSearch: Solver {
  /// As that of ``LBFGS``.
  public var tolerance: Double
  public var mostSteps: Int
  public var name: String { "gradient-descent" }

  /// Values that a new one is compared with.
  private static let memory = 10
  /// Steps without a better point after which precision is at its end.
  private static let patience = 300

  public init(tolerance: Double = 1e-4, mostSteps: Int = 100_000) {
    (self.tolerance, self.mostSteps) = (tolerance, mostSteps)
  }

  @specialized(where Element == Float)
  @specialized(where Element == Double)
  public func minimize<Element: Scalar>(
    _ objective: DataObjective<Element>, from parameters: inout [Element], seed: UInt64, monitor: Monitor
  ) -> Outcome {
    let state: State<Element>? = monitor.resumedState { $0.fits(objective.count) }
    if state == nil {
      objective.approachHuber(from: &parameters, seed: seed, monitor)
      if objective.loss is Huber, let reason = monitor.stopReason { return Outcome(reason) }
    }
    var ray = state.map { Ray(objective, resuming: $0.ray) } ?? Ray(objective, at: parameters)
    var test =
      state.map { ConvergenceTest(objective, tolerance: tolerance, resuming: $0.test) }
      ?? ConvergenceTest(objective, tolerance: tolerance, start: ray.gradient)
    var best = state?.best ?? BestPoint(ray)
    defer { parameters = best.parameters }
    var values = state?.values ?? [ray.point.value]
    var length = state?.length ?? 1 / max(1e-30, norm(ray.gradient))
    var steps = state?.steps ?? 0
    var isMet = false
    if let state {
      objective.pass.made = state.passes
    } else {
      isMet = test.isMet(ray)
      monitor.record(
        passes: objective.pass.made, objective: ray.point.value, gap: test.certificate?.gap,
        at: ray.parameters)
    }
    while !isMet {
      if steps == mostSteps { return Outcome(.finished) }
      let reason = monitor.stopReason(
        at: State(
          ray: ray.state, test: test.state, best: best, values: values, length: length, steps: steps,
          passes: objective.pass.made))
      if let reason { return Outcome(reason) }
      steps += 1
      let (start, gradient) = (ray.parameters, ray.gradient)
      ray.turn(to: gradient.map { -$0 })
      let search = Backtracking(noise: BestPoint<Element>.noise(of: ray.point.value))
      guard
        let found = search.search(
          from: ray.point, reference: values.max(), first: length, { ray.look($0) })
      else { break }
      ray.go(to: found.step)
      best.consider(ray)
      values = values.suffix(Self.memory - 1) + [ray.point.value]
      length = Self.length(start, gradient, ray) ?? 2 * found.step
      isMet = test.isMet(ray)
      monitor.record(
        passes: objective.pass.made, objective: ray.point.value, gap: test.certificate?.gap,
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

  /// Where a descent is, between two steps.
  private struct State<Element: Scalar>: Codable {
    var ray: Ray<Element>.State
    var test: ConvergenceTest<Element>.State
    var best: BestPoint<Element>
    var values: [Double]
    var length: Double
    var steps: Int
    var passes: Double

    func fits(_ count: Int) -> Bool {
      ray.fits(count) && best.fits(count) && !values.isEmpty && plausibleCounts.contains(steps)
    }
  }

  /// sᵀs/sᵀy, nil where the objective is not convex along s as far as rounding tells.
  private static func length<Element: Scalar>(
    _ start: [Element], _ gradient: [Element], _ ray: Ray<Element>
  ) -> Double? {
    var (ss, sy) = (0.0, 0.0)
    for i in start.indices {
      let s = Double(ray.parameters[i]) - Double(start[i])
      ss += s * s
      sy += s * (Double(ray.gradient[i]) - Double(gradient[i]))
    }
    let length = ss / sy
    return sy > 0 && length.isFinite && length > 0 ? length : nil
  }
}
