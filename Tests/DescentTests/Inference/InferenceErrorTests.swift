import Descent
import LinearAlgebra
import Testing

@Suite("Where nothing can be inferred, and why")
struct InferenceErrorTests {
  private let references = InferenceReferences.all

  private func model(
    _ data: Dataset, _ loss: any Loss = Logistic(), _ penalty: any Penalty = NoPenalty(),
    _ classWeights: ClassWeights? = nil
  ) throws -> TrainedModel<Double> {
    try Trainer(loss: loss, penalty: penalty, classWeights: classWeights).fit(data, as: Double.self).model
  }

  /// The table with one more column.
  private func wider(_ column: [Double], names: [String]) -> Dataset {
    let data = references.data(SquaredError())
    let rows = zip(references.features, column).map { $0 + [$1] }
    return Dataset(features: Matrix(rows).storage, targets: data.targets, featureNames: names)
  }

  @Test("losses, models and penalties") func models() throws {
    let data = references.data(Logistic())
    #expect(throws: InferenceError.loss("hinge")) {
      try model(data, Hinge(), L2(0.1)).inference(on: data)
    }
    #expect(throws: InferenceError.penalty("the model was trained with an l1 of 0.01")) {
      try model(data, Logistic(), L1(0.01)).inference(on: data)
    }
    #expect(throws: InferenceError.classWeights) {
      try model(data, Logistic(), L2(0.01), .balanced).inference(on: data)
    }
    let robust = try model(data, Logistic(), L2(0.01), .balanced).inference(on: data, covariance: .hc1)
    #expect(robust.distance < 0.1)
    let network = TrainedModel<Double>(
      architecture: Network(inputs: 3, hidden: [2], outputs: 2),
      parameters: Array(repeating: 0.1, count: Network(inputs: 3, hidden: [2], outputs: 2).layout.count),
      classNames: ["no", "yes"], loss: Softmax())
    #expect(throws: InferenceError.notLinear) { try network.inference(on: data) }
  }

  @Test("columns that nothing tells apart, by name") func columns() throws {
    let sums = references.features.map { 2 * $0[0] - $0[1] }
    let dependent = wider(sums, names: ["a", "b", "c", "sum"])
    #expect(throws: InferenceError.dependent(column: "sum")) {
      try model(dependent, SquaredError()).inference(on: dependent)
    }
    #expect(try model(dependent, SquaredError(), L2(0.01)).inference(on: dependent).coefficients.count == 5)
    let constant = wider(sums.map { _ in 7 }, names: ["a", "b", "c", "seven"])
    #expect(throws: InferenceError.constant(column: "seven")) {
      try model(constant, SquaredError()).inference(on: constant)
    }
    // A ridge leaves it at 0, and out of the table.
    let ridge = try model(constant, SquaredError(), L2(0.01)).inference(on: constant)
    #expect(ridge.coefficients.map(\.feature) == [nil, 0, 1, 2])
  }

  @Test("a column of categories is compared with its first") func categories() throws {
    let table = TableSchema(columns: [.init(name: "a"), .init(name: "kind", categories: ["x", "y", "z"])])
    let kinds = (0..<90).map { $0 * 7 % 3 }
    let rows = zip(references.features, kinds).map { row, kind in
      [row[0]] + (0..<3).map { $0 == kind ? 1.0 : 0 }
    }
    var data = Dataset(
      features: Matrix(rows).storage, targets: .values(references.number), featureNames: table.featureNames)
    data.table = table
    let found = try model(data, SquaredError()).inference(on: data)
    #expect(found.references == [1] && found.coefficients.map(\.feature) == [nil, 0, 2, 3])
    let without = Dataset(
      features: Matrix(rows.map { [$0[0], $0[2], $0[3]] }).storage, targets: data.targets)
    let plain = try model(without, SquaredError()).inference(on: without)
    #expect(
      greatestRelativeError(found.coefficients.map(\.estimate), plain.coefficients.map(\.estimate)) < 1e-9)
    #expect(
      greatestRelativeError(found.coefficients.map(\.pValue), plain.coefficients.map(\.pValue)) < 1e-8)
  }

  @Test("rows that were not trained on") func otherRows() throws {
    let data = references.data(Logistic())
    let part = data.rows(at: Array(0..<60))
    let fitted = try model(part)
    #expect(throws: InferenceError.self) { try fitted.inference(on: data) }
    #expect(try fitted.inference(on: part).rows == 60)
    var moved = try model(data)
    moved.provenance.trainingLoss = nil
    let away = TrainedModel<Double>(
      architecture: moved.architecture, parameters: moved.parameters.map { 1.2 * $0 },
      classNames: ["no", "yes"], loss: Logistic())
    #expect(throws: InferenceError.self) { try away.inference(on: data) }
  }

  @Test("no optimum, too few rows, no groups") func rows() throws {
    let separated = Dataset(
      features: [[0, 1], [1, 0], [2, 2], [3, 1], [4, 0], [5, 3]] as Matrix<Double>,
      labels: ["a", "a", "a", "b", "b", "b"])
    var weak = try model(separated, Logistic(), L2(1e-9))
    weak.provenance.penalty = nil
    weak.provenance.trainingLoss = nil
    #expect(throws: InferenceError.noOptimum) { try weak.inference(on: separated) }
    let few = references.data(SquaredError()).rows(at: [0, 1, 2])
    let fitted = try model(few, SquaredError())
    #expect(throws: InferenceError.tooFewRows(3, coefficients: 4)) { try fitted.inference(on: few) }
    var data = references.data(Logistic())
    let fit = try model(data)
    #expect(throws: InferenceError.noClusters) { try fit.inference(on: data, covariance: .clustered) }
    data.groups = Array(repeating: 5, count: data.rows)
    #expect(throws: InferenceError.oneCluster) { try fit.inference(on: data, covariance: .clustered) }
  }
}
