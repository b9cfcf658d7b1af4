import Descent
import LinearAlgebra

extension Work {
  /// G + Sᵀ·X for a batch of 64 rows that lies in the cache: half of what backward does.
  static func transposedProduct(_ shape: Shape) -> Work {
    let rows = 64
    let sample = Sample(shape, rows: rows)
    let slopes = random(rows * shape.classes, seed: 5)
    let count = shape.classes * shape.columns
    let naive = Box([Float](repeating: 0, count: count))
    let careful = Box([Float](repeating: 0, count: count))
    let descent = Box([Float](repeating: 0, count: count + shape.classes))
    let (model, block, parameters) = (sample.model, FeatureBlock(sample.matrix), sample.parameters)
    let workspace = Box(model.workspace(rows: rows, of: Float.self))
    workspace.value.scores = slopes
    return Work(
      name: "transposed product", shape: shape, rows: rows, operations: Double(rows) * shape.operations,
      bytes: Double(4 * (rows * (shape.columns + shape.classes) + 2 * count)), tolerance: 1e-4,
      contenders: [
        Contender(.naive) {
          Naive.addTransposedProduct(slopes, sample.x, rows: rows, to: &naive.value)
        } result: {
          [naive.value]
        },
        Contender(.careful) {
          careful.value.withUnsafeMutableBufferPointer {
            Careful.addTransposedProduct(
              slopes, sample.x, rows: rows, columns: shape.columns, classes: shape.classes,
              to: $0.baseAddress!)
          }
        } result: {
          [careful.value]
        },
        Contender(.descent) {
          descent.change {
            model.backward(
              block, parameters: parameters.span, workspace: &workspace.value, scale: 1, gradient: &$0)
          }
        } result: {
          [Array(descent.value[..<count])]
        },
      ])
  }
}
