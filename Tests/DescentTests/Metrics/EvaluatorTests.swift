import Descent
import LinearAlgebra
import Testing

@Suite struct EvaluatorTests {
  /// Rows in blocks are measured to the bits of all rows at once, whatever the targets are, with weights and offsets too.
  @Test(arguments: ["logistic", "softmax", "squared"], [false, true])
  func blocksGiveWhatTheWholeGives(loss: String, areWeighed: Bool) throws {
    let (rows, columns, classes) = (700, 3, loss == "softmax" ? 3 : loss == "logistic" ? 2 : 0)
    let names = (0..<classes).map { "c\($0)" }
    let outputs = classes == 3 ? 3 : 1
    let parameters: [Double] = (0..<(columns + 1) * outputs).map { (i: Int) -> Double in
      Double(i * 5 % 7) / 8 - 0.3
    }
    let model = TrainedModel<Double>(
      architecture: LinearModel(inputs: columns, outputs: outputs), parameters: parameters,
      classNames: names, lossName: loss)
    let numbers: [Double] = (0..<rows * columns).map { (i: Int) -> Double in
      if i % 4 == 0 { return 0 }
      return Double(i * 37 % 101) / 50 - 1
    }
    let values: [Double] = (0..<rows).map { (i: Int) -> Double in Double(i * 13 % 29) / 10 - 1 }
    let labels: [Int32] = (0..<rows).map { (i: Int) -> Int32 in Int32(i * 7 % 11 % max(1, classes)) }
    let targets = classes == 0 ? Targets.values(values) : .labels(labels)
    let weights: [Double]? = areWeighed ? (0..<rows).map { (i: Int) -> Double in Double(i % 4) / 2 } : nil
    let offsets: [Double]? = areWeighed && classes < 3 ? values.map { $0 / 3 } : nil
    let dense = Matrix<Double>(rows: rows, columns: columns, elements: numbers)
    let sparse = Self.sparse(dense)

    // Dense rows are so few that they are one block; sparse ones come in blocks of 256.
    for storage in [dense.storage, sparse] as [any FeatureStorage] {
      let whole = model.evaluate(
        on: Dataset(
          features: storage, targets: targets, classNames: names, weights: weights, offsets: offsets))
      var evaluator = Evaluator(of: model)
      let size = storage is SparseStorage ? evaluator.sparseRowsAtOnce : evaluator.denseRowsAtOnce
      for start in stride(from: 0, to: rows, by: size) {
        let range = start..<min(start + size, rows)
        let (weights, offsets) = (weights.map { Array($0[range]) }, offsets.map { Array($0[range]) })
        if storage is SparseStorage {
          evaluator.add(
            sparse.block(range, as: Double.self), targets[range], weights: weights, offsets: offsets)
        } else {
          evaluator.add(dense, targets[range], weights: weights, offsets: offsets)
        }
      }
      try Self.expectEqual(evaluator.evaluation, whole)
    }

    // Other blocks sum up in another order, and no more than that.
    var evaluator = Evaluator(of: model)
    for row in 0..<rows {
      let own = Array(numbers[row * columns..<(row + 1) * columns])
      let features = Matrix<Double>(rows: 1, columns: columns, elements: own)
      evaluator.add(
        features, targets[row..<row + 1], weights: weights.map { [$0[row]] },
        offsets: offsets.map { [$0[row]] })
    }
    let (single, whole) = (
      evaluator.evaluation,
      model.evaluate(
        on: Dataset(
          features: dense.storage, targets: targets, classNames: names, weights: weights, offsets: offsets))
    )
    #expect(single.rows == whole.rows && single.confusion == whole.confusion)
    #expect(abs(single.loss - whole.loss) <= 1e-13 * abs(whole.loss))
  }

  @Test func noRowsAreMeasuredAsNone() throws {
    let model = TrainedModel<Float>(
      architecture: LinearModel(inputs: 1, outputs: 1), parameters: [1, 0], classNames: ["a", "b"],
      lossName: "logistic")
    let whole = model.evaluate(
      on: Dataset(
        features: Matrix<Float>(rows: 0, columns: 1, elements: []).storage, targets: .labels([Int32]()),
        classNames: ["a", "b"]))
    try Self.expectEqual(Evaluator(of: model).evaluation, whole)
  }

  private static func expectEqual(_ a: Evaluation, _ b: Evaluation) throws {
    #expect(a.rows == b.rows && a.weight == b.weight && a.loss == b.loss && a.confusion == b.confusion)
    #expect(a.rmse == b.rmse && a.r2 == b.r2 && a.metrics == b.metrics)
    #expect(b.rows == 0 || b.metrics.count >= 5)
  }

  private static func sparse(_ dense: Matrix<Double>) -> SparseStorage {
    var (starts, indices, values) = ([0], [Int32](), [Double]())
    for row in 0..<dense.rows {
      for column in 0..<dense.columns where dense[row, column] != 0 {
        indices.append(Int32(column))
        values.append(dense[row, column])
      }
      starts.append(indices.count)
    }
    return SparseStorage(columns: dense.columns, starts: starts, indices: indices, values: .double(values))
  }
}
