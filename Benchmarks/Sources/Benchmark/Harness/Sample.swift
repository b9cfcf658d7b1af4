import Descent
import LinearAlgebra

/// Numbers from −1 to 1, the same for the same seed.
func random(_ count: Int, seed: UInt64) -> [Float] {
  var generator = SeededGenerator(seed: seed)
  return (0..<count).map { _ in Float(Int32(truncatingIfNeeded: generator.next() >> 32)) * 0x1p-31 }
}

/// Data, weights and labels of a shape, from a seed.
struct Sample {
  let shape: Shape
  let rows: Int
  /// `[rows, columns]`
  let x: [Float]
  /// `[classes, columns]`
  let weights: [Float]
  let biases: [Float]
  let labels: [Int32]

  init(_ shape: Shape, rows: Int) {
    (self.shape, self.rows) = (shape, rows)
    x = random(rows * shape.columns, seed: 1)
    weights = random(shape.classes * shape.columns, seed: 2).map { $0 * 0.05 }
    biases = random(shape.classes, seed: 3)
    var generator = SeededGenerator(seed: 4)
    labels = (0..<rows).map { _ in Int32.random(in: 0..<Int32(shape.classes), using: &generator) }
  }

  /// Descent's flat vector: the weights, then the biases.
  var parameters: [Float] { weights + biases }

  var model: LinearModel { LinearModel(inputs: shape.columns, outputs: shape.classes) }

  var trained: TrainedModel<Float> {
    TrainedModel(
      architecture: model, parameters: parameters, classNames: (0..<shape.classes).map(String.init),
      lossName: Softmax().name)
  }

  var matrix: Matrix<Float> { Matrix(rows: rows, columns: shape.columns, elements: x) }

  func objective(threads: Int, penalty: any Penalty = NoPenalty()) -> DataObjective<Float> {
    DataObjective(
      model: model, loss: Softmax(), penalty: penalty, features: matrix.storage, targets: .labels(labels),
      threads: threads)
  }
}
