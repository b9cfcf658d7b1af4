import Descent
import LinearAlgebra
import Testing

@Suite("What holds of every full-batch solver")
struct SolverLaws {
  /// Losses with a second derivative; each solver's case says which of them it takes.
  static let losses: [any Loss] = [Softmax(), SquaredHinge(), Logistic(), SquaredError(), Huber()]

  private func fit<Element: KernelScalar>(
    _ problem: SolverProblem, _ solver: any Solver, _ loss: any Loss, threads: Int = 1,
    as type: Element.Type
  ) throws -> Fit<Element> {
    let penalty: any Penalty = problem.l2 > 0 ? L2(problem.l2) : NoPenalty()
    return try Trainer(
      loss: loss, penalty: penalty, solver: solver, scaling: problem.scaling, threads: threads,
      timeLimit: .seconds(60)
    ).fit(problem.data(for: loss), as: type)
  }

  @Test("in Double it finds the optimum", arguments: Instances.solvers, SolverProblem.all)
  func optimum(of solver: SolverCase, _ problem: SolverProblem) throws {
    for loss in Self.losses where solver.supports(loss, problem.l2) {
      guard let best = problem.optimum(loss) else { continue }
      let tolerance = problem.l2 > 0 ? 1e-10 : 1e-14
      let fit = try fit(problem, solver.make(tolerance), loss, as: Double.self)
      let place: Comment = "\(solver), \(problem), \(loss.name): \(fit.stopReason)"
      #expect(fit.parameters.allSatisfy { $0.isFinite }, place)
      #expect(abs(fit.objective - best) <= 1e-9 * max(1, best), "\(fit.objective) for \(best): \(place)")
      #expect(fit.stopReason == .converged, place)
      let curvature = max(1, problem.l2)
      #expect(fit.gradientNorm <= 1e-4 * curvature.squareRoot(), "\(fit.gradientNorm): \(place)")
      if let bound = fit.certificate?.lowerBound {
        #expect(bound <= best + 1e-12 * max(1, best), "a bound of \(bound) for \(best): \(place)")
      }
    }
  }

  @Test(
    "in Float it comes near the optimum and never to NaN", arguments: Instances.solvers, SolverProblem.all)
  func single(of solver: SolverCase, _ problem: SolverProblem) throws {
    for loss in Self.losses where solver.supports(loss, problem.l2) {
      guard let best = problem.optimum(loss) else { continue }
      let fit = try fit(problem, solver.make(1e-5), loss, as: Float.self)
      let place: Comment = "\(solver), \(problem), \(loss.name): \(fit.objective) for \(best)"
      #expect(fit.parameters.allSatisfy { $0.isFinite }, place)
      #expect(fit.objective <= best + 3e-5 * max(1, best), place)
    }
  }

  @Test("the bits do not depend on the number of threads", arguments: Instances.solvers)
  func threads(of solver: SolverCase) throws {
    let problem = SolverProblem("many rows", rows: 1500, columns: 6, classes: 3, l2: 1e-2)
    for loss in Self.losses where solver.supports(loss, problem.l2) && loss.columns(classes: 3) == 3 {
      let fits = try [1, 2, 3].map {
        try fit(problem, solver.make(1e-6), loss, threads: $0, as: Float.self)
      }
      #expect(fits[1].parameters == fits[0].parameters, "\(solver), \(loss.name)")
      #expect(fits[2].parameters == fits[0].parameters, "\(solver), \(loss.name)")
      #expect(fits[0].history.map(\.objective) == fits[2].history.map(\.objective))
    }
  }

  @Test("a millisecond's time limit ends it, with a model", arguments: Instances.solvers)
  func timeLimit(of solver: SolverCase) throws {
    let problem = SolverProblem("long", rows: 20_000, columns: 20, classes: 3, l2: 1e-6)
    let loss = Self.losses.first { solver.supports($0, 1e-2) && $0.task == .regression } ?? Softmax()
    let trainer = Trainer(
      loss: loss, penalty: L2(1e-2), solver: solver.make(0), threads: 2, timeLimit: .milliseconds(1))
    let fit: Fit<Float> = try trainer.fit(problem.data(for: loss))
    #expect(fit.stopReason == .timeLimit)
    #expect(fit.parameters.allSatisfy { $0.isFinite })
    #expect(fit.objective.isFinite && fit.certificate != nil)
  }

  @Test("labels with gaps: classes without rows do no harm", arguments: Instances.solvers)
  func gaps(of solver: SolverCase) throws {
    var problem = SolverProblem("overlapping", rows: 60, columns: 4, classes: 3, l2: 1e-2)
    let best = try #require(problem.optimum(Softmax()))
    problem.labels = problem.labels.map { 2 * $0 }
    var data = problem.data(for: Softmax())
    data.classNames = ["a", "b", "c", "d", "e"]
    let loss: any Loss = solver.supports(Softmax(), 1e-2) ? Softmax() : SquaredError()
    let trainer = Trainer(
      loss: loss, penalty: L2(1e-2), solver: solver.make(1e-6), scaling: .none, threads: 1,
      timeLimit: .seconds(60))
    let fit = try trainer.fit(data, as: Double.self)
    #expect(fit.parameters.allSatisfy { $0.isFinite })
    // Softmax gets as near as it likes by ever smaller biases of the two.
    if loss is Softmax { #expect(fit.objective >= best && fit.objective <= best * (1 + 2e-6)) }
    let certificate = try #require(fit.certificate)
    #expect(certificate.relativeGap <= 1e-6)
  }

  @Test("one row to regress on is met by the bias", arguments: Instances.solvers)
  func oneRow(of solver: SolverCase) throws {
    let data = Dataset(
      features: DenseStorage(rows: 1, columns: 3, elements: [1, 2, 3.0][...]), targets: .values([7]))
    for l2 in [0, 1e-2] {
      let fit: Fit<Double> = try Trainer(
        loss: SquaredError(), penalty: L2(l2), solver: solver.make(1e-10), scaling: .none, threads: 1,
        timeLimit: .seconds(60)
      ).fit(data, as: Double.self)
      #expect(fit.objective <= 1e-8, "\(solver), l2 \(l2): \(fit.objective), \(fit.stopReason)")
    }
  }
}
