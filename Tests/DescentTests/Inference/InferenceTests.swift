import Descent
import LinearAlgebra
import Testing

@Suite("Inference")
struct InferenceTests {
  private func fit(_ data: Dataset, _ loss: any Loss = Logistic(), _ penalty: any Penalty = NoPenalty())
    throws
    -> TrainedModel<Double>
  {
    try Trainer(loss: loss, penalty: penalty).fit(data, as: Double.self).model
  }

  private func errors(_ data: Dataset, _ loss: any Loss, _ kind: Inference.Covariance = .information) throws
    -> [Double]
  {
    try fit(data, loss).inference(on: data, covariance: kind).coefficients.map(\.standardError)
  }

  @Test("of classes a row of weight 2 is the row twice") func counted() throws {
    var data = InferenceReferences.all.data(Logistic())
    data.weights = (0..<data.rows).map { Double($0 % 3) }
    var twice = data.rows(at: (0..<data.rows).flatMap { Array(repeating: $0, count: $0 % 3) })
    twice.weights = nil
    let (a, b) = (try fit(data).inference(on: data), try fit(twice).inference(on: twice))
    #expect(
      zip(a.coefficients.map(\.standardError), b.coefficients.map(\.standardError)).relativeDifference < 1e-9)
    #expect(abs(a.fit.bic! - b.fit.bic!) < 1e-7 && a.rows == 60 && b.rows == 90)
    #expect(abs(a.fit.pearson! - b.fit.pearson!) < 1e-7 && a.fit.residualDegrees == b.fit.residualDegrees)
  }

  @Test("of numbers the weights' unit leaves no trace") func unit() throws {
    var data = InferenceReferences.all.data(SquaredError())
    data.weights = InferenceReferences.all.weight
    let errors = try errors(data, SquaredError())
    data.weights = data.weights!.map { 1000 * $0 }
    #expect(zip(try self.errors(data, SquaredError()), errors).relativeDifference < 1e-12)
  }

  @Test("groups of one row each are none") func singleGroups() throws {
    var data = InferenceReferences.all.data(Softmax())
    let robust = try errors(data, Softmax(), .hc1)
    data.groups = (0..<Int32(data.rows)).reversed()
    #expect(zip(try errors(data, Softmax(), .clustered), robust).relativeDifference < 1e-12)
  }

  @Test("softmax of two classes is the logistic loss") func two() throws {
    let data = InferenceReferences.all.data(Logistic())
    let (one, two) = (try errors(data, Logistic()), try errors(data, Softmax()))
    #expect(zip(one, two).relativeDifference < 1e-9)
    let pearson = try ([Logistic(), Softmax()] as [any Loss]).map {
      try fit(data, $0).inference(on: data).fit.pearson!
    }
    #expect(abs(pearson[0] - pearson[1]) < 1e-6 * pearson[0])
    // W of two rows at the least norm is half a difference each.
    let (a, b) = (
      try fit(data, Logistic(), L2(0.01)).inference(on: data),
      try fit(data, Softmax(), L2(0.02)).inference(on: data)
    )
    #expect(zip(a.coefficients.map(\.estimate), b.coefficients.map(\.estimate)).relativeDifference < 1e-9)
    #expect(
      zip(a.coefficients.map(\.standardError), b.coefficients.map(\.standardError)).relativeDifference < 1e-9)
  }

  @Test("the penalty's scale is the training's", arguments: [ScalingChoice.none, .factor(0.1)])
  func scaling(_ scaling: ScalingChoice) throws {
    let data = InferenceReferences.all.data(Logistic())
    let model = try Trainer(loss: Logistic(), penalty: L2(0.1), scaling: scaling)
      .fit(data, as: Double.self).model
    // Within the tolerance: with another penalty the model's weights would not be the optimum.
    #expect(try model.inference(on: data).distance < 0.1)
  }

  @Test("Huber's loss by the residuals: at a δ beyond them it is the squared one") func huber() throws {
    let data = InferenceReferences.all.data(SquaredError())
    let found = try fit(data, Huber(delta: 1000)).inference(on: data, covariance: .hc1)
    #expect(
      zip(found.coefficients.map(\.standardError), try errors(data, SquaredError(), .hc1)).relativeDifference
        < 1e-9)
    #expect(found.fit.logLikelihood == nil && found.degreesOfFreedom == nil)
    #expect(throws: InferenceError.noLikelihood("huber")) { try fit(data, Huber()).inference(on: data) }
  }

  @Test("sparse rows are the dense ones") func sparse() throws {
    var data = InferenceReferences.all.data(Logistic())
    let dense = try errors(data, Logistic())
    let rows = InferenceReferences.all.features
    data.features = SparseStorage(
      columns: 3, starts: (0...rows.count).map { 3 * $0 },
      indices: rows.flatMap { _ in [0, 1, 2] as [Int32] },
      values: .double(rows.flatMap { $0 }))
    #expect(zip(try errors(data, Logistic()), dense).relativeDifference < 1e-9)
  }
}
