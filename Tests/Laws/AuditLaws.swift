import Descent
import LinearAlgebra
import Testing

/// The short form of scripts/check-certificates: what a fit says of the model that it returns, on the numbers of the
/// data, is true.
@Suite("What a fit says is true of its model")
struct AuditLaws {
  /// A problem of the file, and a solver that takes it.
  struct Case: Sendable, CustomStringConvertible {
    let stored: StoredProblem
    let test: SolverCase
    var description: String { test.description }
  }

  static let cases = StoredProblem.all.flatMap { stored in
    SolverCase.all([stored.problem]) { _ in solvers }.map { Case(stored: stored, test: $0) }
  }

  /// Those that know the curvature go further.
  private static let solvers: [any Solver] =
    zip(Instances.solvers(1e-6) + [Automatic(tolerance: 1e-6)], Instances.solvers(1e-4) + [Automatic()]).map {
      $0 is LBFGS || $0 is GradientDescent ? $1 : $0
    } + Instances.updateRules.map { MiniBatch($0, epochs: 2, batchSize: 5) }

  @Test("in Double", arguments: cases) func double(_ test: Case) throws { try check(test, as: Double.self) }
  @Test("in Float", arguments: cases) func float(_ test: Case) throws { try check(test, as: Float.self) }

  private func check<Element: KernelScalar>(_ test: Case, as type: Element.Type) throws {
    let (problem, solver) = (test.stored, test.test.solver)
    var trainer = test.test.problem.trainer(solver)
    trainer.timeLimit = .seconds(20)
    let fit = try trainer.fit(test.test.problem.data, as: type)
    let (real, rounding) = problem.objective(
      weights: fit.weights, biases: try #require(fit.model.biases).map { Double($0) })
    let place: Comment =
      "\(fit.stopReason): \(real) of the model, \(fit.objective) said, \(problem.optimum) possible"
    #expect(real.isFinite && abs(fit.objective - real) <= rounding, place)
    let excess = real - problem.optimum
    if let gap = fit.certificate?.gap {
      #expect(gap >= 0 && excess <= gap + rounding, "a gap of \(gap): \(place)")
    }
    let start = problem.start
    if fit.stopReason == .converged {
      // Where nothing is left of what there was at the start, a share of what is left means nothing.
      #expect(excess <= solver.tolerance * abs(real) + rounding + 1e-12 * start, place)
    }
    // Features as they are can be of any size: there the first point is zero, and else no worse than a constant. Float
    // cannot hold all constants.
    // And batches promise no more than that.
    let first =
      problem.scaling == "none" || solver is MiniBatch
      ? problem.zero : Element.self == Float.self ? max(start, problem.zero) : start
    #expect(real <= first * (1 + 1e-6) + rounding, "\(first) at first: \(place)")
  }
}
