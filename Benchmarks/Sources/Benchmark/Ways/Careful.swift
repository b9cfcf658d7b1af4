import Foundation

/// What the same programmer writes after a profile: unsafe buffers, SIMD types, nothing allocated on the way.
enum Careful {
  typealias In = UnsafePointer<Float>
  typealias Out = UnsafeMutablePointer<Float>

  /// Σ a_i·b_i in eight lanes, which the compiler may not choose by itself.
  @inline(__always)
  private static func dot(_ a: In, _ b: In, _ count: Int) -> Float {
    var lanes = SIMD8<Float>()
    var i = 0
    let (x, y) = (UnsafeRawPointer(a), UnsafeRawPointer(b))
    while i + 8 <= count {
      lanes +=
        x.loadUnaligned(fromByteOffset: 4 * i, as: SIMD8<Float>.self)
        * y.loadUnaligned(fromByteOffset: 4 * i, as: SIMD8<Float>.self)
      i += 8
    }
    var sum = lanes.sum()
    while i < count {
      sum += a[i] * b[i]
      i += 1
    }
    return sum
  }

  /// scores ← X·Wᵀ + b
  static func scores(
    _ x: In, rows: Int, columns: Int, weights: In, biases: In, classes: Int, into scores: Out
  ) {
    for i in 0..<rows {
      for c in 0..<classes {
        scores[i * classes + c] = biases[c] + dot(x + i * columns, weights + c * columns, columns)
      }
    }
  }

  static func softmax(_ scores: Out, labels: UnsafePointer<Int32>, rows: Int, classes: Int) -> Double {
    var loss = 0.0
    for i in 0..<rows {
      let (row, label) = (scores + i * classes, Int(labels[i]))
      var largest = row[0]
      for c in 1..<classes where row[c] > largest { largest = row[c] }
      let right = row[label] - largest
      var sum: Float = 0
      for c in 0..<classes {
        row[c] = exp(row[c] - largest)
        sum += row[c]
      }
      let factor = 1 / sum
      for c in 0..<classes { row[c] *= factor }
      row[label] -= 1
      loss += Double(log(sum) - right)
    }
    return loss
  }

  /// gradient ← gradient + Sᵀ·X
  static func addTransposedProduct(
    _ slopes: In, _ x: In, rows: Int, columns: Int, classes: Int, to gradient: Out
  ) {
    for i in 0..<rows {
      let row = x + i * columns
      for c in 0..<classes {
        let (slope, sums) = (slopes[i * classes + c], gradient + c * columns)
        for j in 0..<columns { sums[j] += slope * row[j] }
      }
    }
  }

  /// gradient ← the gradient of the mean loss by weights and biases; returns the sum of the losses. `scores`
  /// is room for `[rows, classes]`.
  static func lossAndGradient(
    _ x: In, labels: UnsafePointer<Int32>, rows: Int, columns: Int, parameters: In, classes: Int, scores: Out,
    gradient: Out
  ) -> Double {
    let weights = classes * columns
    Self.scores(
      x, rows: rows, columns: columns, weights: parameters, biases: parameters + weights, classes: classes,
      into: scores)
    let loss = softmax(scores, labels: labels, rows: rows, classes: classes)
    let factor = 1 / Float(rows)
    for i in 0..<rows * classes { scores[i] *= factor }
    gradient.update(repeating: 0, count: weights + classes)
    addTransposedProduct(scores, x, rows: rows, columns: columns, classes: classes, to: gradient)
    for i in 0..<rows {
      for c in 0..<classes { gradient[weights + c] += scores[i * classes + c] }
    }
    return loss
  }
}
