import Descent
import LinearAlgebra

/// Data on which proofs used to fail, given by formulas that Tests/References/proofs.py has too.
enum ProofProblems {
  static let rows = 60

  private static func noise(_ i: Int, _ j: Int) -> Double { SolverProblem.noise(i, j) }

  private static func features(_ columns: Int, _ x: (_ row: Int, _ column: Int) -> Double)
    -> DenseStorage<Double>
  {
    let elements = (0..<rows * columns).map { x($0 / columns, $0 % columns) }
    return DenseStorage(rows: rows, columns: columns, elements: elements[...])
  }

  /// Targets far from 0, some of them outliers.
  static func farTargets(mean: Double) -> Dataset {
    Dataset(
      features: features(3, noise),
      targets: .values(
        (0..<rows).map { i in
          mean + 3 * noise(i, 0) - 2 * noise(i, 1) + 2 * noise(i, 91) + (i % 9 == 0 ? 20 : 0)
        }))
  }

  struct Far: Sendable {
    let l1, l2, optimum: Double
    var penalty: any Penalty { l1 > 0 ? ElasticNet(l1: l1, l2: l2) : L2(l2) }
  }

  /// Of Huber's loss, whatever the mean is.
  static let far: [Far] = [
    .init(l1: 0.01, l2: 0.0, optimum: 2.670343375153289),
    .init(l1: 0.0, l2: 0.01, optimum: 2.6591941978150664),
    .init(l1: 0.01, l2: 0.01, optimum: 2.6905227792832043),
  ]

  /// A Hessian that is singular or nearly so, without a penalty.
  enum Singular: String, CaseIterable, Sendable {
    case nearCopies, aColumnForEachCategory

    /// Of each loss.
    var optima: [String: Double] {
      switch self {
      case .nearCopies:
        [
          "squared": 0.001607179098684345, "huber": 0.0016071790987456486, "softmax": 0.5407987504106504,
          "logistic": 0.5407987504106504, "squared-hinge": 0.7522705878408353,
        ]
      case .aColumnForEachCategory:
        [
          "squared": 0.1499884495703481, "huber": 0.14998000935907302, "softmax": 1.0921148532303142,
          "logistic": 0.5987220442655523, "squared-hinge": 1.9803494012860077,
        ]
      }
    }

    func data(for loss: any Loss) -> Dataset {
      let storage =
        switch self {
        case .nearCopies: features(2) { i, j in noise(i, 0) + (j == 1 ? 1e-4 * noise(i, 5) : 0) }
        case .aColumnForEachCategory:
          features(4) { i, j in j == 3 ? noise(i, 0) : i % 3 == j ? 1 : 0 }
        }
      let t = (0..<rows).map { 1.5 * noise($0, 0) + noise($0, 5) + 0.1 * noise($0, 7) }
      guard loss.task == .classification else { return Dataset(features: storage, targets: .values(t)) }
      let hasThree = self == .aColumnForEachCategory && !(loss is Logistic)
      let labels = (0..<rows).map { i in
        Int32(hasThree ? (i * i + i / 3) % 3 : t[i] + 2 * noise(i, 8) > 0 ? 1 : 0)
      }
      return Dataset(
        features: storage, targets: .labels(labels),
        classNames: hasThree ? ["a", "b", "c"] : ["a", "b"])
    }
  }

  /// Two classes that a line tells apart, or some rows of which a column of ones and zeros does.
  static func separable(wholly: Bool) -> Dataset {
    let storage = features(3) { i, j in
      j < 2 ? noise(i, j) : !wholly && i % 4 == 0 && noise(i, 0) > 0 ? 1 : 0
    }
    let labels = (0..<rows).map { i in
      let isMarked = i % 4 == 0 && noise(i, 0) > 0
      return Int32(wholly ? (noise(i, 0) > 0.1 ? 1 : 0) : isMarked || i % 3 == 0 ? 1 : 0)
    }
    return Dataset(features: storage, targets: .labels(labels), classNames: ["a", "b"])
  }

  static func constant(_ value: Double) -> Dataset {
    Dataset(
      features: features(3, noise), targets: .values(Array(repeating: value, count: rows)))
  }
}
