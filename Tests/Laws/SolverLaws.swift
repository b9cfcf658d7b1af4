import Descent
import LinearAlgebra
import Testing

@Suite("What holds of every solver that sees all rows")
struct SolverLaws {
  static let known = SolverCase.all(Zoo.known).filter(\.isWithinReach)

  @Test("in Double it finds the optimum", arguments: known)
  func optimum(_ test: SolverCase) throws {
    let (fit, problem) = (try test.fit(), test.problem)
    let best = try #require(problem.optimum)
    let place: Comment = "\(fit.objective) for \(best): \(fit.stopReason)"
    #expect(fit.parameters.allSatisfy { $0.isFinite }, place)
    #expect(abs(fit.objective - best) <= max(problem.slack, test.solver.tolerance * best), place)
    // An optimum of 3e-11 leaves no room for more.
    let isTiny = best < 1e-9
    #expect(fit.stopReason == .converged || isTiny, place)
    if problem.penalty.isSmooth, problem.tolerance <= 1e-10 {
      let curvature = max(1, problem.penalty.convexity)
      #expect(fit.gradientNorm <= 1e-4 * curvature.squareRoot(), "\(fit.gradientNorm): \(place)")
    }
    if let certificate = try test.certificate(of: fit) {
      #expect(
        certificate.lowerBound <= best + problem.slack, "a bound of \(certificate.lowerBound): \(place)")
      // Without a penalty bounds have fewer digits than objectives.
      let tolerance = problem.isPenalised ? test.solver.tolerance : max(1e-9, test.solver.tolerance)
      #expect(
        certificate.relativeGap <= tolerance || isTiny && certificate.gap < 1e-11,
        "\(certificate.gap): \(place)")
    }
  }

  @Test("in Float it comes near the optimum and never to NaN", arguments: knownInFloat)
  func single(_ test: SolverCase) throws {
    let (fit, problem) = (try test.fit(as: Float.self), test.problem)
    let best = try #require(problem.optimum)
    let place: Comment = "\(fit.objective) for \(best): \(fit.stopReason)"
    #expect(fit.parameters.allSatisfy { $0.isFinite }, place)
    #expect(fit.objective <= best + (problem.loss is any CurvedLoss ? 3e-5 : 1e-4) * max(1, best), place)
    // The features are rounded to Float: the optimum is that of another problem, a little.
    if let certificate = try test.certificate(of: fit) {
      #expect(certificate.lowerBound <= best + 1e-6 * max(1, best), place)
      let isKinked = !problem.penalty.isSmooth || !(problem.loss is any CurvedLoss)
      #expect(certificate.gap <= max(1e-4 * best, problem.roundingOfKinks) || !isKinked, place)
    }
  }

  /// The digits are fitted in Float, and further, by ``HingeLaws``.
  static let knownInFloat = SolverCase.all(Zoo.known) {
    Instances.solvers(max($0.tolerance, $0.loss is any CurvedLoss ? 1e-5 : 1e-4))
  }.filter { $0.isWithinReach && !$0.problem.isTooFineForFloat && $0.problem.kind != "digits" }

  /// Said before anything is computed, and meant.
  @Test("what it refuses it does not fit", arguments: refused)
  func refusals(_ test: SolverCase) {
    #expect(throws: TrainingError.self) { _ = try test.fit() }
  }

  static let refused = Zoo.unknown.flatMap { problem in
    Instances.solvers(1e-4).filter { !problem.isFor($0) }.map { SolverCase(solver: $0, problem: problem) }
  }

  @Test("the bits do not depend on the number of threads", arguments: manyRows)
  func threads(_ test: SolverCase) throws {
    let fits = try [1, 2, 3].map { try test.fit(as: Float.self, threads: $0) }
    for other in fits.dropFirst() {
      #expect(other.parameters == fits[0].parameters)
      #expect(other.certificate == fits[0].certificate)
      #expect(other.history.map(\.objective) == fits[0].history.map(\.objective))
    }
  }

  static let manyRows = SolverCase.all(
    Instances.penalties(1e-2).filter { !$0.isNone }.flatMap { penalty in
      Losses.all.map {
        Problem(
          kind: "many rows", loss: $0, penalty: penalty, rows: Zoo.noisy(1500, 6, classes: 3),
          tolerance: $0 is any CurvedLoss ? 1e-6 : 1e-2)
      }
    })

  @Test("a millisecond's time limit ends it, with a model", arguments: long)
  func timeLimit(_ test: SolverCase) throws {
    var trainer = test.problem.trainer(test.solver, threads: 2)
    trainer.timeLimit = .milliseconds(1)
    let rows = test.problem.rows.isSparse ? Self.longRows.sparse : Self.longRows
    let fit: Fit<Float> = try trainer.fit(rows.data(for: test.problem.loss))
    #expect(fit.stopReason == .timeLimit)
    #expect(fit.parameters.allSatisfy { $0.isFinite })
    #expect(fit.objective.isFinite)
    if let certificate = try test.certificate(of: fit) {
      #expect(certificate.lowerBound.isFinite && certificate.lowerBound <= certificate.objective)
    }
  }

  static let longRows = Zoo.noisy(20_000, 20, classes: 3)
  /// The first few rows of those: each loss, with one penalty that a solver takes.
  static let long = Losses.all.flatMap { loss in
    let cases = SolverCase.all(
      Instances.penalties(1e-4).filter { !$0.isNone }.map {
        Problem(kind: "long", loss: loss, penalty: $0, rows: Zoo.noisy(9, 20, classes: 3), tolerance: 0)
      })
    return Dictionary(grouping: cases, by: \.solver.words).sorted { $0.key < $1.key }.map { $1[0] }
  }

  @Test("labels with gaps: classes without rows do no harm", arguments: gapsCases)
  func gaps(_ test: SolverCase) throws {
    let fit = try test.problem.trainer(test.solver).fit(test.problem.labelled, as: Double.self)
    #expect(fit.parameters.allSatisfy { $0.isFinite })
    // Softmax gets as near as it likes by ever smaller biases of the two.
    if test.problem.loss is Softmax {
      let best = try #require(Zoo.smooth.first { $0.kind == "overlapping" && $0.loss is Softmax }?.optimum)
      #expect(fit.objective >= best && fit.objective <= best * (1 + 2e-6))
    }
    #expect(try #require(fit.certificate).relativeGap <= 1e-6)
  }

  /// Losses of numbers learn classes too, a number for each.
  static let gapsCases = SolverCase.all(
    Losses.all.filter {
      $0.columns(classes: 5) == 5 && (try? $0.check(.labels([0, 1]), columns: 5)) != nil
    }.map {
      Problem(
        kind: "gaps", loss: $0, penalty: L2(1e-2),
        rows: Zoo.noisy(60, 4, classes: 3).withGaps, tolerance: 1e-6)
    })

  @Test("one row to regress on is met by the bias", arguments: oneRowCases)
  func oneRow(_ test: SolverCase) throws {
    let fit = try test.fit()
    #expect(fit.objective <= 1e-8, "\(fit.objective), \(fit.stopReason)")
  }

  static let oneRowCases = SolverCase.all(
    Losses.all.filter { $0.task == .regression }.flatMap { loss in
      ([NoPenalty(), L2(1e-2)] as [any Penalty]).map { penalty in
        Problem(
          kind: "one row", loss: loss, penalty: penalty,
          rows: Rows(x: [[1, 2, 3]], labels: [], classes: 1, values: [7]), tolerance: 1e-10)
      }
    })
}

extension Rows {
  /// Five classes, of which two have no rows.
  fileprivate var withGaps: Rows {
    var result = labelled { _, label in label % 3 * 2 }
    result.classes = 5
    return result
  }
}

extension Problem {
  /// Whether steps of Float are coarse against what is told apart; ``ProofLaws`` says what is to be had of far targets.
  fileprivate var isTooFineForFloat: Bool { kind == "near copies" || kind.hasPrefix("targets about") }

  /// The data set with labels, whatever the loss learns from by itself.
  fileprivate var labelled: Dataset {
    var data = rows.data(for: Softmax())
    data.features = self.data.features
    return data
  }
}
