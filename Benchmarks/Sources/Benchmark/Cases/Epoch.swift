import Descent

extension Work {
  /// An epoch of mini-batch descent with momentum, batches of 128 rows, from zero.
  static func epoch(_ shape: Shape, threads: Int) -> Work {
    let (rows, batch) = (shape.rows, min(128, shape.rows))
    let sample = Sample(shape, rows: rows)
    let objective = sample.objective(threads: threads)
    let solver = MiniBatch(Momentum(0.9), epochs: 1, batchSize: batch, learningRate: 0.01)
    let (naive, careful, descent) = (Box([Float]()), Box([Float]()), Box([Float]()))
    // The order that Descent takes the rows in, or the results could not be equal.
    var generator = SeededGenerator(seed: 0)
    var shuffled = Array(0..<rows)
    shuffled.shuffle(using: &generator)
    let order = shuffled
    // Weights and biases.
    let parts = { [count = shape.columns * shape.classes] (parameters: [Float]) in
      [Array(parameters[..<count]), Array(parameters[count...])]
    }
    return Work(
      name: "epoch, batch \(batch)", shape: shape, rows: rows,
      operations: 2 * Double(rows) * shape.operations, bytes: Double(4 * rows * shape.columns),
      tolerance: 1e-3,
      contenders: [
        Contender(.naive) {
          naive.value = Naive.epoch(
            sample.x, labels: sample.labels, classes: shape.classes, order: order, batch: batch, rate: 0.01,
            momentum: 0.9)
        } result: {
          parts(naive.value)
        },
        Contender(.careful) {
          careful.value = Careful.epoch(
            sample.x, labels: sample.labels, classes: shape.classes, order: order, batch: batch, rate: 0.01,
            momentum: 0.9)
        } result: {
          parts(careful.value)
        },
        Contender(.descent, threads: threads) {
          descent.value = [Float](repeating: 0, count: objective.count)
          _ = try! solver.minimize(objective, from: &descent.value, seed: 0, monitor: Monitor())
        } result: {
          parts(descent.value)
        },
      ])
  }
}
