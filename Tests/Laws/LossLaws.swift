import Descent
import Foundation
import LinearAlgebra
import Testing

@Suite("What holds of every loss")
struct LossLaws {
  static let shapes = [(rows: 1, columns: 2), (5, 3), (33, 10), (4, 101)]

  @Test("the analytic gradient is the numerical one", arguments: Instances.losses, shapes)
  func gradient(loss: any Loss, shape: (rows: Int, columns: Int)) {
    let (rows, columns) = (shape.rows, loss.columns(classes: shape.columns))
    let scores = Zoo.numbers(rows * columns, seed: 1, scale: 3)
    let targets = Zoo.targets(for: loss, rows: rows, columns: columns, seed: 2)
    let (_, gradient) = evaluate(loss, scores, columns: columns, targets: targets)
    let h = 1e-5
    for i in 0..<scores.count {
      // One row at a time: the other rows' losses would only add their rounding errors.
      let row = i / columns
      let target = targets[row..<row + 1]
      var (up, down) = (Array(scores[row * columns..<(row + 1) * columns]), [Double]())
      down = up
      up[i % columns] += h
      down[i % columns] -= h
      let numeric =
        (evaluate(loss, up, columns: columns, targets: target).value
          - evaluate(loss, down, columns: columns, targets: target).value) / (2 * h)
      #expect(abs(numeric - gradient[i]) <= 1e-7 * max(1, abs(gradient[i])), "\(loss.name), score \(i)")
    }
  }

  @Test("at zero it is what the sanity check says", arguments: Instances.losses)
  func zero(loss: any Loss) {
    for classes in 2...100 {
      guard let expected = loss.valueAtZero(classes: classes) else { continue }
      let columns = loss.columns(classes: classes)
      let labels = Targets.labels((0..<Int32(classes)).map { $0 })
      let zeros = [Double](repeating: 0, count: classes * columns)
      let value = evaluate(loss, zeros, columns: columns, targets: labels).value / Double(classes)
      #expect(abs(value - expected) < 1e-12 * max(1, expected), "\(loss.name), \(classes) classes")
    }
  }

  @Test("a sum over rows is the sum of the rows", arguments: Instances.losses)
  func additive(loss: any Loss) {
    let (rows, columns) = (9, loss.columns(classes: 4))
    let scores = Zoo.numbers(rows * columns, seed: 3, scale: 2)
    let targets = Zoo.targets(for: loss, rows: rows, columns: columns, seed: 4)
    let whole = evaluate(loss, scores, columns: columns, targets: targets)
    let parts = [0..<2, 2..<3, 3..<9].map { range in
      evaluate(
        loss, Array(scores[range.lowerBound * columns..<range.upperBound * columns]), columns: columns,
        targets: targets[range])
    }
    #expect(abs(parts.reduce(0) { $0 + $1.value } - whole.value) < 1e-12 * max(1, whole.value))
    #expect(parts.flatMap(\.gradient) == whole.gradient, "a row's gradient depends on its block")
  }

  @Test("each row has its own value, whatever is beside it", arguments: Instances.losses, shapes)
  func values(loss: any Loss, shape: (rows: Int, columns: Int)) {
    let (rows, columns) = (shape.rows, loss.columns(classes: shape.columns))
    let scores = Zoo.numbers(rows * columns, seed: 13, scale: 2)
    let targets = Zoo.targets(for: loss, rows: rows, columns: columns, seed: 14)
    var (slopes, values) = (scores, [Double](repeating: .nan, count: rows))
    var slopeSpan = slopes.mutableSpan
    var valueSpan = values.mutableSpan
    loss.evaluate(&slopeSpan, columns: columns, targets: targets, values: &valueSpan)
    for row in 0..<rows {
      let alone = evaluate(
        loss, Array(scores[row * columns..<(row + 1) * columns]), columns: columns,
        targets: targets[row..<row + 1])
      #expect(values[row] == alone.value)
    }
    let sum = evaluate(loss, scores, columns: columns, targets: targets).value
    #expect(abs(values.reduce(0, +) - sum) <= 1e-12 * sum)
  }

  @Test("it is convex: never below its tangents", arguments: Instances.losses)
  func tangents(loss: any Loss) {
    let columns = loss.columns(classes: 5)
    let targets = Zoo.targets(for: loss, rows: 1, columns: columns, seed: 5)
    for seed in 0..<50 as Range<UInt64> {
      let (a, b) = (
        Zoo.numbers(columns, seed: seed, scale: 4), Zoo.numbers(columns, seed: seed + 99, scale: 4)
      )
      let (valueA, gradient) = evaluate(loss, a, columns: columns, targets: targets)
      let tangent = valueA + zip(gradient, zip(a, b)).reduce(0) { $0 + $1.0 * ($1.1.1 - $1.1.0) }
      #expect(evaluate(loss, b, columns: columns, targets: targets).value >= tangent - 1e-12)
    }
  }

  @Test("Float agrees with Double", arguments: Instances.losses)
  func precisions(loss: any Loss) {
    let (rows, columns) = (17, loss.columns(classes: 10))
    let scores = Zoo.numbers(rows * columns, seed: 6, scale: 5).map { Float($0) }
    let targets = Zoo.targets(for: loss, rows: rows, columns: columns, seed: 7)
    let single = evaluate(loss, scores, columns: columns, targets: targets)
    let double = evaluate(loss, scores.map { Double($0) }, columns: columns, targets: targets)
    #expect(abs(single.value - double.value) < 1e-5 * double.value)
    for (a, b) in zip(single.gradient, double.gradient) {
      #expect(abs(Double(a) - b) < 1e-5 * max(1, abs(b)))
    }
  }

  @Test(
    "classes may be numbered in any order",
    arguments: Instances.losses.filter { $0.task == .classification && $0.columns(classes: 6) == 6 })
  func permutation(loss: any Loss) {
    let (scores, label) = (Zoo.numbers(6, seed: 8, scale: 2), 4)
    let order = [3, 5, 0, 1, 4, 2]
    let permuted = order.map { scores[$0] }
    let a = evaluate(loss, scores, columns: 6, targets: .labels([Int32(label)]))
    let b = evaluate(loss, permuted, columns: 6, targets: .labels([Int32(order.firstIndex(of: label)!)]))
    #expect(abs(a.value - b.value) < 1e-12)
    for (i, from) in order.enumerated() { #expect(abs(b.gradient[i] - a.gradient[from]) < 1e-12) }
  }

  @Test(
    "adding a number to all scores of a row changes nothing",
    arguments: [Softmax(), Hinge(), SquaredHinge()] as [any Loss])
  func shift(loss: any Loss) {
    let scores = Zoo.numbers(12, seed: 9, scale: 2)
    let targets = Targets.labels([1, 0, 3])
    let a = evaluate(loss, scores, columns: 4, targets: targets)
    let b = evaluate(loss, scores.map { $0 + 8 }, columns: 4, targets: targets)
    #expect(abs(a.value - b.value) < 1e-12)
  }
}
