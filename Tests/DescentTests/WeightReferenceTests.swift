import Descent
import Foundation
import LinearAlgebra
import Testing

/// Against scikit-learn, and Newton's method in NumPy: `Tests/References/weights.py`.
@Suite("Weighted fits that others made too")
struct WeightReferenceTests {
  private let data: Dataset
  private let numbers: [Double]

  init() {
    let x = (0..<40).map { i -> [Double] in
      let t = Double(i)
      return [sin(t * 1.7), cos(t * 0.9) + 0.3 * sin(t), Double(i * 7 % 11) / 5 - 1]
    }
    let labels = x.enumerated().map { i, x -> Int32 in
      x[0] + 0.8 * x[1] - 0.5 * x[2] + sin(Double(i) * 2.3) > 0.9 ? 1 : 0
    }
    numbers = x.enumerated().map { i, x in
      2 + 1.5 * x[0] - 0.7 * x[1] + 0.2 * x[2] + 0.6 * sin(Double(i) * 3.1)
    }
    data = Dataset(
      features: Matrix(x).storage, targets: .labels(labels), classNames: ["no", "yes"],
      weights: (0..<40).map { 0.25 + Double($0 * 5 % 8) / 4 },
      offsets: (0..<40).map { 0.5 * cos(Double($0) * 0.37) + 0.2 })
  }

  private func fit(_ data: Dataset, _ loss: any Loss, _ classWeights: ClassWeights? = nil) throws -> [Double]
  {
    try Trainer(
      loss: loss, penalty: L2(0.03), solver: Automatic(tolerance: 1e-12), scaling: .none,
      classWeights: classWeights
    ).fit(data, as: Double.self).parameters
  }

  private func expectClose(_ parameters: [Double], _ expected: [Double]) {
    #expect(zip(parameters, expected).allSatisfy { abs($0 - $1) < 1e-6 }, "\(parameters)")
  }

  @Test func ridge() throws {
    let data = Dataset(
      features: data.features, targets: .values(numbers), weights: data.weights, offsets: data.offsets)
    expectClose(
      try fit(data, SquaredError()),
      [1.373860445534526, -0.7292622865675938, 0.10418460613533595, 1.8112718826535732])
  }

  @Test func balancedLogistic() throws {
    var data = data
    data.offsets = nil
    let factors = try ClassWeights.balanced.factors(for: data)
    #expect(zip(factors, [0.6976744186046512, 1.7647058823529411]).allSatisfy { abs($0 - $1) < 1e-14 })
    expectClose(
      try fit(data, Logistic(), .balanced),
      [1.3012556595761426, 1.439313173844574, 0.24153662355675393, -0.5622857988690376])
    #expect(
      try fit(data, Logistic(), .balanced)
        == fit(data, Logistic(), .named(["no": factors[0], "yes": factors[1]])))
  }

  @Test func logisticWithOffsets() throws {
    expectClose(
      try fit(data, Logistic()),
      [1.2954638051352314, 1.3252861922146553, 0.33572780769106586, -1.5770172862216163])
  }
}
