import Descent
import Foundation
import LinearAlgebra
import Testing

/// Small hostile problems given by formulas, with optima that Tests/References/optima.py computed with scipy.
struct CertificateProblem: Sendable, CustomTestStringConvertible {
  let kind: String
  let lossName: String
  let l1: Double
  let l2: Double
  let optimum: Double

  static let rows = 24
  static let columns = 5

  var loss: any Loss { Losses.named(lossName)! }
  var testDescription: String { "\(kind) \(lossName) l1 \(l1) l2 \(l2)" }

  var penalty: any Penalty {
    if l1 == 0 { return L2(l2) }
    return l2 == 0 ? L1(l1) : ElasticNet(l1: l1, l2: l2) as any Penalty
  }

  func solver(_ tolerance: Double, mostSteps: Int) -> any Solver {
    if loss is Hinge { return AugmentedLagrangian(tolerance: tolerance, mostSteps: mostSteps) }
    if l1 > 0 { return ProximalNewton(tolerance: tolerance, mostSteps: mostSteps) }
    return Newton(tolerance: tolerance, mostSteps: mostSteps)
  }

  var features: DenseStorage<Double> {
    let scales = kind == "scales" ? [1e-3, 1, 30, 1e-6, 3] : [1, 1, 1, 1, 1]
    let x = (0..<Self.rows).flatMap { i in
      (0..<Self.columns).map { j in
        if kind == "collinear", j == 3 { return 2.0 }
        if kind == "collinear", j == 4 { return 0.0 }
        let k = kind == "collinear" && j == 1 ? 0 : j
        return scales[j] * sin(1.3 * Double(i) + 2.1 * Double(k * k) + 0.7 * Double(i * k))
      }
    }
    return DenseStorage(rows: Self.rows, columns: Self.columns, elements: x[...])
  }

  var data: Dataset {
    let rows = 0..<Self.rows
    if loss.task == .regression {
      return Dataset(
        features: features, targets: .values(rows.map { 2 * cos(0.9 * Double($0)) + ($0 % 7 == 0 ? 5 : 0) }))
    }
    var labels = rows.map { Int32(($0 * $0 + $0 / 3) % 3) }
    if kind == "rare" { labels = rows.map { $0 == 7 ? 2 : Int32($0 % 2) } }
    if loss.columns(classes: 3) == 1 { labels = labels.map { $0 % 2 } }
    let classes = loss.columns(classes: 3) == 1 ? 2 : 3
    return Dataset(
      features: features, targets: .labels(labels), classNames: (0..<classes).map(String.init))
  }
}
