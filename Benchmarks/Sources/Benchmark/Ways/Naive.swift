import Foundation

/// What a good programmer would first write: arrays and loops that say what they mean.
enum Naive {
  /// W·x + b of one row.
  static func scores(_ x: [Float], weights: [Float], biases: [Float]) -> [Float] {
    var scores = biases
    for c in 0..<biases.count {
      for j in 0..<x.count { scores[c] += weights[c * x.count + j] * x[j] }
    }
    return scores
  }

  /// X·Wᵀ + b of all rows.
  static func scores(_ x: [Float], rows: Int, weights: [Float], biases: [Float]) -> [Float] {
    let (columns, classes) = (x.count / rows, biases.count)
    var scores = [Float](repeating: 0, count: rows * classes)
    for i in 0..<rows {
      for c in 0..<classes {
        var sum = biases[c]
        for j in 0..<columns { sum += x[i * columns + j] * weights[c * columns + j] }
        scores[i * classes + c] = sum
      }
    }
    return scores
  }

  /// The loss of each row is added up, and its scores are overwritten by their gradient.
  static func softmax(_ scores: inout [Float], labels: [Int32]) -> Double {
    let classes = scores.count / labels.count
    var loss = 0.0
    for i in 0..<labels.count {
      let start = i * classes
      var largest = scores[start]
      for c in 1..<classes { largest = max(largest, scores[start + c]) }
      let right = scores[start + Int(labels[i])] - largest
      var sum: Float = 0
      for c in 0..<classes {
        scores[start + c] = exp(scores[start + c] - largest)
        sum += scores[start + c]
      }
      for c in 0..<classes { scores[start + c] /= sum }
      scores[start + Int(labels[i])] -= 1
      loss += Double(log(sum) - right)
    }
    return loss
  }

  /// gradient + Sᵀ·X, the transposed product.
  static func addTransposedProduct(_ slopes: [Float], _ x: [Float], rows: Int, to gradient: inout [Float]) {
    let (columns, classes) = (x.count / rows, slopes.count / rows)
    for i in 0..<rows {
      for c in 0..<classes {
        let slope = slopes[i * classes + c]
        for j in 0..<columns { gradient[c * columns + j] += slope * x[i * columns + j] }
      }
    }
  }

  /// The mean loss of all rows, and its gradient: by the weights, then by the biases.
  static func lossAndGradient(
    _ x: [Float], labels: [Int32], weights: [Float], biases: [Float]
  ) -> (loss: Double, gradient: [Float]) {
    let (rows, classes) = (labels.count, biases.count)
    var slopes = scores(x, rows: rows, weights: weights, biases: biases)
    let loss = softmax(&slopes, labels: labels)
    var gradient = [Float](repeating: 0, count: weights.count)
    addTransposedProduct(slopes, x, rows: rows, to: &gradient)
    var sums = [Float](repeating: 0, count: classes)
    for i in 0..<rows {
      for c in 0..<classes { sums[c] += slopes[i * classes + c] }
    }
    return (loss / Double(rows), (gradient + sums).map { $0 / Float(rows) })
  }

  /// Mini-batch descent with momentum over the rows in `order`: the parameters after an epoch from zero.
  static func epoch(
    _ x: [Float], labels: [Int32], classes: Int, order: [Int], batch: Int, rate: Float, momentum: Float
  ) -> [Float] {
    let columns = x.count / labels.count
    var parameters = [Float](repeating: 0, count: classes * (columns + 1))
    var velocity = parameters
    for start in stride(from: 0, to: order.count, by: batch) {
      let rows = order[start..<min(start + batch, order.count)]
      let block = rows.flatMap { x[$0 * columns..<($0 + 1) * columns] }
      let (_, gradient) = lossAndGradient(
        block, labels: rows.map { labels[$0] }, weights: Array(parameters[..<(classes * columns)]),
        biases: Array(parameters[(classes * columns)...]))
      for i in parameters.indices {
        velocity[i] = momentum * velocity[i] + gradient[i]
        parameters[i] -= rate * velocity[i]
      }
    }
    return parameters
  }
}
