import Descent
import LinearAlgebra
import Testing

@Suite("What holds of every penalty", .serialized)
struct PenaltyLaws {
  private static let shape = WeightShape(outputs: 3, inputs: 5)

  /// Those of all features alike, and some that treat these five differently.
  static let penalties =
    Instances.penalties
    + resolved([
      FeatureElasticNet(l1: 0.3, factors: ["1": 0, "2": 4]), FeatureElasticNet(l2: 0.3, factors: ["5": 0]),
      FeatureElasticNet(l1: 0.2, l2: 0.4, factors: ["1": 0, "3": 2.5]),
      GroupPenalty(0.2, groups: [["1", "4"], ["2", "3"]]),
      GroupPenalty(0.2, l1: 0.3, l2: 0.1, groups: [["1", "2", "5"]]), GroupPenalty(0.2, l1: 0.1),
    ])
  static let kinks = (penalties + bounded).compactMap(\.kinks)
  static let duals = (penalties + bounded).compactMap(\.dual)

  /// Infinite at most weights.
  private static let bounded = resolved([
    FeatureElasticNet(bounds: ["*": 0...(.infinity)]), FeatureElasticNet(l1: 0.2, bounds: ["2": -1...0.5]),
    FeatureElasticNet(l2: 0.5, factors: ["2": 3], bounds: ["1": 0...(.infinity), "4": -.infinity...0.2]),
  ])

  private static func resolved(_ penalties: [any Penalty]) -> [any Penalty] {
    penalties.map { try! $0.resolved(for: PenalisedFeatures(FeatureColumns(features: 5))) }
  }

  private func weights(_ seed: UInt64, scale: Double = 2) -> [Double] {
    Zoo.numbers(Self.shape.count, seed: seed, scale: scale)
  }

  @Test("the value is that of its units, in Float too", arguments: penalties)
  func value(penalty: any Penalty) {
    let w = weights(1)
    let units = penalty.unit.places(in: Self.shape).reduce(0.0) { sum, unit in
      sum + price(penalty, unit.places.map { w[$0] }, unit.shape)
    }
    let value = price(penalty, w)
    #expect(abs(value - units) < 1e-12)
    let single = w.map { Float($0) }
    #expect(abs(penalty.value(single.span, Self.shape) - value) < 1e-5)
    #expect(price(penalty, [Double](repeating: 0, count: w.count)) == 0)
    guard let (l1, l2) = penalty.elasticNet else { return }
    #expect(abs(value - w.reduce(0) { $0 + l1 * abs($1) + l2 / 2 * $1 * $1 }) < 1e-12)
  }

  @Test("the gradient of the smooth part is the numerical one", arguments: penalties)
  func gradient(penalty: any Penalty) {
    let w = weights(2)
    let gradient = smoothGradient(penalty, w)
    func smooth(_ w: [Double]) -> Double {
      guard let kinks = penalty.kinks else { return price(penalty, w) }
      return price(penalty, w) - price(kinks, w)
    }
    for i in w.indices {
      var (up, down) = (w, w)
      up[i] += 1e-5
      down[i] -= 1e-5
      #expect(abs((smooth(up) - smooth(down)) / 2e-5 - gradient[i]) < 1e-7)
    }
  }

  /// What prox takes away, a step, must be a subgradient where it arrives: that is what makes it the minimiser.
  @Test("prox minimises what it says", arguments: kinks, [0.1, 1.0, 7.0])
  func prox(penalty: any ProximablePenalty, step: Double) {
    let w = weights(3, scale: 3)
    for steps in [uniform(step), uneven(step)] {
      let u = penalty.moved(w, Self.shape, steps)
      let slopes = zip(zip(w, u).map { $0 - $1 }, steps).map { $0 / $1 }
      let value = price(penalty, u)
      for seed in 0..<60 as Range<UInt64> {
        let away = weights(seed + 10, scale: [1e-4, 0.1, 4][Int(seed % 3)])
        let other = zip(u, away).map { $0 + $1 }
        #expect(price(penalty, other) >= value + inner(slopes, away) - 1e-12)
      }
    }
  }

  @Test("one step size is as many equal ones", arguments: kinks)
  func oneStep(penalty: any ProximablePenalty) {
    let w = weights(4)
    var moved = w
    var span = moved.mutableSpan
    penalty.prox(&span, Self.shape, step: 0.6)
    let each = penalty.moved(w, Self.shape, uniform(0.6))
    #expect(zip(moved, each).allSatisfy { abs($0 - $1) < 1e-14 })
  }

  @Test("prox draws points together, firmly", arguments: kinks)
  func firmness(penalty: any ProximablePenalty) {
    for seed in 0..<20 as Range<UInt64> {
      let (a, b, steps) = (weights(seed), weights(seed + 30), uneven(1))
      let (u, v) = (penalty.moved(a, Self.shape, steps), penalty.moved(b, Self.shape, steps))
      let moved = zip(u, v).map { $0 - $1 }
      let metric = zip(moved, steps).map { $0 / $1 }
      let (distance, along) = (inner(metric, moved), inner(metric, zip(a, b).map { $0 - $1 }))
      #expect(distance <= along + 1e-12)
    }
  }

  @Test("prox acts on each unit by itself", arguments: kinks)
  func units(penalty: any ProximablePenalty) {
    let (w, steps) = (weights(5), uneven(0.4))
    let moved = penalty.moved(w, Self.shape, steps)
    for unit in penalty.unit.places(in: Self.shape) {
      let own = penalty.moved(unit.places.map { w[$0] }, unit.shape, unit.places.map { steps[$0] })
      #expect(own == unit.places.map { moved[$0] })
    }
  }

  @Test("R(W) + R*(V) ≥ ⟨V, W⟩, with equality where V is a subgradient", arguments: duals)
  func conjugate(penalty: any DualPenalty) {
    for seed in 0..<20 as Range<UInt64> {
      // ∇smooth + (x − u)/step is one at u = prox(x).
      let x = weights(seed, scale: 3)
      var u = x
      if let kinks = penalty.kinks { u = kinks.moved(x, Self.shape, uniform(1)) }
      let kinkSlopes = zip(x, u).map { $0 - $1 }
      let subgradient = zip(smoothGradient(penalty, u), kinkSlopes).map { $0 + $1 }
      #expect(reach(penalty, subgradient) >= 1 - 1e-12)
      let conjugate = penalty.conjugate(subgradient.span, times: 1, Self.shape)
      #expect(abs(price(penalty, u) + conjugate - inner(subgradient, u)) < 1e-12)

      let v = weights(seed + 40, scale: [0.1, 1, 10][Int(seed % 3)])
      let most = reach(penalty, v)
      for t in [most, most / 2] {
        let bound = penalty.conjugate(v.span, times: t, Self.shape)
        for w in [weights(seed + 80), v, v.map { 100 * $0 }, v.map { abs($0) < 0.8 ? 0 : $0 }] {
          let product = t * inner(v, w)
          #expect(price(penalty, w) + bound >= product - 1e-12 * max(1, product))
        }
      }
    }
  }

  @Test("in other units it is price·R(factor·W)", arguments: penalties)
  func scaling(penalty: any Penalty) {
    let w = weights(6)
    let scaled = price(penalty.scaled(by: 0.3, price: 5), w)
    #expect(abs(scaled - 5 * price(penalty, w.map { 0.3 * $0 })) < 1e-12)
  }

  @Test(
    "features in another unit have the penalty of that unit, and the same model", arguments: Instances.duals)
  func units(penalty: any DualPenalty) throws {
    let data = Zoo.waves("plain").data(for: SquaredError())
    var trainer = Trainer(loss: SquaredError(), solver: GradientDescent(tolerance: 1e-10), threads: 1)
    (trainer.penalty, trainer.scaling) = (penalty, .factor(4))
    let scaled = try trainer.fit(data, as: Double.self)
    (trainer.penalty, trainer.scaling) = (penalty.scaled(by: 0.25, price: 1), .none)
    let plain = try trainer.fit(data, as: Double.self)
    #expect(abs(scaled.objective - plain.objective) <= 1e-9 * plain.objective)
    #expect(zip(scaled.model.parameters, plain.model.parameters).allSatisfy { abs($0 - $1) < 1e-4 })
  }

  @Test("what L1 cuts off is exactly zero")
  func zeros() {
    var w: [Float] = [0.29, -0.29, 0.31, -5, 0]
    var span = w.mutableSpan
    L1(0.3).prox(&span, WeightShape(outputs: 1, inputs: 5), step: 1)
    #expect(w[0] == 0 && w[1] == 0 && w[4] == 0 && w[2] > 0 && w[3] == -4.7)
  }

  private func price(_ penalty: any Penalty, _ w: [Double], _ shape: WeightShape = shape) -> Double {
    penalty.value(w.span, shape)
  }

  private func reach(_ penalty: any DualPenalty, _ v: [Double]) -> Double {
    penalty.reach(v.span, Self.shape)
  }

  private func uniform(_ step: Double) -> [Double] { [Double](repeating: step, count: Self.shape.count) }

  private func uneven(_ step: Double) -> [Double] {
    (0..<Self.shape.count).map { step * Double(1 + $0 * 7 % 5) }
  }

  private func inner(_ a: [Double], _ b: [Double]) -> Double { zip(a, b).reduce(0) { $0 + $1.0 * $1.1 } }

  private func smoothGradient(_ penalty: any Penalty, _ w: [Double]) -> [Double] {
    var gradient = [Double](repeating: 10, count: w.count)  // it must be added to
    var span = gradient.mutableSpan
    penalty.addGradient(w.span, Self.shape, to: &span)
    return gradient.map { $0 - 10 }
  }
}

extension ProximablePenalty {
  fileprivate func moved(_ weights: [Double], _ shape: WeightShape, _ steps: [Double]) -> [Double] {
    var moved = weights
    var span = moved.mutableSpan
    prox(&span, shape, steps: steps.span)
    return moved
  }
}

extension WeightUnit {
  /// The places of each unit's weights in a matrix, row-major, and its shape.
  fileprivate func places(in whole: WeightShape) -> [(places: [Int], shape: WeightShape)] {
    let (outputs, inputs) = (whole.outputs, whole.inputs)
    return switch self {
    case .weight: (0..<whole.count).map { ([$0], WeightShape(outputs: 1, inputs: 1)) }
    case .row:
      (0..<outputs).map { c in
        (Array(c * inputs..<(c + 1) * inputs), WeightShape(outputs: 1, inputs: inputs))
      }
    case .column:
      (0..<inputs).map { j in
        ((0..<outputs).map { $0 * inputs + j }, WeightShape(outputs: outputs, inputs: 1))
      }
    case .whole: [(Array(0..<whole.count), whole)]
    }
  }
}
