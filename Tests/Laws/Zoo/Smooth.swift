import Descent
import LinearAlgebra

/// Ordinary and hostile rows for losses with a gradient. Tests/References/smooth_optima.py has the same formulas.
extension Zoo {
  static let smooth: [Problem] = kinds.flatMap { kind in
    Losses.all.compactMap { loss in
      solverOptima["\(kind.name)/\(loss.name)"].map { optimum in
        Problem(
          kind: kind.name, loss: loss, penalty: penalty(l1: 0, l2: kind.l2), rows: kind.rows,
          scaling: kind.scaling, optimum: optimum, slack: 1e-9 * max(1, optimum))
      }
    }
  }

  /// In −1...1, neither random nor regular.
  static func noise(_ i: Int, _ j: Int) -> Double {
    let mixed: Int = i * 7919 + j * 10473 + i * j * 31 + 17
    return Double(mixed % 1000) / 500 - 1
  }

  /// Modulo the classes: neither random nor regular too.
  static func label(_ row: Int) -> Int { row * row + row / 3 }

  /// Noise, changed, with labels that do not depend on it and numbers that do on the first feature.
  static func noisy(
    _ count: Int, _ columns: Int, classes: Int,
    _ change: (_ row: Int, _ column: Int, _ x: Double) -> Double = { _, _, x in x },
    first: (Double) -> Double = { $0 }
  ) -> Rows {
    let x = (0..<count).map { i in (0..<columns).map { change(i, $0, noise(i, $0)) } }
    var rows = Rows(x: x, labels: (0..<count).map(label), classes: classes)
    rows.values = (0..<count).map { 2 * noise($0, 91) + 3 * first(rows.x[$0][0]) }
    return rows
  }

  private struct Kind {
    let name: String
    let rows: Rows
    let l2: Double
    var scaling = ScalingChoice.none
  }

  private static let kinds: [Kind] = [
    Kind(name: "overlapping", rows: noisy(60, 4, classes: 3), l2: 1e-2),
    Kind(name: "no penalty", rows: noisy(60, 4, classes: 3), l2: 0),
    Kind(name: "tiny l2", rows: noisy(60, 4, classes: 3), l2: 1e-7),
    Kind(name: "huge l2", rows: noisy(60, 4, classes: 3), l2: 1e6),
    Kind(name: "constant, duplicate, collinear", rows: collinear, l2: 1e-2),
    Kind(name: "the same without a penalty", rows: collinear, l2: 0),
    Kind(name: "rows of zeros", rows: noisy(30, 3, classes: 2) { i, _, x in i % 3 == 0 ? 0 : x }, l2: 1e-2),
    Kind(name: "one feature", rows: noisy(25, 1, classes: 2), l2: 1e-2),
    Kind(
      name: "a class with one row",
      rows: noisy(30, 3, classes: 3).labelled { i, _ in i == 7 ? 2 : label(i) % 2 }, l2: 1e-2),
    Kind(name: "more features than rows", rows: noisy(8, 20, classes: 2), l2: 1e-2),
    Kind(name: "scales 1e-30 to 1e30", rows: scales, l2: 1e-2, scaling: .standard),
  ]

  private static var collinear: Rows {
    noisy(40, 5, classes: 3) { i, j, _ in
      let (a, b) = (noise(i, 0), noise(i, 1))
      return [a, 5, a, a + b, b][j]
    }
  }

  /// The numbers depend on the first feature as it is scaled.
  private static var scales: Rows {
    let change = { (_: Int, j: Int, x: Double) in x * [1e-30, 1, 1e30][j] }
    let scaling = Scaling.standard(of: noisy(40, 3, classes: 3, change).denseStorage)
    return noisy(40, 3, classes: 3, change) { ($0 - scaling.shift(0)) * scaling.factor(0) }
  }
}
