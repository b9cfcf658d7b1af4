extension Careful {
  /// Mini-batch descent with momentum over the rows in `order`: the parameters after an epoch from zero.
  static func epoch(
    _ x: [Float], labels: [Int32], classes: Int, order: [Int], batch: Int, rate: Float, momentum: Float
  ) -> [Float] {
    let columns = x.count / labels.count
    let count = classes * (columns + 1)
    var parameters = [Float](repeating: 0, count: count)
    withUnsafeTemporaryAllocation(of: Float.self, capacity: batch * (columns + classes) + 2 * count) { room in
      room.initialize(repeating: 0)
      let block = room.baseAddress!
      let scores = block + batch * columns
      let (gradient, velocity) = (scores + batch * classes, scores + batch * classes + count)
      x.withUnsafeBufferPointer { x in
        parameters.withUnsafeMutableBufferPointer { parameters in
          for start in stride(from: 0, to: order.count, by: batch) {
            let rows = order[start..<min(start + batch, order.count)]
            for (i, row) in rows.enumerated() {
              (block + i * columns).update(from: x.baseAddress! + row * columns, count: columns)
            }
            _ = lossAndGradient(
              block, labels: rows.map { labels[$0] }, rows: rows.count, columns: columns,
              parameters: parameters.baseAddress!, classes: classes, scores: scores, gradient: gradient)
            for i in 0..<count {
              velocity[i] = momentum * velocity[i] + gradient[i]
              parameters[i] -= rate * velocity[i]
            }
          }
        }
      }
    }
    return parameters
  }
}
