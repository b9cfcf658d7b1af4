import Descent
import LinearAlgebra

/// Rows on which proofs used to fail. Tests/References/proofs.py has the same formulas.
extension Zoo {
  private static let rows = 60

  private static func rows(
    _ columns: Int, values: [Double] = [], _ x: (_ row: Int, _ column: Int) -> Double
  ) -> Rows {
    Rows(
      x: (0..<rows).map { i in (0..<columns).map { x(i, $0) } },
      labels: Array(repeating: 0, count: rows), classes: 2, values: values)
  }

  /// Huber's loss of targets far from 0, some of them outliers. The optimum is the same wherever they are.
  static let farTargets: [Problem] = [10, 100, 1000, 1e6].flatMap { mean in
    farOptima.map { l1, l2, optimum in
      Problem(
        kind: "targets about \(mean)", loss: Huber(), penalty: penalty(l1: l1, l2: l2), rows: far(mean),
        scaling: .standard, optimum: optimum, slack: 1e-8, tolerance: mean > 1e4 ? 1e-6 : 1e-10)
    }
  }

  private static let farOptima = [
    (0.01, 0.0, 2.670343375153289), (0.0, 0.01, 2.6591941978150664), (0.01, 0.01, 2.6905227792832043),
  ]

  private static func far(_ mean: Double) -> Rows {
    let values = (0..<rows).map { i -> Double in
      let signal: Double = 3 * noise(i, 0) - 2 * noise(i, 1) + 2 * noise(i, 91)
      return mean + signal + (i % 9 == 0 ? 20 : 0)
    }
    return rows(3, values: values, noise)
  }

  /// A Hessian that is singular or nearly so, without a penalty.
  static let singular: [Problem] =
    singularOptima.flatMap { kind, optima in
      optima.map { name, optimum in
        let loss = Losses.named(name)!
        return Problem(
          kind: kind, loss: loss, penalty: NoPenalty(), rows: singular(kind, for: loss), scaling: .standard,
          optimum: optimum, slack: 1e-9 * optimum, tolerance: 1e-6)
      }
    }

  private static let singularOptima: [(String, [(String, Double)])] = [
    (
      "near copies",
      [
        ("squared", 0.001607179098684345), ("huber", 0.0016071790987456486),
        ("softmax", 0.5407987504106504), ("logistic", 0.5407987504106504),
        ("squared-hinge", 0.7522705878408353),
      ]
    ),
    (
      "a column for each category",
      [
        ("squared", 0.1499884495703481), ("huber", 0.14998000935907302), ("softmax", 1.0921148532303142),
        ("logistic", 0.5987220442655523), ("squared-hinge", 1.9803494012860077),
      ]
    ),
  ]

  private static func singular(_ kind: String, for loss: any Loss) -> Rows {
    let values = (0..<rows).map { 1.5 * noise($0, 0) + noise($0, 5) + 0.1 * noise($0, 7) }
    var result =
      kind == "near copies"
      ? rows(2, values: values) { i, j in noise(i, 0) + (j == 1 ? 1e-4 * noise(i, 5) : 0) }
      : rows(4, values: values) { i, j in j == 3 ? noise(i, 0) : i % 3 == j ? 1 : 0 }
    if kind != "near copies", loss.columns(classes: 3) == 3 { result.classes = 3 }
    return result.labelled { i, _ in
      result.classes == 3 ? label(i) : values[i] + 2 * noise(i, 8) > 0 ? 1 : 0
    }
  }

  /// Two classes that a line tells apart, or some rows of which a column of ones and zeros does.
  static func separable(wholly: Bool) -> Rows {
    let isMarked = { i in i % 4 == 0 && noise(i, 0) > 0 }
    return rows(3) { i, j in j < 2 ? noise(i, j) : !wholly && isMarked(i) ? 1 : 0 }.labelled { i, _ in
      (wholly ? noise(i, 0) > 0.1 : isMarked(i) || i % 3 == 0) ? 1 : 0
    }
  }

  static func constantTarget(_ value: Double) -> Rows {
    rows(3, values: Array(repeating: value, count: rows), noise)
  }
}
