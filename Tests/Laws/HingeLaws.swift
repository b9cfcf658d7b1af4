import Descent
import LinearAlgebra
import Testing

/// What is not a law of all solvers.
@Suite("The augmented Lagrangian of the hinge")
struct HingeLaws {
  @Test("where it is degenerate the bound holds all the same", arguments: Zoo.degenerateHinges)
  func degenerate(problem: Problem) throws {
    let fit: Fit<Double> = try fit(problem, tolerance: 1e-6)
    let certificate = try #require(fit.certificate)
    expectTrue(certificate, problem)
    #expect(certificate.gap <= 1e-3 * problem.best + 1e-6, "\(certificate.gap), \(fit.stopReason)")
  }

  @Test(
    "in Float it goes on where Float ends", arguments: Zoo.smoothHinges + Zoo.kinkedHinges.prefix(3))
  func refines(problem: Problem) throws {
    let tolerance = problem.penalty.isSmooth ? 1e-9 : 1e-6
    let fit: Fit<Float> = try fit(problem, tolerance: tolerance)
    let certificate = try #require(fit.certificate)
    expectTrue(certificate, problem)
    #expect(
      certificate.gap <= max(tolerance * problem.best, problem.roundingOfKinks),
      "\(certificate.gap), \(fit.stopReason), \(fit.history.count) looks")
    #expect(fit.parameters.allSatisfy { $0.isFinite })
  }

  @Test("a fit that other solvers made has a bound that holds", arguments: Zoo.smoothHinges)
  func certifies(problem: Problem) throws {
    let trainer = Trainer(
      loss: problem.loss, penalty: problem.penalty,
      solver: MiniBatch(Momentum(), epochs: 20, batchSize: 16), scaling: .none, threads: 2)
    let fit: Fit<Double> = try trainer.fit(problem.data, as: Double.self)
    expectTrue(try #require(fit.certificate), problem)
  }

  @Test("with l1 batches have a bound too", arguments: Zoo.kinkedHinges.prefix(2))
  func sparse(problem: Problem) throws {
    let trainer = Trainer(
      loss: problem.loss, penalty: problem.penalty,
      solver: MiniBatch(Momentum(), epochs: 100, batchSize: 16), scaling: .none, threads: 2)
    let fit: Fit<Double> = try trainer.fit(problem.data, as: Double.self)
    let certificate = try #require(fit.certificate)
    expectTrue(certificate, problem)
    #expect(certificate.lowerBound > 0.1 * problem.best, "\(certificate.lowerBound)")
  }

  @Test("with l1 it ends with exact zeros, and above the critical l1 with nothing else")
  func zeros() throws {
    func fit(_ l1: Double) throws -> Fit<Double> {
      try Trainer(
        loss: Hinge(), penalty: L1(l1), solver: AugmentedLagrangian(tolerance: 1e-6), scaling: .none,
        threads: 2
      ).fit(Zoo.kinkedHinges[8].data, as: Double.self)
    }
    let some = try fit(3e-2)
    #expect(some.stopReason == .converged)
    #expect(some.nonzeros > 5 && some.nonzeros < 40)
    let none = try fit(1)
    #expect(none.stopReason == .converged && none.nonzeros == 0)
  }

  @Test("the optimum at margin Δ and l2 λ is Δ times that at margin 1 and l2 λ·Δ")
  func margins() throws {
    let problem = Zoo.smoothHinges[0]
    let wide: Fit<Double> = try fit(problem.with { $0.loss = Hinge(margin: 4) }, tolerance: 1e-9)
    let unit: Fit<Double> = try fit(problem.with { $0.penalty = L2(4e-2) }, tolerance: 1e-9)
    #expect(abs(wide.objective - 4 * unit.objective) <= 1e-8 * wide.objective)
    for (a, b) in zip(wide.parameters, unit.parameters) { #expect(abs(a - 4 * b) < 1e-3) }
  }

  @Test("a time limit of a millisecond ends it soon")
  func timeLimit() throws {
    let digits = try #require(Zoo.smoothHinges.last)
    var trainer = digits.trainer(AugmentedLagrangian(tolerance: 1e-9), threads: 2)
    trainer.timeLimit = .milliseconds(1)
    let fit: Fit<Float> = try trainer.fit(digits.data)
    #expect(fit.stopReason == .timeLimit && fit.seconds < 5)
    expectTrue(try #require(fit.certificate), digits)
  }

  @Test("a tolerance beyond the arithmetic ends with the gap reached")
  func stalls() throws {
    let fit: Fit<Float> = try fit(Zoo.smoothHinges[0], tolerance: 1e-15)
    #expect(fit.stopReason == .stalled || fit.stopReason == .finished)
    let certificate = try #require(fit.certificate)
    expectTrue(certificate, Zoo.smoothHinges[0])
    #expect(certificate.relativeGap < 1e-7)
  }

  @Test("the history names passes, falling objectives and gaps that hold")
  func history() throws {
    let problem = Zoo.smoothHinges[0]
    let fit: Fit<Double> = try fit(problem, tolerance: 1e-6)
    for (now, next) in zip(fit.history, fit.history.dropFirst()) {
      #expect(next.passes > now.passes && next.objective <= now.objective)
    }
    for line in fit.history {
      let gap = try #require(line.gap)
      #expect(line.objective - gap <= problem.best + 1e-9)
    }
  }

  private func expectTrue(_ certificate: Certificate, _ problem: Problem) {
    let slack = 1e-9
    #expect(certificate.lowerBound <= problem.best + slack, "no lower bound")
    #expect(certificate.objective >= problem.best - slack, "below the optimum")
  }

  private func fit<Element: KernelScalar>(
    _ problem: Problem, tolerance: Double, threads: Int = 2
  ) throws -> Fit<Element> {
    var trainer = problem.trainer(AugmentedLagrangian(tolerance: tolerance), threads: threads)
    trainer.timeLimit = nil
    return try trainer.fit(problem.data, as: Element.self)
  }
}

extension Problem {
  /// The optimum, which is known of the hinge's problems.
  fileprivate var best: Double { optimum! }
}
