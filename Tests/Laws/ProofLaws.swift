import LinearAlgebra
import Testing

@testable import Descent

@Suite("What is proved is true")
struct ProofLaws {
  /// Most dual points do not balance as they come, least of all far from the optimum: then they must be made to, or
  /// prove nothing.
  @Test("a bound holds wherever it is taken", arguments: Zoo.waves)
  func bounds(problem: Problem) throws {
    let data = problem.data
    let model = LinearModel(
      inputs: data.columns, outputs: problem.loss.task == .regression ? 1 : problem.loss.columns(classes: 3))
    let objective = DataObjective<Double>(
      model: model, loss: problem.loss, penalty: problem.penalty, features: data.features,
      targets: data.targets, threads: 1)
    let optimum = try #require(problem.optimum)
    let most = optimum + 1e-9
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
        #expect(natural.objective >= optimum - 1e-9, place)
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

  private static func all(_ problems: [Problem]) -> [SolverCase] {
    SolverCase.all(problems) { _ in Instances.solvers(1e-4) + [Automatic()] }
  }

  @Test(
    "Huber's loss finds targets far from 0, and without a penalty 'converged' is the optimum",
    arguments: foundCases)
  func found(_ test: SolverCase) throws {
    let (fit, optimum) = (try test.fit(), try #require(test.problem.optimum))
    #expect(fit.isProved && fit.stopReason == .converged)
    #expect(abs(fit.objective - optimum) <= 1e-4 * optimum, "\(fit.objective) for \(optimum)")
    #expect(try #require(fit.certificate).lowerBound <= optimum + test.problem.slack)
  }

  static let foundCases = all(Zoo.farTargets + Zoo.singular).filter(\.isWithinReach)

  /// Scores of a million have steps of a sixteenth in Float.
  @Test("and so in Float, while its scores are fine enough", arguments: foundInFloatCases)
  func foundInFloat(_ test: SolverCase) throws {
    let (fit, optimum) = (try test.fit(as: Float.self), try #require(test.problem.optimum))
    #expect(abs(fit.objective - optimum) <= 2e-4 * optimum)
  }

  static let foundInFloatCases = all(Zoo.farTargets).filter { $0.problem.rows.values[0] < 1e4 }

  @Test("near a wrong end of a valley nothing is proved")
  func valley() throws {
    let data = try #require(Zoo.singular.first { $0.kind == "near copies" && $0.loss is SquaredError }).data
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

  @Test(
    "classes that can be told apart have no minimum, and with a penalty they have", arguments: separableCases)
  func separable(_ test: SolverCase) throws {
    let fit = try test.fit(as: Float.self)
    #expect(fit.stopReason == .noMinimum && !fit.isProved, "\(fit.stopReason)")
    #expect(fit.parameters.allSatisfy { $0.isFinite && abs($0) < 1e3 })
    #expect(try test.with { $0.penalty = L2(1e-3) }.fit(as: Float.self).isProved)
  }

  static let separableCases = all(
    ([Softmax(), Logistic()] as [any Loss]).flatMap { loss in
      [true, false].map {
        Problem(
          kind: $0 ? "separable" : "separable in part", loss: loss, penalty: NoPenalty(),
          rows: Zoo.separable(wholly: $0), scaling: .standard)
      }
    })

  @Test("margins can be met", arguments: all([metMargins]))
  func margins(_ test: SolverCase) throws {
    let fit = try test.fit()
    #expect(fit.stopReason == .converged && fit.isProved && fit.objective < 1e-12)
  }

  static let metMargins = Problem(
    kind: "separable", loss: SquaredHinge(), penalty: NoPenalty(), rows: Zoo.separable(wholly: true),
    scaling: .standard)

  @Test("a constant target is met, and that is proved", arguments: constantCases)
  func constant(_ test: SolverCase) throws {
    let (fit, value) = (try test.fit(), test.problem.rows.values[0])
    #expect(fit.isProved && fit.stopReason == .converged, "\(fit.stopReason)")
    #expect(fit.objective <= 1e-20 * max(1, value * value), "\(fit.objective)")
    #expect(fit.model.evaluate(on: test.problem.data, loss: test.problem.loss).r2 == nil)
  }

  static let constantCases = all(
    Losses.all.filter { $0.task == .regression }.flatMap { loss in
      Instances.penalties(1e-3).flatMap { penalty in
        // All counts 0 have no best mean.
        [5.5, 5.3, -1e6, 0, 1e-3].filter { loss.link == .identity || abs($0) >= 0.5 }.map {
          Problem(
            kind: "all targets \($0)", loss: loss, penalty: penalty, rows: Zoo.constantTarget($0),
            scaling: .standard)
        }
      }.filter { problem in
        // Batches alone come as near as they come.
        Instances.solvers(1e-4).contains { problem.isFor($0) }
      }
    })

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
    let data = Zoo.classes(rows: 100, features: 4, classes: 3, seed: 5).data(for: Softmax())
    let best: Fit<Float> = try Trainer(solver: LBFGS()).fit(data)
    let fit: Fit<Float> = try Trainer(solver: Wanderer(end: end)).fit(data)
    #expect(fit.objective <= best.objective && fit.isProved)
  }
}
