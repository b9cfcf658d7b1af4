import Descent
import LinearAlgebra
import Testing

private let losses: [any Loss] = [
  Softmax(), Hinge(), SquaredHinge(), Logistic(), SquaredError(), Huber(delta: 0.4),
]
private let penalties: [any Penalty] = [NoPenalty(), L1(0.3), L2(0.7), ElasticNet(l1: 0.2, l2: 0.5)]
private let activations: [any Layer] = [
  ReLU(), LeakyReLU(0.1), Tanh(), Sigmoid(), Dropout(0.4), Affine(6),
]

@Suite("Analytic gradients against numerical ones")
struct GradientCheckTests {
  /// Every combination of layer, loss and penalty.
  @Test(arguments: 0..<6, 0..<6) func combinations(_ layer: Int, _ loss: Int) {
    let loss = losses[loss]
    let outputs = loss.columns(classes: 3)
    let network = Network(inputs: 4, layers: [Affine(5), activations[layer], Affine(outputs)])
    var generator = SeededGenerator(seed: 11)
    let x = (0..<24).map { _ in Double.random(in: -1...1, using: &generator) }
    let θ = (0..<network.layout.count).map { _ in Double.random(in: -1...1, using: &generator) }
    let targets: Targets =
      loss.task == .regression
      ? .values(x[..<(6 * outputs)].map { 2 * $0 }[...], width: outputs)
      : .labels((0..<6).map { _ in Int32.random(in: 0..<Int32(max(2, outputs)), using: &generator) })
    for penalty in penalties {
      let objective = DataObjective<Double>(
        model: network, loss: loss, penalty: penalty,
        features: Matrix(rows: 6, columns: 4, elements: x).storage, targets: targets, threads: 1)
      let report = GradientCheck(coordinates: 40).run(objective, at: θ)
      #expect(report.coordinates.count == network.layout.count)
      #expect(report.passes(tolerance: 1e-7), "\(penalty.name): \(report)\n\(report.worst(3))")
    }
  }

  @Test(arguments: 0..<6) func lossesAndLayersByOneCall(_ i: Int) {
    let loss = GradientCheck().run(losses[i])
    #expect(loss.passes(tolerance: 1e-7), "\(loss)")
    let layer = GradientCheck(coordinates: 50).run(activations[i], inputs: 5)
    #expect(layer.passes(tolerance: 1e-7), "\(layer)")
    let model = GradientCheck().run(
      Network(inputs: 3, layers: [Affine(4), activations[i], Affine(2)]))
    #expect(model.passes(tolerance: 1e-7), "\(model)")
  }

  /// The step is found: functions whose scales differ by 10⁶ are differentiated alike.
  @Test(arguments: [1e-3, 1, 1e3]) func theStepFitsTheFunction(_ scale: Double) {
    var layout = ParameterLayout()
    layout.append("x", shape: [1], isPenalised: false)
    // sin(x/scale) by its series about 0.5
    func sine(_ x: Double) -> Double { x - x * x * x / 6 + x * x * x * x * x / 120 }
    func cosine(_ x: Double) -> Double { 1 - x * x / 2 + x * x * x * x / 24 }
    let report = GradientCheck().run(
      at: [0.5 * scale], gradient: [cosine(0.5) / scale], layout: layout
    ) { sine($0[0] / scale) }
    #expect(report.relativeError < 1e-8, "\(report.coordinates)")
  }

  /// Of values that are large against the derivatives rounding is not held against the gradient; what is more than that is.
  @Test(arguments: [1, 1e4, 1e8, 1e12, 1e16, 1e150]) func largeValues(_ size: Double) throws {
    let data = noisyPlane(rows: 32, features: 5)
    let values = try data.targets.requireValues()
    let objective = DataObjective<Double>(
      model: LinearModel(inputs: 5, outputs: 1), loss: SquaredError(), penalty: L2(0.1),
      features: data.features, targets: .values(values.map { size * (10 + $0) }), threads: 1)
    for parameters in [[0.1, -0.2, 0.3, 0.4, -0.5, 0.6], (1...6).map { size * Double($0) }] {
      let report = GradientCheck().run(objective, at: parameters)
      #expect(report.passes(), "\(report)")
      var gradient = [Double](repeating: 0, count: 6)
      _ = objective.value(at: parameters, gradient: &gradient)
      // A percent of one entry, and the penalty forgotten where it counts.
      for wrong in 0..<6 {
        var broken = gradient
        broken[wrong] += 0.01 * gradient.map(abs).max()!
        let report = GradientCheck().run(at: parameters, gradient: broken, layout: objective.model.layout) {
          objective.meanLoss(at: $0) + objective.penaltyValue(at: $0)
        }
        #expect(!report.passes(), "\(wrong): \(report)")
      }
    }
  }

  @Test func kinksAreNoFailures() {
    var layout = ParameterLayout()
    layout.append("weights", shape: [1, 2], isPenalised: true)
    func check(_ slope: Double) -> GradientReport {
      GradientCheck(directions: 0).run(at: [0, 1], gradient: [slope, 2], layout: layout) {
        max(0, $0[0]) + 2 * $0[1]
      }
    }
    for slope in [0.0, 0.5, 1] {
      #expect(check(slope).kinks.map(\.name) == ["weights[0, 0]"])
      #expect(check(slope).passes())
    }
    // No subgradient: a kink is no excuse for it.
    #expect(!check(-0.5).passes() && !check(1.5).passes())
    // Curved, and no kink.
    let smooth = GradientCheck(directions: 0).run(at: [0, 1], gradient: [0, 2], layout: layout) {
      100 * $0[0] * $0[0] + 2 * $0[1]
    }
    #expect(smooth.kinks.isEmpty && smooth.passes())
  }

  @Test func jacobians() {
    let row = [1.5, -2, 0.25, -0.5]
    let relu = jacobian(of: ReLU(), at: row)
    #expect(relu == [[1, 0, 0, 0], [0, 0, 0, 0], [0, 0, 1, 0], [0, 0, 0, 0]])
    let w: [Double] = [1, 2, 3, 4, 5, 6, 7, 8]
    let affine = jacobian(of: Affine(2), at: row, parameters: w + [9, 9])
    #expect(affine == Matrix(rows: 2, columns: 4, elements: w))
    let numeric = jacobian(of: { [$0[0] * $0[1], $0[1]] }, at: [3, 5])
    for (a, b) in zip(numeric.elements, [5, 3, 0, 1.0]) { #expect(abs(a - b) < 1e-9) }
  }
}
