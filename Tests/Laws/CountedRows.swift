import LinearAlgebra

@testable import Descent

/// Rows with weights of 0, 1 and 2 and with offsets, and the same rows left out, taken once and taken twice.
struct CountedRows {
  let weighted: DataObjective<Double>
  let repeated: DataObjective<Double>
  /// Where the repeated rows come from.
  let indices: [Int]
  let data: Dataset

  init(_ loss: any Loss, l1: Double = 0, l2: Double = 0.05) {
    let (rows, features) = (31, 3)
    let columns = loss.task == .regression ? 2 : loss.columns(classes: 3)
    let x = Zoo.numbers(rows * features, seed: 1, scale: 2)
    let targets = Zoo.targets(for: loss, rows: rows, columns: columns, seed: 2)
    let offsets = Zoo.numbers(rows * columns, seed: 3)
    let weights = (0..<rows).map { [2.0, 1, 0, 1, 2][$0 % 5] }
    let indices = (0..<rows).flatMap { Array(repeating: $0, count: Int(weights[$0])) }
    let storage = Matrix(rows: rows, columns: features, elements: x).storage
    func objective(_ indices: [Int]?, _ weights: [Double]?) -> DataObjective<Double> {
      DataObjective(
        model: LinearModel(inputs: features, outputs: columns), loss: loss,
        penalty: ElasticNet(l1: l1, l2: l2),
        features: indices.map { storage.selecting($0) } ?? storage, scaling: .none,
        targets: indices.map { targets.gathered(at: $0) } ?? targets, weights: weights,
        offsets: (indices ?? Array(0..<rows)).flatMap { offsets[$0 * columns..<($0 + 1) * columns] },
        targetScaling: nil, heldOut: nil, threads: 1)
    }
    (weighted, repeated) = (objective(nil, weights), objective(indices, nil))
    data = Dataset(
      features: storage, targets: targets,
      classNames: loss.task == .regression ? [] : (0..<max(2, columns)).map(String.init), weights: weights,
      offsets: columns == 1 ? offsets : nil)
    self.indices = indices
  }

  func parameters(_ seed: UInt64) -> [Double] { Zoo.numbers(weighted.count, seed: seed) }
}
