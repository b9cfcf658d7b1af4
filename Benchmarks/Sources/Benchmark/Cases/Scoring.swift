import Descent
import LinearAlgebra

extension Work {
  /// The scores of one row, as a server would ask for them.
  static func scoreRow(_ shape: Shape) -> Work {
    let sample = Sample(shape, rows: 1)
    let (naive, careful) = (Box([Float]()), Box([Float](repeating: 0, count: shape.classes)))
    let descent = Box([Float](repeating: 0, count: shape.classes))
    let model = sample.trained
    return Work(
      name: "score 1 row", shape: shape, rows: 1, operations: shape.operations,
      bytes: Double(4 * (shape.columns + (shape.columns + 1) * shape.classes)), tolerance: 1e-5,
      contenders: [
        Contender(.naive) {
          naive.value = Naive.scores(sample.x, weights: sample.weights, biases: sample.biases)
        } result: {
          [naive.value]
        },
        carefulScores(sample, into: careful),
        Contender(.descent) {
          let row = sample.x
          descent.change { model.scores(row.span, into: &$0) }
        } result: {
          [descent.value]
        },
      ])
  }

  /// The scores of a batch.
  static func scoreBatch(_ shape: Shape, rows: Int, threads: Int) -> Work {
    let sample = Sample(shape, rows: rows)
    let (naive, careful) = (Box([Float]()), Box([Float](repeating: 0, count: rows * shape.classes)))
    let (model, batch) = (sample.trained, sample.matrix)
    let descent = Box(Matrix<Float>(rows: 0, columns: 0))
    return Work(
      name: "score \(rows) rows", shape: shape, rows: rows, operations: Double(rows) * shape.operations,
      bytes: Double(4 * (rows * shape.columns + shape.columns * shape.classes + rows * shape.classes)),
      tolerance: 1e-5,
      contenders: [
        Contender(.naive) {
          naive.value = Naive.scores(sample.x, rows: rows, weights: sample.weights, biases: sample.biases)
        } result: {
          [naive.value]
        },
        carefulScores(sample, into: careful),
        Contender(.descent, threads: threads) {
          descent.value = model.scores(batch)
        } result: {
          [Array(descent.value.elements)]
        },
      ])
  }

  private static func carefulScores(_ sample: Sample, into scores: Box<[Float]>) -> Contender {
    Contender(.careful) {
      scores.value.withUnsafeMutableBufferPointer {
        Careful.scores(
          sample.x, rows: sample.rows, columns: sample.shape.columns, weights: sample.weights,
          biases: sample.biases, classes: sample.shape.classes, into: $0.baseAddress!)
      }
    } result: {
      [scores.value]
    }
  }
}
