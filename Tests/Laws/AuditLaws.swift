import Descent
import LinearAlgebra
import Testing

/// The short form of scripts/check-certificates: what a fit says of the model that it returns, on the numbers of the
/// data, is true.
@Suite("What a fit says is true of its model")
struct AuditLaws {
  static let solvers: [any Solver] = [
    Automatic(tolerance: 1e-6), LBFGS(tolerance: 1e-4), GradientDescent(tolerance: 1e-4),
    Newton(tolerance: 1e-6), ProximalNewton(tolerance: 1e-6), Direct(tolerance: 1e-6),
    AugmentedLagrangian(tolerance: 1e-6),
  ]

  @Test("in Double", arguments: StoredProblem.all) func double(_ problem: StoredProblem) throws {
    for solver in Self.solvers { try check(problem, solver, as: Double.self) }
  }

  @Test("in Float", arguments: StoredProblem.all) func float(_ problem: StoredProblem) throws {
    for solver in Self.solvers { try check(problem, solver, as: Float.self) }
  }

  private func check<Element: KernelScalar>(
    _ problem: StoredProblem, _ solver: any Solver, as type: Element.Type
  ) throws {
    let trainer = problem.trainer(solver)
    guard solver.refusal(loss: trainer.loss, penalty: trainer.penalty, isLinear: true) == nil else { return }
    let fit = try trainer.fit(problem.data, as: type)
    let templates = try #require(fit.model.templates)
    let weights = (0..<templates.rows).map { templates[row: $0].map { Double($0) } }
    let (real, rounding) = problem.objective(
      weights: weights, biases: try #require(fit.model.biases).map { Double($0) })
    let place: Comment =
      "\(solver.name), \(fit.stopReason): \(real) of the model, \(fit.objective) said, \(problem.optimum) possible"
    #expect(real.isFinite && abs(fit.objective - real) <= rounding, place)
    let excess = real - problem.optimum
    if let gap = fit.certificate?.gap {
      #expect(gap >= 0 && excess <= gap + rounding, "a gap of \(gap): \(place)")
    }
    let start = problem.start
    if fit.stopReason == .converged {
      let tolerance = solver is LBFGS || solver is GradientDescent ? 1e-4 : 1e-6
      // Where nothing is left of what there was at the start, a share of what is left means nothing.
      #expect(excess <= tolerance * abs(real) + rounding + 1e-12 * start, place)
    }
    // Features as they are can be of any size: there the first point is zero, and else no worse than a constant. Float
    // cannot hold all constants.
    let first =
      problem.scaling == "none" ? problem.zero : Element.self == Float.self ? max(start, problem.zero) : start
    #expect(real <= first * (1 + 1e-6) + rounding, "\(first) at first: \(place)")
  }
}
