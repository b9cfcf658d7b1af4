import Descent
import LinearAlgebra

/// A small problem for full-batch solvers, ordinary or hostile. The data are given by formulas, which
/// Tests/References/smooth_optima.py has too.
struct SolverProblem: Sendable, CustomStringConvertible {
  let name: String
  let rows: Int
  let columns: Int
  let classes: Int
  let l2: Double
  var scaling = ScalingChoice.none
  var description: String { name }
  let x: [Double]
  var labels: [Int32]

  init(
    _ name: String, rows: Int, columns: Int, classes: Int, l2: Double, scaling: ScalingChoice = .none,
    _ x: [Double]? = nil
  ) {
    (self.name, self.rows, self.columns, self.classes, self.l2) = (name, rows, columns, classes, l2)
    self.scaling = scaling
    self.x = x ?? Self.features(rows, columns)
    labels = (0..<rows).map { Int32(($0 * $0 + $0 / 3) % classes) }
  }

  /// In −1...1, neither random nor regular.
  static func noise(_ i: Int, _ j: Int) -> Double {
    let mixed: Int = i * 7919 + j * 10473 + i * j * 31 + 17
    return Double(mixed % 1000) / 500 - 1
  }

  static func features(_ rows: Int, _ columns: Int) -> [Double] {
    (0..<rows * columns).map { noise($0 / columns, $0 % columns) }
  }

  /// The data set for a loss: labels, or numbers that depend on the first feature.
  func data(for loss: any Loss) -> Dataset {
    let features = DenseStorage(rows: rows, columns: columns, elements: x[...])
    guard loss.task == .regression else {
      return Dataset(
        features: features, targets: .labels(labels), classNames: (0..<classes).map(String.init))
    }
    let first = scaling == .none ? Scaling.none : Scaling.standard(of: features)
    let values = (0..<rows).map { i in
      2 * Self.noise(i, 91) + 3 * (x[i * columns] - first.shift(0)) * first.factor(0)
    }
    return Dataset(features: features, targets: .values(values))
  }

  /// The smallest objective there is; nil where the loss does not suit the problem.
  func optimum(_ loss: any Loss) -> Double? { solverOptima["\(name)/\(loss.name)"] }

  static let all: [SolverProblem] = [
    SolverProblem("overlapping", rows: 60, columns: 4, classes: 3, l2: 1e-2),
    SolverProblem("no penalty", rows: 60, columns: 4, classes: 3, l2: 0),
    SolverProblem("tiny l2", rows: 60, columns: 4, classes: 3, l2: 1e-7),
    SolverProblem("huge l2", rows: 60, columns: 4, classes: 3, l2: 1e6),
    SolverProblem(
      "constant, duplicate, collinear", rows: 40, columns: 5, classes: 3, l2: 1e-2, collinear),
    SolverProblem("the same without a penalty", rows: 40, columns: 5, classes: 3, l2: 0, collinear),
    SolverProblem(
      "rows of zeros", rows: 30, columns: 3, classes: 2, l2: 1e-2,
      features(30, 3).enumerated().map { i, x in i / 3 % 3 == 0 ? 0 : x }),
    SolverProblem("one feature", rows: 25, columns: 1, classes: 2, l2: 1e-2),
    oneOfAClass,
    SolverProblem("more features than rows", rows: 8, columns: 20, classes: 2, l2: 1e-2),
    SolverProblem(
      "scales 1e-30 to 1e30", rows: 40, columns: 3, classes: 3, l2: 1e-2, scaling: .standard,
      features(40, 3).enumerated().map { i, x in x * [1e-30, 1, 1e30][i % 3] }),
  ]

  private static var collinear: [Double] {
    (0..<40).flatMap { i in
      let (a, b) = (noise(i, 0), noise(i, 1))
      return [a, 5, a, a + b, b]
    }
  }

  private static var oneOfAClass: SolverProblem {
    var problem = SolverProblem("a class with one row", rows: 30, columns: 3, classes: 3, l2: 1e-2)
    problem.labels = (0..<30).map { Int32(($0 * $0 + $0 / 3) % 2) }
    problem.labels[7] = 2
    return problem
  }
}
