import Descent
import LinearAlgebra
import Testing

/// A solver that sees all rows, with a loss and a penalty that it minimises.
struct InvarianceCase: Sendable, CustomTestStringConvertible {
  let solver: any Solver
  let loss: any Loss
  let penalty: any Penalty
  var isSparse = false

  var testDescription: String {
    let setting = (loss as? Huber).map { " δ \($0.delta)" } ?? loss.margin.map { " Δ \($0)" } ?? ""
    return "\(solver.name), \(loss.name)\(setting), \(penalty.name)"
  }

  /// All that go together.
  static let all: [InvarianceCase] = {
    let penalties: [any Penalty] = [
      NoPenalty(), L2(0.05), L1(0.02), ElasticNet(l1: 0.02, l2: 0.05), GroupLasso(0.02),
    ]
    return penalties.flatMap { penalty in
      solvers(penalty is NoPenalty ? 1e-14 : 1e-10).flatMap { solver in
        Instances.losses.filter { solver.refusal(loss: $0, penalty: penalty, isLinear: true) == nil }.map {
          InvarianceCase(
            solver: solver, loss: $0, penalty: penalty, isSparse: solver is DualCoordinateAscent)
        }
      }
    }
  }()

  private static func solvers(_ tolerance: Double) -> [any Solver] {
    Instances.solvers.map { $0.make(tolerance) } + [
      ProximalNewton(tolerance: tolerance), AugmentedLagrangian(tolerance: tolerance),
      DualCoordinateAscent(tolerance: tolerance),
    ]
  }

  func fit(
    _ rows: [[Double]], _ targets: [Double], scaling: ScalingChoice = .none, hasIntercept: Bool = true
  ) throws -> Fit<Double> {
    var trainer = Trainer(
      loss: loss, penalty: penalty, solver: solver, scaling: scaling, threads: 1, timeLimit: .seconds(60))
    trainer.fitsIntercept = hasIntercept
    return try trainer.fit(data(rows, targets), as: Double.self)
  }

  private func data(_ rows: [[Double]], _ targets: [Double]) -> Dataset {
    let (columns, x) = (rows[0].count, rows.joined().map { $0 })
    let features: any FeatureStorage =
      isSparse
      ? SparseStorage(
        columns: columns, starts: (0...rows.count).map { $0 * columns },
        indices: x.indices.map { Int32($0 % columns) }, values: .double(x))
      : DenseStorage(rows: rows.count, columns: columns, elements: x[...])
    guard loss.task == .classification else {
      return Dataset(features: features, targets: .values(targets))
    }
    // Logistic has one score, for two classes.
    let classes: Int32 = loss.columns(classes: 3) == 1 ? 2 : 3
    let labels = targets.map { Int32(abs($0) * 100) % classes }
    return Dataset(
      features: features, targets: .labels(labels), classNames: (0..<classes).map(String.init))
  }

  /// Rows of three features with targets that follow them loosely: classes overlap, so that there is an optimum
  /// without a penalty too, and it is one point.
  static let rows = stride(from: 0, to: 90, by: 3).map {
    Array(Zoo.numbers(90, seed: 21, scale: 2)[$0..<$0 + 3])
  }
  static let targets = zip(rows, Zoo.numbers(30, seed: 22, scale: 1)).map { row, noise in
    row[0] - 0.5 * row[1] + noise
  }
}

extension Fit where Element == Double {
  /// Of the features as they are, `[outputs][features]`.
  var weights: [[Double]] {
    let templates = model.templates!
    return (0..<templates.rows).map { Array(templates[row: $0]) }
  }
}
