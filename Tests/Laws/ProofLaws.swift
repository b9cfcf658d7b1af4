import LinearAlgebra
import Testing

@testable import Descent

@Suite("What is proved is true")
struct ProofLaws {
  /// Most dual points do not balance as they come, least of all far from the optimum: then they must be made to, or
  /// prove nothing.
  @Test("a bound holds wherever it is taken", arguments: CertificateProblem.all)
  func bounds(problem: CertificateProblem) throws {
    let data = problem.data
    let model = LinearModel(
      inputs: data.columns, outputs: problem.loss.task == .regression ? 1 : problem.loss.columns(classes: 3))
    let objective = DataObjective<Double>(
      model: model, loss: problem.loss, penalty: problem.penalty, features: data.features,
      targets: data.targets, threads: 1)
    let most = problem.optimum + 1e-9
    for (number, scale) in [0.0, 0.1, 1, 30].enumerated() {
      for (seed, offset) in [0.0, 2, 50, 1e4].enumerated() {
        let seed = UInt64(10 * number + seed)
        let parameters =
          Zoo.numbers(model.weights.count, seed: seed, scale: scale)
          + Zoo.numbers(model.outputs, seed: seed + 100, scale: offset)
        let direction = Zoo.numbers(objective.count, seed: seed + 200, scale: 3)
        let certifier = try #require(Certifier(objective))
        let place: Comment = "weights to \(scale), biases to \(offset)"
        let natural = certifier.certify(parameters)
        #expect(natural.lowerBound <= most, place)
        #expect(natural.objective >= problem.optimum - 1e-9, place)
        guard !(problem.loss is Hinge) else {
          let slopes = RowBuffer<Double>(rows: 24, columns: 3)
          let numbers = Zoo.numbers(72, seed: seed, scale: 2)
          slopes.update(0..<24) { θ in for i in 0..<72 { θ[i] = numbers[i] } }
          #expect(certifier.certify(parameters, multipliers: slopes).lowerBound <= most, place)
          continue
        }
        let tight = certifier.certify(parameters, start: parameters, direction: direction)
        #expect(tight.lowerBound <= most, place)
      }
    }
  }

  static let fullBatch: [any Solver] = [
    Automatic(), Newton(), LBFGS(), GradientDescent(), ProximalNewton(),
  ]

  @Test("Huber's loss finds targets far from 0", arguments: [10.0, 100, 1000, 1e6])
  func huber(mean: Double) throws {
    let data = ProofProblems.farTargets(mean: mean)
    for problem in ProofProblems.far {
      for solver in Self.fullBatch
      where solver.refusal(loss: Huber(), penalty: problem.penalty, isLinear: true) == nil {
        let trainer = Trainer(loss: Huber(), penalty: problem.penalty, solver: solver, threads: 1)
        let place: Comment = "\(solver.name), l1 \(problem.l1), l2 \(problem.l2)"
        let fit: Fit<Double> = try trainer.fit(data, as: Double.self)
        #expect(fit.isProved && fit.stopReason == .converged, place)
        #expect(abs(fit.objective - problem.optimum) <= 1e-4 * problem.optimum, place)
        #expect(try #require(fit.certificate).lowerBound <= problem.optimum + 1e-8, place)
        // Scores of a million have steps of a sixteenth in Float.
        guard mean <= 1000 else { continue }
        let single: Fit<Float> = try trainer.fit(data)
        #expect(abs(single.objective - problem.optimum) <= 2e-4 * problem.optimum, place)
      }
    }
  }

  @Test(
    "without a penalty 'converged' is proved, and the optimum", arguments: ProofProblems.Singular.allCases)
  func unpenalised(problem: ProofProblems.Singular) throws {
    let losses: [any Loss] = [SquaredError(), Huber(), Softmax(), Logistic(), SquaredHinge()]
    for loss in losses {
      let optimum = try #require(problem.optima[loss.name])
      for solver in [Automatic(), Newton(), LBFGS()] as [any Solver] {
        let place: Comment = "\(loss.name) by \(solver.name)"
        let fit: Fit<Double> = try Trainer(loss: loss, penalty: NoPenalty(), solver: solver, threads: 1)
          .fit(problem.data(for: loss), as: Double.self)
        #expect(fit.stopReason == .converged && fit.isProved, place)
        #expect(abs(fit.objective - optimum) <= 1e-4 * optimum, "\(fit.objective) for \(optimum): \(place)")
        #expect(try #require(fit.certificate).lowerBound <= optimum * (1 + 1e-9), place)
      }
    }
  }

  @Test("near a wrong end of a valley nothing is proved")
  func valley() throws {
    let data = ProofProblems.Singular.nearCopies.data(for: SquaredError())
    for loss in [SquaredError(), Huber()] as [any Loss] {
      let objective = DataObjective<Double>(
        model: LinearModel(inputs: 2, outputs: 1), loss: loss, penalty: NoPenalty(),
        features: data.features, scaling: .standard(of: data.features), targets: data.targets, threads: 1)
      let test = try #require(UnpenalisedTest(objective))
      // The best weights that are equal: the gradient along their difference is all there is.
      let (certificate, isEndless) = test.judge([0.42, 0.42, 0])
      #expect(certificate.map { $0.relativeGap > 0.5 } ?? true, "\(loss.name)")
      #expect(certificate.map { $0.lowerBound <= 0.0016071791 } ?? true, "\(loss.name)")
      #expect(!isEndless)
    }
  }

  @Test("classes that can be told apart have no minimum", arguments: [true, false])
  func separable(wholly: Bool) throws {
    let data = ProofProblems.separable(wholly: wholly)
    for loss in [Softmax(), Logistic()] as [any Loss] {
      for solver in [Automatic(), Newton(), LBFGS(), GradientDescent()] as [any Solver] {
        let trainer = Trainer(loss: loss, penalty: NoPenalty(), solver: solver, threads: 1)
        let fit: Fit<Float> = try trainer.fit(data)
        #expect(fit.stopReason == .noMinimum && !fit.isProved, "\(loss.name) by \(solver.name)")
        #expect(fit.parameters.allSatisfy { $0.isFinite && abs($0) < 1e3 })
        var penalised = trainer
        penalised.penalty = L2(1e-3)
        #expect(try (penalised.fit(data) as Fit<Float>).isProved)
      }
    }
    // Margins can be met.
    guard wholly else { return }
    let fit: Fit<Double> = try Trainer(loss: SquaredHinge(), penalty: NoPenalty(), threads: 1).fit(
      data, as: Double.self)
    #expect(fit.stopReason == .converged && fit.isProved && fit.objective < 1e-12)
  }

  @Test("a constant target is met, and that is proved", arguments: [5.5, 5.3, -1e6, 0, 1e-3])
  func constant(value: Double) throws {
    let data = ProofProblems.constant(value)
    for loss in [SquaredError(), Huber()] as [any Loss] {
      for penalty in [L2(1e-4), NoPenalty(), L1(1e-3)] as [any Penalty] {
        for solver in Self.fullBatch + [Direct()]
        where solver.refusal(loss: loss, penalty: penalty, isLinear: true) == nil {
          let fit: Fit<Double> = try Trainer(loss: loss, penalty: penalty, solver: solver, threads: 1)
            .fit(data, as: Double.self)
          let place: Comment = "\(loss.name), \(penalty.name) by \(solver.name): \(fit.objective)"
          #expect(fit.isProved && fit.stopReason == .converged, place)
          #expect(fit.objective <= 1e-20 * max(1, value * value), place)
          #expect(fit.model.evaluate(on: data, loss: loss).r2 == nil)
        }
      }
    }
  }

  /// Finds good parameters, tells of them and goes astray.
  private struct Wanderer: Solver {
    let name = "wanderer"
    let end: Double

    func minimize<Element: KernelScalar>(
      _ objective: DataObjective<Element>, from parameters: inout [Element], seed: UInt64, monitor: Monitor
    ) throws(SolverRefusal) -> Outcome {
      let found = try LBFGS().minimize(objective, from: &parameters, seed: seed, monitor: monitor)
      parameters = parameters.map { _ in Element(end) }
      return found
    }
  }

  @Test("no fit ends at a point worse than the best it has seen", arguments: [1.0, -300])
  func best(end: Double) throws {
    let data = Zoo.classes(rows: 100, features: 4, classes: 3, seed: 5)
    let best: Fit<Float> = try Trainer(solver: LBFGS()).fit(data)
    let fit: Fit<Float> = try Trainer(solver: Wanderer(end: end)).fit(data)
    #expect(fit.objective <= best.objective && fit.isProved)
  }
}
