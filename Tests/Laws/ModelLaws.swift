import Descent
import LinearAlgebra
import Testing

@Suite("What holds of every model")
struct ModelLaws {
  /// Scores of a block, and the gradient that goes with given ∂L/∂S.
  private func run(
    _ model: any Model, _ x: [Double], _ parameters: [Double], slope: [Double]?
  ) -> (scores: [Double], gradient: [Double]) {
    let rows = x.count / model.inputs
    var workspace = model.workspace(rows: rows, of: Double.self)
    let block = FeatureBlock(Matrix(rows: rows, columns: model.inputs, elements: x))
    model.forward(block, parameters: parameters.span, workspace: &workspace)
    let scores = workspace.scores
    var gradient = [Double](repeating: 0, count: parameters.count)
    if let slope {
      workspace.scores = slope
      var span = gradient.mutableSpan
      model.backward(
        block, parameters: parameters.span, workspace: &workspace, scale: 1, gradient: &span)
    }
    return (scores, gradient)
  }

  private func parameters(_ model: any Model, seed: UInt64) -> [Double] {
    Zoo.numbers(model.layout.count, seed: seed)
  }

  @Test("the analytic gradient is the numerical one", arguments: Instances.models)
  func gradient(model: any Model) {
    let rows = 4
    let x = Zoo.numbers(rows * model.inputs, seed: 1)
    let slope = Zoo.numbers(rows * model.outputs, seed: 2)
    let θ = parameters(model, seed: 3)
    let gradient = run(model, x, θ, slope: slope).gradient
    // L(θ) = Σ slope · scores(θ) has exactly that gradient.
    func value(_ θ: [Double]) -> Double {
      zip(run(model, x, θ, slope: nil).scores, slope).reduce(0) { $0 + $1.0 * $1.1 }
    }
    for i in θ.indices {
      var (up, down) = (θ, θ)
      up[i] += 1e-4
      down[i] -= 1e-4
      let numeric = (value(up) - value(down)) / 2e-4
      #expect(abs(numeric - gradient[i]) < 1e-7 * max(1, abs(numeric)), "\(model.layout.describe(i))")
    }
  }

  @Test("the gradient is linear in ∂L/∂S", arguments: Instances.models)
  func linear(model: any Model) {
    let x = Zoo.numbers(3 * model.inputs, seed: 4)
    let θ = parameters(model, seed: 5)
    let (a, b) = (Zoo.numbers(3 * model.outputs, seed: 6), Zoo.numbers(3 * model.outputs, seed: 7))
    let sum = run(model, x, θ, slope: zip(a, b).map { 2 * $0 + $1 }).gradient
    let parts = zip(run(model, x, θ, slope: a).gradient, run(model, x, θ, slope: b).gradient).map {
      2 * $0 + $1
    }
    for (s, p) in zip(sum, parts) { #expect(abs(s - p) < 1e-12) }
  }

  @Test("the size of blocks makes no difference", arguments: Instances.models)
  func blocks(model: any Model) {
    let x = Zoo.numbers(6 * model.inputs, seed: 8)
    let θ = parameters(model, seed: 9)
    let whole = run(model, x, θ, slope: nil).scores
    let halves = [0..<2, 2..<6].flatMap { range in
      run(model, Array(x[range.lowerBound * model.inputs..<range.upperBound * model.inputs]), θ, slope: nil)
        .scores
    }
    for (a, b) in zip(whole, halves) { #expect(abs(a - b) < 1e-13) }
  }

  @Test("scaling folded into the parameters gives the scores of scaled features", arguments: Instances.models)
  func folding(model: any Model) {
    let x = Zoo.numbers(5 * model.inputs, seed: 10, scale: 9)
    let θ = parameters(model, seed: 11)
    let scaling = Scaling.each(
      shifts: Zoo.numbers(model.inputs, seed: 12, scale: 3), factors: Zoo.numbers(model.inputs, seed: 13))
    let scaled = x.enumerated().map { i, x in
      (x - scaling.shift(i % model.inputs)) * scaling.factor(i % model.inputs)
    }
    let expected = run(model, scaled, θ, slope: nil).scores
    let folded = run(model, x, model.folding(scaling, into: θ), slope: nil).scores
    for (a, b) in zip(expected, folded) { #expect(abs(a - b) < 1e-11) }
  }

  @Test("the parts of the parameter vector lie side by side", arguments: Instances.models)
  func layout(model: any Model) {
    var end = 0
    for part in model.layout.parts {
      #expect(part.range.lowerBound == end && part.range.count == part.shape.reduce(1, *))
      end = part.range.upperBound
    }
    #expect(end == model.layout.count)
  }
}
