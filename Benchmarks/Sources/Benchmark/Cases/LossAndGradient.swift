import Descent

extension Work {
  /// The mean softmax loss over a data set and its gradient: a pass.
  static func lossAndGradient(_ shape: Shape, threads: Int) -> Work {
    let rows = shape.rows
    let sample = Sample(shape, rows: rows)
    let count = sample.parameters.count
    let (naive, careful, descent) = (Box([[Float]]()), Box(0.0), Box(0.0))
    let scores = Box([Float](repeating: 0, count: rows * shape.classes))
    let gradient = Box([Float](repeating: 0, count: count))
    let slopes = Box([Float](repeating: 0, count: count))
    let (objective, parameters) = (sample.objective(threads: threads), sample.parameters)
    return Work(
      name: "loss and gradient", shape: shape, rows: rows, operations: 2 * Double(rows) * shape.operations,
      bytes: Double(4 * rows * shape.columns), tolerance: 1e-4,
      contenders: [
        Contender(.naive) {
          let (loss, gradient) = Naive.lossAndGradient(
            sample.x, labels: sample.labels, weights: sample.weights, biases: sample.biases)
          naive.value = [[Float(loss)], gradient]
        } result: {
          naive.value
        },
        Contender(.careful) {
          let loss = scores.value.withUnsafeMutableBufferPointer { scores in
            gradient.value.withUnsafeMutableBufferPointer {
              Careful.lossAndGradient(
                sample.x, labels: sample.labels, rows: rows, columns: shape.columns, parameters: parameters,
                classes: shape.classes, scores: scores.baseAddress!, gradient: $0.baseAddress!)
            }
          }
          careful.value = loss / Double(rows)
        } result: {
          [[Float(careful.value)], gradient.value]
        },
        Contender(.descent, threads: threads) {
          descent.value = objective.value(at: parameters, gradient: &slopes.value)
        } result: {
          [[Float(descent.value)], slopes.value]
        },
      ])
  }
}
