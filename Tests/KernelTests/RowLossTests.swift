import DescentKernels
import Foundation
import Testing

/// Every loss of a row against its twin: on random rows, wide ones, and rows of equal scores.
@Suite struct RowLossTests {
  struct Case: Sendable, CustomTestStringConvertible {
    var name: String
    /// The scale that errors of a gradient are measured at, at least: 1 where it is a difference, p − q.
    var floor: Double
    var float: @Sendable (inout Sample<Float>) -> [Double]
    var double: @Sendable (inout Sample<Double>) -> [Double]
    var twin: @Sendable (_ scores: [Double], _ label: Int, _ target: [Double]) -> Twin.Row
    var testDescription: String { name }

    init(
      _ name: String, floor: Double = 0, float: @escaping @Sendable (inout Sample<Float>) -> [Double],
      double: @escaping @Sendable (inout Sample<Double>) -> [Double],
      twin: @escaping @Sendable (_ scores: [Double], _ label: Int, _ target: [Double]) -> Twin.Row
    ) {
      (self.name, self.floor, self.float, self.double, self.twin) = (name, floor, float, double, twin)
    }
  }

  static let cases = [
    Case(
      "softmax", float: { softmax(&$0) }, double: { softmax(&$0) },
      twin: { s, y, _ in Twin.softmax(s, label: y) }),
    Case(
      "softmax with targets", floor: 1, float: { softmaxTargets(&$0) }, double: { softmaxTargets(&$0) },
      twin: { s, _, q in Twin.softmax(s, distribution: q) }),
    Case(
      "hinge", float: { hinge(&$0, squared: false) }, double: { hinge(&$0, squared: false) },
      twin: { s, y, _ in Twin.hinge(s, label: y, margin: 1, squared: false) }),
    Case(
      "squared hinge", float: { hinge(&$0, squared: true) }, double: { hinge(&$0, squared: true) },
      twin: { s, y, _ in Twin.hinge(s, label: y, margin: 1, squared: true) }),
  ]

  static func softmax<T: KernelElement>(_ x: inout Sample<T>) -> [Double] {
    var values = x.room
    T.softmax(&x.scores, &values, x.labels, x.rows, x.columns)
    return x.taken(values)
  }
  static func softmaxTargets<T: KernelElement>(_ x: inout Sample<T>) -> [Double] {
    var values = x.room
    T.softmaxTargets(&x.scores, &values, x.targets, x.rows, x.columns)
    return x.taken(values)
  }
  static func hinge<T: KernelElement>(_ x: inout Sample<T>, squared: Bool) -> [Double] {
    var values = x.room
    (squared ? T.squaredHinge : T.hinge)(&x.scores, &values, x.labels, 1, x.rows, x.columns)
    return x.taken(values)
  }

  func compare<T: KernelElement>(
    _ sample: Sample<T>, _ twin: (_ scores: [Double], _ label: Int, _ target: [Double]) -> Twin.Row,
    floor: Double, kernel: (inout Sample<T>) -> [Double]
  ) {
    var result = sample
    let values = kernel(&result)
    for i in 0..<sample.rows {
      let row = twin(sample.row(i), Int(sample.labels[i]), sample.target(i))
      guard close(values[i], row.loss, T.self, ulps: 64, floor: 1e-30) else {
        Issue.record(
          "row \(i) of \(sample.rows)×\(sample.columns), \(T.self): a loss of \(values[i]) is not \(row.loss)"
        )
        return
      }
      let scale = max(row.gradient.map(abs).max()!, floor, Double(T.leastNormalMagnitude))
      for (got, want) in zip(result.row(i), row.gradient)
      where !close(got, want, T.self, ulps: 64, floor: scale) {
        Issue.record("row \(i) of \(sample.rows)×\(sample.columns), \(T.self): \(got) is not \(want)")
        return
      }
    }
  }

  @Test(arguments: cases) func agreesWithItsTwin(_ each: Case) {
    for (rows, columns) in shapes {
      for spread in [0, 3, 30, 1e4] {
        let float = Sample<Float>(rows: rows, columns: columns, spread: spread)
        let double = Sample<Double>(rows: rows, columns: columns, spread: spread)
        compare(float, each.twin, floor: each.floor, kernel: each.float)
        compare(double, each.twin, floor: each.floor, kernel: each.double)
      }
    }
  }

  @Test(arguments: cases) func aRowDependsOnItselfAlone(_ each: Case) {
    func check<T: KernelElement>(_: T.Type, _ kernel: (inout Sample<T>) -> [Double]) {
      for columns in [1, 3, 10, 17, 65, 200] {
        let whole = Sample<T>(rows: 53, columns: columns, spread: 5)
        var together = whole
        let values = kernel(&together)
        for split in [1, 2, 7, 16, 32] {
          for start in stride(from: 0, to: whole.rows, by: split) {
            var part = whole
            let end = min(start + split, whole.rows)
            part.rows = end - start
            part.scores = Array(whole.scores[start * columns..<end * columns])
            part.targets = Array(whole.targets[start * columns..<end * columns])
            part.labels = Array(whole.labels[start..<end])
            #expect(kernel(&part) == Array(values[start..<end]))
            #expect(part.scores == Array(together.scores[start * columns..<end * columns]))
          }
        }
      }
    }
    check(Float.self, each.float)
    check(Double.self, each.double)
  }

  @Test(arguments: cases) func notANumberIsNotLost(_ each: Case) {
    for columns in [1, 2, 10, 100] where columns > 1 || each.name.hasPrefix("softmax") {
      for place in [0, columns - 1] {
        var float = Sample<Float>(rows: 5, columns: columns, spread: 1)
        var double = Sample<Double>(rows: 5, columns: columns, spread: 1)
        float.scores[2 * columns + place] = .nan
        double.scores[2 * columns + place] = .nan
        #expect(each.float(&float).map(\.isNaN) == [false, false, true, false, false])
        #expect(each.double(&double).map(\.isNaN) == [false, false, true, false, false])
        for i in [0, 1, 3, 4] { #expect(!float.row(i).contains { $0.isNaN }) }
      }
    }
  }

  @Test(arguments: [2, 10, 64, 65, 1000]) func untrainedLossIsKnown(columns: Int) {
    var x = Sample<Double>(rows: 100, columns: columns, spread: 0)
    #expect(Self.softmax(&x).allSatisfy { abs($0 - log(Double(columns))) < 1e-13 })
    x.scores = x.scores.map { _ in 0 }
    #expect(Self.hinge(&x, squared: false) == Array(repeating: Double(columns - 1), count: 100))
  }
}
