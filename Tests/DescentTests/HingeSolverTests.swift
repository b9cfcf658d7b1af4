import Descent
import LinearAlgebra
import Testing

@Suite("The augmented Lagrangian of the hinge")
struct HingeSolverTests {
  @Test(
    "it converges to a certified 1e-6, and the certificate holds",
    arguments: HingeProblem.solvable + HingeProblem.sparse)
  func converges(problem: HingeProblem) throws {
    let fit: Fit<Double> = try fit(problem, tolerance: 1e-6)
    let certificate = try #require(fit.certificate)
    expectTrue(certificate, problem)
    // An optimum of 3e-11 leaves no room for more.
    let isTiny = problem.optimum < 1e-9
    #expect(fit.stopReason == .converged || isTiny)
    #expect(
      certificate.relativeGap <= 1e-6 || (isTiny && certificate.gap < 1e-11),
      "\(certificate.relativeGap) after \(fit.history.count) looks")
    #expect(abs(certificate.objective - fit.objective) <= 1e-12 * fit.objective)
  }

  @Test("where it is degenerate the bound holds all the same", arguments: HingeProblem.degenerate)
  func degenerate(problem: HingeProblem) throws {
    let fit: Fit<Double> = try fit(problem, tolerance: 1e-6)
    let certificate = try #require(fit.certificate)
    expectTrue(certificate, problem)
    #expect(certificate.gap <= 1e-3 * problem.optimum + 1e-6, "\(certificate.gap), \(fit.stopReason)")
  }

  @Test(
    "in Float it converges to a certified 1e-4, or to what rounded parameters can be",
    arguments: HingeProblem.solvable + HingeProblem.sparse)
  func single(problem: HingeProblem) throws {
    try expectConverges(problem, tolerance: 1e-4)
  }

  @Test(
    "in Float it goes on where Float ends", arguments: HingeProblem.solvable + HingeProblem.sparse.prefix(3))
  func refines(problem: HingeProblem) throws {
    try expectConverges(problem, tolerance: problem.l1 > 0 ? 1e-6 : 1e-9)
  }

  private func expectConverges(_ problem: HingeProblem, tolerance: Double) throws {
    let fit: Fit<Float> = try fit(problem, tolerance: tolerance)
    let certificate = try #require(fit.certificate)
    expectTrue(certificate, problem)
    // What parameters in Float cost whose margins would be at a kink.
    let rounding = 2e-7 * problem.margin
    #expect(
      certificate.gap <= max(tolerance * problem.optimum, rounding),
      "\(certificate.gap), \(fit.stopReason), \(fit.history.count) looks")
    #expect(fit.parameters.allSatisfy { $0.isFinite })
  }

  @Test("a fit that other solvers made has a bound that holds", arguments: HingeProblem.solvable)
  func certifies(problem: HingeProblem) throws {
    let trainer = Trainer(
      loss: Hinge(margin: problem.margin), penalty: problem.penalty,
      solver: MiniBatch(Momentum(), epochs: 20, batchSize: 16), scaling: .none, threads: 2)
    let fit: Fit<Double> = try trainer.fit(problem.data, as: Double.self)
    expectTrue(try #require(fit.certificate), problem)
  }

  @Test("with l1 batches have a bound too", arguments: HingeProblem.sparse.prefix(2))
  func sparse(problem: HingeProblem) throws {
    let trainer = Trainer(
      loss: Hinge(margin: problem.margin), penalty: problem.penalty,
      solver: MiniBatch(Momentum(), epochs: 100, batchSize: 16), scaling: .none, threads: 2)
    let fit: Fit<Double> = try trainer.fit(problem.data, as: Double.self)
    let certificate = try #require(fit.certificate)
    expectTrue(certificate, problem)
    #expect(certificate.lowerBound > 0.1 * problem.optimum, "\(certificate.lowerBound)")
  }

  @Test("with l1 it ends with exact zeros, and above the critical l1 with nothing else")
  func zeros() throws {
    func fit(_ l1: Double) throws -> Fit<Double> {
      try Trainer(
        loss: Hinge(), penalty: L1(l1), solver: AugmentedLagrangian(tolerance: 1e-6), scaling: .none,
        threads: 2
      ).fit(HingeProblem.sparse[8].data, as: Double.self)
    }
    let some = try fit(3e-2)
    #expect(some.stopReason == .converged)
    #expect(some.nonzeros > 5 && some.nonzeros < 40)
    let none = try fit(1)
    #expect(none.stopReason == .converged && none.nonzeros == 0)
  }

  @Test("the optimum at margin Δ and l2 λ is Δ times that at margin 1 and l2 λ·Δ")
  func margins() throws {
    let problem = HingeProblem.solvable[0]
    let wide: Fit<Double> = try fit(problem, margin: 4, l2: 1e-2, tolerance: 1e-9)
    let unit: Fit<Double> = try fit(problem, margin: 1, l2: 4e-2, tolerance: 1e-9)
    #expect(abs(wide.objective - 4 * unit.objective) <= 1e-8 * wide.objective)
    for (a, b) in zip(wide.parameters, unit.parameters) { #expect(abs(a - 4 * b) < 1e-3) }
  }

  @Test("the same bits on 1, 2 and 3 threads")
  func threads() throws {
    // Rows enough for several lanes.
    let digits = HingeProblem(name: "many digits", rows: .digits.times(4), l2: 1e-3, optimum: 0.0143318)
    let fits: [Fit<Float>] = try [1, 2, 3].map { try fit(digits, tolerance: 1e-2, threads: $0) }
    #expect(fits[0].history.count > 5)
    for other in fits.dropFirst() {
      #expect(other.parameters == fits[0].parameters)
      #expect(other.certificate == fits[0].certificate)
      #expect(other.history.map(\.objective) == fits[0].history.map(\.objective))
    }
  }

  @Test("a time limit of a millisecond ends it, with a certificate")
  func timeLimit() throws {
    let digits = try #require(HingeProblem.solvable.last)
    let fit: Fit<Float> = try fit(digits, tolerance: 1e-9, timeLimit: .milliseconds(1))
    #expect(fit.stopReason == .timeLimit)
    expectTrue(try #require(fit.certificate), digits)
    #expect(fit.seconds < 5)
  }

  @Test("a tolerance beyond the arithmetic ends with the gap reached")
  func stalls() throws {
    let fit: Fit<Float> = try fit(HingeProblem.solvable[0], tolerance: 1e-15)
    #expect(fit.stopReason == .stalled || fit.stopReason == .finished)
    let certificate = try #require(fit.certificate)
    expectTrue(certificate, HingeProblem.solvable[0])
    #expect(certificate.relativeGap < 1e-7)
  }

  @Test("the history names passes, falling objectives and gaps that hold")
  func history() throws {
    let problem = HingeProblem.solvable[0]
    let fit: Fit<Double> = try fit(problem, tolerance: 1e-6)
    for (now, next) in zip(fit.history, fit.history.dropFirst()) {
      #expect(next.passes > now.passes && next.objective <= now.objective)
    }
    for line in fit.history {
      let gap = try #require(line.gap)
      #expect(line.objective - gap <= problem.optimum + 1e-9)
    }
  }

  @Test(
    "what is not its own it refuses",
    arguments: [(Softmax(), L2(1e-2)), (Hinge(), NoPenalty())] as [(any Loss, any Penalty)])
  func refuses(loss: any Loss, penalty: any Penalty) {
    let trainer = Trainer(loss: loss, penalty: penalty, solver: AugmentedLagrangian(), threads: 1)
    #expect(throws: TrainingError.self) {
      let _: Fit<Double> = try trainer.fit(HingeProblem.solvable[0].data, as: Double.self)
    }
  }

  private func expectTrue(_ certificate: Certificate, _ problem: HingeProblem) {
    let slack = 1e-9
    #expect(certificate.lowerBound <= problem.optimum + slack, "\(problem.name): no lower bound")
    #expect(certificate.objective >= problem.optimum - slack, "\(problem.name): below the optimum")
  }

  private func fit<Element: KernelScalar>(
    _ problem: HingeProblem, margin: Double? = nil, l2: Double? = nil, tolerance: Double, threads: Int = 2,
    timeLimit: Duration? = nil
  ) throws -> Fit<Element> {
    let trainer = Trainer(
      loss: Hinge(margin: margin ?? problem.margin), penalty: l2.map { L2($0) } ?? problem.penalty,
      solver: AugmentedLagrangian(tolerance: tolerance), scaling: .none, threads: threads,
      timeLimit: timeLimit)
    return try trainer.fit(problem.data, as: Element.self)
  }
}
