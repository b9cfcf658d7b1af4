import Descent
import Foundation

/// Multiclass hinge problems, whose optima Tests/References/hinge_reference.py computed. Its rows come from the same
/// generator of numbers.
extension Zoo {
  static let hinges = smoothHinges + kinkedHinges

  private static func hinge(
    _ kind: String, _ rows: Rows, margin: Double = 1, l1: Double = 0, l2: Double, optimum: Double
  ) -> Problem {
    Problem(
      kind: kind, loss: Hinge(margin: margin), penalty: penalty(l1: l1, l2: l2), rows: rows, optimum: optimum,
      tolerance: 1e-6)
  }

  static let smoothHinges: [Problem] = [
    hinge("overlapping", base, l2: 1e-2, optimum: 0.97154373959949),
    hinge("separable", separable, l2: 1e-3, optimum: 3.2185046412053e-06),
    hinge("duplicate rows and columns", repeated, l2: 1e-3, optimum: 0.87929413615623),
    hinge(
      "constant columns", base.map { _, j, x in j == 1 ? 1 : j == 3 ? 0 : x }, l2: 1e-3,
      optimum: 1.3799423895971),
    hinge("one feature", blobs(40, 1, 3, 0.7, 3), l2: 1e-3, optimum: 1.6345428921781),
    hinge("two classes", blobs(50, 4, 2, 0.7, 4), l2: 1e-3, optimum: 0.31585070713203),
    hinge(
      "a class with one row", base.labelled { i, y in i == 7 ? 3 : y % 3 }, l2: 1e-3,
      optimum: 0.75677526992357),
    hinge(
      "a class without rows", base.labelled { _, y in y % 3 }, l2: 1e-3, optimum: 0.74881977051441
    ),
    hinge(
      "rows of zeros", base.map { i, _, x in i % 3 == 0 ? 0 : x }, l2: 1e-3,
      optimum: 1.3599444328963),
    hinge(
      "zeros alone", base.map { _, _, _ in 0 }.labelled { _, y in min(y, 2) }, l2: 1e-3,
      optimum: 1.5),
    hinge("tiny l2", base, l2: 1e-8, optimum: 0.87210729074602),
    hinge("tiny l2, separable", separable, l2: 1e-8, optimum: 3.2186335798463e-11),
    hinge("huge l2", base, l2: 1e3, optimum: 2.9987971035492),
    hinge("small margin", base, margin: 0.3, l2: 1e-2, optimum: 0.27434552328945),
    hinge("large margin", base, margin: 10, l2: 1e-2, optimum: 12.840349311466),
    hinge("digits", digits, l2: 1e-3, optimum: 0.014331843215187),
  ]

  /// With kinks in the penalty too.
  static let kinkedHinges: [Problem] = [
    hinge("elastic net", base, l1: 5e-3, l2: 1e-2, optimum: 1.0342366749931),
    hinge("l1", base, l1: 1e-2, l2: 0, optimum: 1.0372544575705),
    hinge("l1, duplicate rows and columns", repeated, l1: 1e-2, l2: 0, optimum: 1.0372544575705),
    hinge(
      "l1, constant columns", base.map { _, j, x in j == 1 ? 1 : j == 3 ? 0 : x }, l1: 1e-2,
      l2: 0, optimum: 1.4668478816737),
    hinge(
      "elastic net, a class without rows", base.labelled { _, y in y % 3 }, l1: 1e-2, l2: 1e-3,
      optimum: 0.81146205041184),
    hinge(
      "l1, zeros alone", base.map { _, _, _ in 0 }.labelled { _, y in min(y, 2) }, l1: 1e-2,
      l2: 0, optimum: 1.5),
    hinge("huge l1", base, l1: 1e3, l2: 0, optimum: 3),
    hinge("elastic net, large margin", base, margin: 10, l1: 1e-2, l2: 1e-3, optimum: 10.936613288261),
    hinge("l1, many features", blobs(120, 12, 4, 0.7, 5), l1: 3e-3, l2: 0, optimum: 0.20027676701107),
    hinge(
      "elastic net, many features", blobs(120, 12, 4, 0.7, 5), l1: 3e-3, l2: 1e-3,
      optimum: 0.23071830929254),
  ]

  /// The same where many multipliers or none are free at the optimum: steps are many, and the gap may stop short.
  static let degenerateHinges: [Problem] = [
    hinge("l1, separable", separable, l1: 1e-3, l2: 0, optimum: 0.00027889776774161),
    hinge(
      "l1, a class with one row", base.labelled { i, y in i == 7 ? 3 : y % 3 }, l1: 1e-3, l2: 0,
      optimum: 0.76113876025827),
    hinge("tiny l1", base, l1: 1e-7, l2: 0, optimum: 0.87210919338915),
  ]

  private static let base = blobs(60, 5, 4, 0.7, 1)
  private static let separable = blobs(60, 5, 4, 20, 2)
  /// Each row and each column twice.
  private static let repeated = base.mapRows { _, x in x + x }.at((0..<120).map { $0 / 2 })

  /// Rows about a centre for each class.
  private static func blobs(_ rows: Int, _ features: Int, _ classes: Int, _ spread: Double, _ seed: Int)
    -> Rows
  {
    var state = seed
    func number() -> Double {
      state = (state &* 1_103_515_245 &+ 12345) & 0x7FFF_FFFF
      return Double(state) / 2_147_483_648
    }
    let centres = (0..<classes).map { _ in (0..<features).map { _ in 2 * number() - 1 } }
    let x = (0..<rows).map { i in
      (0..<features).map { spread * centres[i % classes][$0] + 2 * number() - 1 }
    }
    return Rows(x: x, labels: (0..<rows).map { $0 % classes }, classes: classes)
  }

  /// 300 of the UCI optical digits, pixels 0 to 16 as letters.
  static let digits: Rows = {
    let file = URL(filePath: #filePath).appending(path: "../../../References/digits.txt").standardized
    guard let text = try? String(contentsOf: file, encoding: .utf8) else { fatalError("no \(file.path)") }
    let lines = text.split(separator: "\n").dropFirst()
    return Rows(
      x: lines.map { $0.utf8.dropFirst(2).map { Double($0 - 97) / 16 } },
      labels: lines.map { Int($0.utf8.first! - 48) }, classes: 10)
  }()
}
