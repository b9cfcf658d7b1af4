import Descent
import Foundation
import Testing

/// Penalties that treat features differently: bounds, factors and groups, against optima that programs of others found.
/// Tests/References/feature_penalties.py computed these.
@Suite("Penalties on single features")
struct FeaturePenaltyLaws {
  /// A problem on the plain waves of the zoo, the smallest objective and the weights there.
  struct Known: Sendable, CustomTestStringConvertible {
    let loss: String
    let penalty: any Penalty
    let best: Double
    let weights: [Double]
    var testDescription: String { "\(loss), \(penalty.settings.map { "\($0.name) \($0.text)" })" }

    init(_ loss: String, _ penalty: any Penalty, _ best: Double, _ weights: [Double]) {
      (self.loss, self.penalty, self.best, self.weights) = (loss, penalty, best, weights)
    }

    var problem: Problem {
      Problem(
        kind: "plain", loss: Losses.named(loss)!, penalty: penalty, rows: Zoo.waves("plain"), optimum: best)
    }
  }

  static let bounded = [
    Known(
      "squared",
      FeatureElasticNet(bounds: [
        "1": 0...(.infinity), "2": -0.5...0.5, "3": -.infinity...0.3, "4": 0.25...(.infinity),
      ]), 4.034720611652024,
      [0.6773751544964429, -0.08550111759041082, 0.3, 0.25, 0.33131273156978447]),
    Known(
      "squared", FeatureElasticNet(bounds: ["*": 0...(.infinity)]), 3.7640969596890383,
      [0.7391310642493861, 0, 1.227779569493151, 0.024845936205305452, 0.27507014176296324]),
    Known(
      "logistic", FeatureElasticNet(l2: 0.02, bounds: ["*": 0...0.4]), 0.6134929793706313,
      [0.4, 0, 0, 0.163450437227077, 0]),
    Known(
      "softmax", FeatureElasticNet(l2: 0.02, bounds: ["*": -0.1...0.2]), 1.0205262677355715,
      [
        -0.1, 0.10890829877003211, 0.2, -0.1, 0.09912441589879076, 0.2, -0.06291029038005529, -0.1,
        0.18669818167087035, -0.03553701207321675, -0.1, -0.0459980064332687, -0.1, 0.2,
        -0.06358740423654866,
      ]),
  ]

  static let factors: [String: Double] = ["1": 0, "3": 2, "4": 0.5, "5": 3]
  static let factored = [
    Known(
      "squared", FeatureElasticNet(l1: 0.05, factors: factors), 3.8970792627529383,
      [0.7146231970554149, 0, 1.0454075918653345, 0, 0]),
    Known(
      "squared", FeatureElasticNet(l2: 0.05, factors: factors), 3.8309731289390276,
      [0.7209249789505809, -0.04575468038489848, 1.0245976385672049, -0.02953224133861892, 0.224305573516255]
    ),
    Known(
      "squared", FeatureElasticNet(l1: 0.04, l2: 0.02, factors: factors), 3.8971676618244513,
      [0.7138544287385852, 0, 1.006425018908191, 0, 0.03995269755505587]),
    Known(
      "logistic", FeatureElasticNet(l1: 0.05, factors: factors), 0.569329128738464,
      [1.3712789854561325, 0, 0, 0, 0]),
    Known(
      "logistic", FeatureElasticNet(l2: 0.05, factors: factors), 0.5645302475249311,
      [
        1.3730441979536459, -0.035479535079459, -0.1580410013113483, 0.1564927615503787,
        -0.030030706011984574,
      ]
    ),
    Known(
      "softmax", FeatureElasticNet(l1: 0.05, factors: factors), 0.9911199942115669,
      [
        -0.42740292659363, 0, 0, -0.44597178493355816, 0, 0.9174929095070166, 0, 0, 0, 0,
        -0.49008998291336503,
        0, 0, 0, 0,
      ]),
    Known(
      "softmax", FeatureElasticNet(l1: 0.04, l2: 0.02, factors: factors), 0.9898507236018029,
      [
        -0.42672171739668535, 0, 0, -0.4377041480368963, 0, 0.9167142552510934, 0, 0, 0, 0,
        -0.4899925378544406, 0, 0, 0.027188881780462353, 0,
      ]),
  ]

  static let grouped = [
    Known(
      "softmax", GroupPenalty(0.03, l1: 0.01, l2: 0.01, groups: [["1", "2"], ["4", "5"]]), 1.0697006368455475,
      [
        -0.14163979068727026, 0.04816927831901689, 0.17267361769071052, 0, 0, 0.4016928200452198, 0,
        -0.06287985717364551, 0, 0, -0.19959758111941522, 0, -0.07312636724679879, 0, 0,
      ]),
    Known(
      "squared", GroupPenalty(0.03, l1: 0.01, l2: 0.01, groups: [["1", "2"], ["4", "5"]]), 3.867279360838856,
      [0.6094336582214194, -0.019369350829315474, 1.1224688930299904, 0, 0.16991866698159117]),
  ]

  @Test("the optimum of others is found, and proved", arguments: bounded + factored + grouped)
  func optimum(_ known: Known) throws {
    let problem = known.problem
    // To where rounding ends it: weights to 1e-6 are a gap of 1e-14.
    let fit = try problem.trainer(Automatic(tolerance: 1e-15)).fit(problem.data, as: Double.self)
    #expect(abs(fit.objective - known.best) <= 1e-9 * known.best, "\(fit.objective) for \(known.best)")
    let certificate = try #require(fit.certificate)
    #expect(
      certificate.lowerBound <= known.best + 1e-11 && certificate.relativeGap <= 1e-10, "\(certificate)")
    let weights = fit.model.parameters.prefix(known.weights.count)
    for (w, other) in zip(weights, known.weights) { #expect(abs(w - other) < 1e-6, "\(weights)") }
  }

  @Test("a bound on the optimum holds wherever it is proved", arguments: bounded + factored + grouped)
  func roughFits(_ known: Known) throws {
    let problem = known.problem
    for steps in [0, 1, 5, 20] {
      let solver = GradientDescent(tolerance: 0, mostSteps: steps)
      let fit = try problem.trainer(solver).fit(problem.data, as: Double.self)
      if let bound = fit.certificate?.lowerBound { #expect(bound <= known.best + 1e-12, "\(steps)") }
      #expect(fit.objective >= known.best - 1e-12)
    }
  }

  @Test("written weights keep to the bounds, in the unit of the data", arguments: ["plain", "scales"])
  func units(kind: String) throws {
    for scaling in [ScalingChoice.none, .standard, .factor(0.3)] {
      let bounds: [String: ClosedRange<Double>] = ["1": 0.1...0.7, "3": -0.001...0.02, "*": -.infinity...0]
      let data = Zoo.waves(kind).data(for: SquaredError())
      let trainer = Trainer(
        loss: SquaredError(), penalty: FeatureElasticNet(l2: 1e-3, bounds: bounds), scaling: scaling,
        threads: 1)
      func check(_ weights: [Double]) {
        for (j, w) in weights.prefix(5).enumerated() {
          let range = bounds["\(j + 1)"] ?? bounds["*"]!
          #expect(range.contains(w), "feature \(j + 1): \(w) under \(scaling)")
        }
      }
      check(try trainer.fit(data, as: Double.self).model.parameters)
      // 0.7 of Float is a little less, 0.1 a little more.
      check(try trainer.fit(data, as: Float.self).model.parameters.map { Double($0) })
    }
  }

  @Test(
    "equal factors are another strength, for each solver", arguments: Instances.solvers(1e-9).indices,
    [(0.02, 0.0), (0.0, 0.02)])
  func equalFactors(_ index: Int, _ strength: (l1: Double, l2: Double)) throws {
    let solver = Instances.solvers(1e-9)[index]
    for loss in ["squared", "softmax", "hinge"] {
      var problem = Problem(
        kind: "plain", loss: Losses.named(loss)!,
        penalty: ElasticNet(l1: 3 * strength.l1, l2: 3 * strength.l2), rows: Zoo.waves("plain"))
      guard problem.isFor(solver) else { continue }
      let plain = try problem.trainer(solver).fit(problem.data, as: Double.self)
      problem.penalty = FeatureElasticNet(l1: strength.l1, l2: strength.l2, factors: ["*": 3])
      let fit = try problem.trainer(solver).fit(problem.data, as: Double.self)
      #expect(abs(fit.objective - plain.objective) <= 1e-6 * plain.objective, "\(loss)")
      #expect(try #require(fit.certificate).relativeGap <= 1e-6)
    }
  }

  @Test("batches keep to bounds and factors too", arguments: [Adam(), Momentum()] as [any UpdateRule])
  func batches(_ rule: any UpdateRule) throws {
    for known in [Self.bounded[2], Self.factored[2], Self.grouped[0]] {
      let problem = known.problem
      let solver = MiniBatch(rule, epochs: 600, batchSize: 24, learningRate: 0.05, schedule: .cosine)
      let fit = try problem.trainer(solver).fit(problem.data, as: Double.self)
      #expect(fit.objective <= known.best * (1 + 1e-4), "\(fit.objective) for \(known.best)")
      #expect(fit.objective >= known.best - 1e-12)
    }
  }

  @Test("an infinite factor is the feature left out")
  func leftOut() throws {
    let rows = Zoo.waves("plain")
    let data = rows.data(for: SquaredError())
    var trainer = Trainer(
      loss: SquaredError(), penalty: FeatureElasticNet(l1: 0.03, factors: ["2": .infinity]),
      solver: GradientDescent(tolerance: 1e-10), scaling: .none, threads: 1)
    let fit = try trainer.fit(data, as: Double.self)
    var without = rows
    without.x = rows.x.map { [$0[0]] + $0[2...] }
    trainer.penalty = L1(0.03)
    let other = try trainer.fit(without.data(for: SquaredError()), as: Double.self)
    #expect(abs(fit.objective - other.objective) <= 1e-9 && fit.model.parameters[1] == 0)
  }

  @Test("adaptive factors are the weights' inverses, and leave out more")
  func adaptive() throws {
    let data = Zoo.waves("plain").data(for: Softmax())
    var trainer = Trainer(penalty: L1(0.03), scaling: .none, threads: 1)
    let first = try trainer.fit(data, as: Double.self)
    let factors = first.model.adaptiveFactors(power: 2)
    for j in 0..<5 {
      let square = (0..<3).reduce(0.0) { $0 + pow(first.model.parameters[$1 * 5 + j], 2) }
      #expect(factors["\(j + 1)"] == 1 / square || abs(factors["\(j + 1)"]! * square - 1) < 1e-12)
    }
    trainer.penalty = FeatureElasticNet(l1: 0.03, factors: factors)
    let second = try trainer.fit(data, as: Double.self)
    #expect(second.isProved && second.nonzeros <= first.nonzeros)
    for j in 0..<15 where first.model.parameters[j] == 0 && factors["\(j % 5 + 1)"] == .infinity {
      #expect(second.model.parameters[j] == 0)
    }
  }

  @Test("a group of each feature is what a naive twin computes")
  func twin() throws {
    let shape = WeightShape(outputs: 3, inputs: 5)
    let (ours, twin) = (GroupPenalty(0.3 / 3.0.squareRoot()), GroupLasso(0.3))
    for seed in 0..<20 as Range<UInt64> {
      let w = Zoo.numbers(15, seed: seed, scale: 2)
      #expect(abs(ours.value(w.span, shape) - twin.value(w.span, shape)) < 1e-13)
      #expect(abs(ours.reach(w.span, shape) - twin.reach(w.span, shape)) < 1e-13)
      for steps in [
        [Double](repeating: 0.7, count: 15), Zoo.numbers(15, seed: seed + 50).map { abs($0) + 0.1 },
      ] {
        let (moved, other) = (stepped(ours, w, steps), stepped(twin, w, steps))
        #expect(zip(moved, other).allSatisfy { abs($0 - $1) < 1e-12 })
      }
    }
  }

  private func stepped(_ penalty: some ProximablePenalty, _ weights: [Double], _ steps: [Double]) -> [Double]
  {
    var moved = weights
    var span = moved.mutableSpan
    penalty.prox(&span, WeightShape(outputs: 3, inputs: 5), steps: steps.span)
    return moved
  }
}
