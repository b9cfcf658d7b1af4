import Descent
import LinearAlgebra
import Testing

@Suite("Layers")
struct LayerTests {
  private func forward(
    _ layer: any Layer, _ x: [Float], rows: Int = 1, randomness: BatchRandomness? = nil
  ) -> [Float] {
    var result = [Float](repeating: .nan, count: x.count)
    var span = result.mutableSpan
    let place = LayerPlace(rows: rows, inputs: x.count / rows, number: 2, randomness: randomness)
    layer.forward(x.span, parameters: [Float]().span, into: &span, at: place)
    return result
  }

  @Test func values() {
    let x: [Float] = [-2, 0, 0.5, 100, -100]
    #expect(forward(ReLU(), x) == [0, 0, 0.5, 100, 0])
    #expect(forward(LeakyReLU(0.5), x) == [-1, 0, 0.5, 100, -50])
    // Python: [1 / (1 + math.exp(-x)) for x in ...], math.tanh
    for (a, b) in zip(forward(Sigmoid(), x), [0.11920292, 0.5, 0.62245933, 1, 0] as [Float]) {
      #expect(abs(a - b) < 1e-7)
    }
    for (a, b) in zip(forward(Tanh(), x), [-0.9640276, 0, 0.46211716, 1, -1] as [Float]) {
      #expect(abs(a - b) < 2e-7)
    }
    for layer in [ReLU(), LeakyReLU(), Sigmoid(), Tanh()] as [any Layer] {
      #expect(forward(layer, [.nan])[0].isNaN, "\(layer.text)")
    }
  }

  @Test func dropout() {
    let ones = [Float](repeating: 1, count: 40_000)
    let step = BatchRandomness(seed: 1, step: 7)
    let dropped = forward(Dropout(0.25), ones, rows: 100, randomness: step)
    #expect(Set(dropped) == [0, 4.0 / 3])
    let share = Float(dropped.count { $0 == 0 }) / 40_000
    #expect(abs(share - 0.25) < 0.01)
    // Off when rows are scored; another step, seed or row, another mask.
    #expect(forward(Dropout(0.25), ones, rows: 100) == ones)
    #expect(forward(Dropout(0), ones, rows: 100, randomness: step) == ones)
    for other in [BatchRandomness(seed: 1, step: 8), BatchRandomness(seed: 2, step: 7)] {
      #expect(forward(Dropout(0.25), ones, rows: 100, randomness: other) != dropped)
    }
    #expect(dropped[0..<400] != dropped[400..<800])
    // A row's mask goes with its number in the batch, whatever block it is in.
    let later = BatchRandomness(seed: 1, step: 7, firstRow: 40)
    #expect(
      forward(Dropout(0.25), Array(ones[..<24_000]), rows: 60, randomness: later) == Array(dropped[16_000...])
    )
  }

  /// The standard deviations that the papers ask for.
  @Test(arguments: [
    (Initialisation.he, (2.0 / 300).squareRoot()), (.glorot, (2.0 / 500).squareRoot()), (.gaussian(0.3), 0.3),
  ])
  func initialisations(_ initialisation: Initialisation, _ deviation: Double) {
    var generator = SeededGenerator(seed: 5)
    let parameters = Affine(200, initialisation: initialisation).initialParameters(
      inputs: 300, of: Double.self, using: &generator)
    #expect(parameters.count == 60_200 && parameters[60_000...].allSatisfy { $0 == 0 })
    let weights = parameters[..<60_000]
    let mean = weights.reduce(0, +) / 60_000
    let variance = weights.reduce(0) { $0 + ($1 - mean) * ($1 - mean) } / 60_000
    #expect(abs(mean) < 0.02 * deviation)
    #expect(abs(variance.squareRoot() - deviation) < 0.02 * deviation)
  }

  @Test func textsAreReadBack() {
    for layer in [Affine(7), ReLU(), LeakyReLU(0.2), Tanh(), Sigmoid(), Dropout(0.125)] as [any Layer] {
      #expect(Layers.named(layer.text)?.text == layer.text)
    }
    for text in [
      "", "affine", "affine 0", "relu 1", "dropout 1", "dropout nan", "leaky-relu 0", "affine 1 1",
    ] {
      #expect(Layers.named(text) == nil, "\(text)")
    }
  }

  /// Bytes go through a narrow and a wide first layer as their numbers do.
  @Test(arguments: [16, 100]) func bytes(_ hidden: Int) {
    let network = Network(inputs: 30, hidden: [hidden], outputs: 3)
    var generator = SeededGenerator(seed: 2)
    let parameters = network.initialParameters(of: Float.self, using: &generator)
    let bytes = (0..<300).map { _ in UInt8.random(in: 0...255, using: &generator) }
    func scores(_ numbers: FeatureBlock<Float>.Numbers) -> [Float] {
      var workspace = network.workspace(rows: 10, of: Float.self)
      network.forward(
        FeatureBlock(rows: 10, columns: 30, numbers), parameters: parameters.span, workspace: &workspace)
      return workspace.scores
    }
    let (a, b) = (scores(.bytes(bytes[...])), scores(.elements(bytes.map { Float($0) }[...])))
    #expect(zip(a, b).allSatisfy { abs($0 - $1) < 1e-3 })
    #expect(a.contains { abs($0) > 0.1 })
  }
}
