import Descent
import Foundation
import Testing

/// Small multiclass hinge problems with their optima, which Tests/References/hinge_reference.py computed.
struct HingeProblem: Sendable, CustomTestStringConvertible {
  let name: String
  let rows: Rows
  var margin = 1.0
  var l1 = 0.0
  let l2: Double
  let optimum: Double

  var testDescription: String { name }
  var data: Dataset { rows.dataset }

  var penalty: any Penalty {
    if l1 == 0 { return L2(l2) }
    return l2 == 0 ? L1(l1) as any Penalty : ElasticNet(l1: l1, l2: l2)
  }

  static let solvable: [HingeProblem] = [
    HingeProblem(name: "overlapping", rows: base, l2: 1e-2, optimum: 0.97154373959949),
    HingeProblem(name: "separable", rows: separable, l2: 1e-3, optimum: 3.2185046412053e-06),
    HingeProblem(
      name: "duplicate rows and columns", rows: base.repeated, l2: 1e-3, optimum: 0.87929413615623),
    HingeProblem(
      name: "constant columns", rows: base.map { _, j, x in j == 1 ? 1 : j == 3 ? 0 : x }, l2: 1e-3,
      optimum: 1.3799423895971),
    HingeProblem(name: "one feature", rows: .blobs(40, 1, 3, 0.7, 3), l2: 1e-3, optimum: 1.6345428921781),
    HingeProblem(name: "two classes", rows: .blobs(50, 4, 2, 0.7, 4), l2: 1e-3, optimum: 0.31585070713203),
    HingeProblem(
      name: "a class with one row", rows: base.labelled { i, y in i == 7 ? 3 : y % 3 }, l2: 1e-3,
      optimum: 0.75677526992357),
    HingeProblem(
      name: "a class without rows", rows: base.labelled { _, y in y % 3 }, l2: 1e-3, optimum: 0.74881977051441
    ),
    HingeProblem(
      name: "rows of zeros", rows: base.map { i, _, x in i % 3 == 0 ? 0 : x }, l2: 1e-3,
      optimum: 1.3599444328963),
    HingeProblem(
      name: "zeros alone", rows: base.map { _, _, _ in 0 }.labelled { _, y in min(y, 2) }, l2: 1e-3,
      optimum: 1.5),
    HingeProblem(name: "tiny l2", rows: base, l2: 1e-8, optimum: 0.87210729074602),
    HingeProblem(name: "tiny l2, separable", rows: separable, l2: 1e-8, optimum: 3.2186335798463e-11),
    HingeProblem(name: "huge l2", rows: base, l2: 1e3, optimum: 2.9987971035492),
    HingeProblem(name: "small margin", rows: base, margin: 0.3, l2: 1e-2, optimum: 0.27434552328945),
    HingeProblem(name: "large margin", rows: base, margin: 10, l2: 1e-2, optimum: 12.840349311466),
    HingeProblem(name: "digits", rows: .digits, l2: 1e-3, optimum: 0.014331843215187),
  ]

  /// With kinks in the penalty too.
  static let sparse: [HingeProblem] = [
    HingeProblem(name: "elastic net", rows: base, l1: 5e-3, l2: 1e-2, optimum: 1.0342366749931),
    HingeProblem(name: "l1", rows: base, l1: 1e-2, l2: 0, optimum: 1.0372544575705),
    HingeProblem(
      name: "l1, duplicate rows and columns", rows: base.repeated, l1: 1e-2, l2: 0, optimum: 1.0372544575705),
    HingeProblem(
      name: "l1, constant columns", rows: base.map { _, j, x in j == 1 ? 1 : j == 3 ? 0 : x }, l1: 1e-2,
      l2: 0, optimum: 1.4668478816737),
    HingeProblem(
      name: "elastic net, a class without rows", rows: base.labelled { _, y in y % 3 }, l1: 1e-2, l2: 1e-3,
      optimum: 0.81146205041184),
    HingeProblem(
      name: "l1, zeros alone", rows: base.map { _, _, _ in 0 }.labelled { _, y in min(y, 2) }, l1: 1e-2,
      l2: 0, optimum: 1.5),
    HingeProblem(name: "huge l1", rows: base, l1: 1e3, l2: 0, optimum: 3),
    HingeProblem(
      name: "elastic net, large margin", rows: base, margin: 10, l1: 1e-2, l2: 1e-3, optimum: 10.936613288261),
    HingeProblem(
      name: "l1, many features", rows: .blobs(120, 12, 4, 0.7, 5), l1: 3e-3, l2: 0, optimum: 0.20027676701107),
    HingeProblem(
      name: "elastic net, many features", rows: .blobs(120, 12, 4, 0.7, 5), l1: 3e-3, l2: 1e-3,
      optimum: 0.23071830929254),
  ]

  /// The same where many multipliers or none are free at the optimum: steps are many, and the gap may stop short.
  static let degenerate: [HingeProblem] = [
    HingeProblem(name: "l1, separable", rows: separable, l1: 1e-3, l2: 0, optimum: 0.00027889776774161),
    HingeProblem(
      name: "l1, a class with one row", rows: base.labelled { i, y in i == 7 ? 3 : y % 3 }, l1: 1e-3, l2: 0,
      optimum: 0.76113876025827),
    HingeProblem(name: "tiny l1", rows: base, l1: 1e-7, l2: 0, optimum: 0.87210919338915),
  ]

  private static let base = Rows.blobs(60, 5, 4, 0.7, 1)
  private static let separable = Rows.blobs(60, 5, 4, 20, 2)
}

/// Features and labels that the script makes in the same way.
struct Rows: Sendable {
  var x: [[Double]]
  var labels: [Int]
  let classes: Int

  var dataset: Dataset {
    Dataset(
      features: DenseStorage(rows: x.count, columns: x[0].count, elements: x.flatMap { $0 }[...]),
      targets: .labels(labels.map { Int32($0) }), classNames: (0..<classes).map(String.init))
  }

  /// Rows about a centre for each class.
  static func blobs(_ rows: Int, _ features: Int, _ classes: Int, _ spread: Double, _ seed: Int) -> Rows {
    var state = seed
    func number() -> Double {
      state = (state &* 1_103_515_245 &+ 12345) & 0x7FFF_FFFF
      return Double(state) / 2_147_483_648
    }
    let centres = (0..<classes).map { _ in (0..<features).map { _ in 2 * number() - 1 } }
    let x = (0..<rows).map { i in (0..<features).map { spread * centres[i % classes][$0] + 2 * number() - 1 }
    }
    return Rows(x: x, labels: (0..<rows).map { $0 % classes }, classes: classes)
  }

  /// 300 of the UCI optical digits, pixels 0 to 16 as letters.
  static var digits: Rows {
    let file = URL(filePath: #filePath).deletingLastPathComponent().appending(
      path: "../References/digits.txt")
    guard let text = try? String(contentsOf: file, encoding: .utf8) else { fatalError("no \(file.path)") }
    let lines = text.split(separator: "\n").dropFirst()
    return Rows(
      x: lines.map { $0.utf8.dropFirst(2).map { Double($0 - 97) / 16 } },
      labels: lines.map { Int($0.utf8.first! - 48) }, classes: 10)
  }

  func times(_ count: Int) -> Rows {
    Rows(
      x: (0..<count).flatMap { _ in x }, labels: (0..<count).flatMap { _ in labels }, classes: classes)
  }

  var repeated: Rows {
    Rows(
      x: x.flatMap { [$0 + $0, $0 + $0] }, labels: labels.flatMap { [$0, $0] }, classes: classes)
  }

  func map(_ change: (_ row: Int, _ column: Int, _ x: Double) -> Double) -> Rows {
    var result = self
    for i in x.indices { for j in x[i].indices { result.x[i][j] = change(i, j, x[i][j]) } }
    return result
  }

  func labelled(_ change: (_ row: Int, _ label: Int) -> Int) -> Rows {
    Rows(x: x, labels: labels.indices.map { change($0, labels[$0]) }, classes: classes)
  }
}
