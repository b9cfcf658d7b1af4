import Descent
import LinearAlgebra
import Testing

@Suite("Metrics against scikit-learn's")
struct MetricsTests {
  /// t=[0,0,0,0,1,1,1,2,2,2,2,2]; p=[0,0,1,2,1,1,0,2,2,1,2,0]
  /// confusion_matrix(t, p); accuracy_score(t, p); precision_recall_fscore_support(t, p)
  @Test func confusion() {
    var confusion = Confusion(classNames: ["a", "b", "c"])
    let actual = [0, 0, 0, 0, 1, 1, 1, 2, 2, 2, 2, 2]
    for (t, p) in zip(actual, [0, 0, 1, 2, 1, 1, 0, 2, 2, 1, 2, 0]) {
      confusion.count(actual: t, predicted: p)
    }
    #expect(confusion.counts == [[2, 1, 1], [1, 2, 0], [1, 1, 3]])
    #expect(confusion.total == 12)
    #expect(confusion.accuracy == 0.5833333333333334)
    #expect((0..<3).map { confusion.precision($0) } == [0.5, 0.5, 0.75])
    #expect((0..<3).map { confusion.recall($0) } == [0.5, 0.6666666666666666, 0.6])
    #expect((0..<3).map { confusion.f1($0) } == [0.5, 0.5714285714285714, 0.6666666666666666])
  }

  @Test func classesThatDoNotOccur() {
    var confusion = Confusion(classNames: ["a", "b", "c"])
    confusion.count(actual: 0, predicted: 1)
    #expect(confusion.precision(0) == nil && confusion.recall(0) == 0 && confusion.f1(0) == 0)
    #expect(confusion.precision(1) == 0 && confusion.recall(1) == nil)
    #expect(confusion.precision(2) == nil && confusion.recall(2) == nil && confusion.f1(2) == nil)
    #expect(Confusion(classNames: ["a", "b"]).accuracy == 0)
  }

  /// t=[1.5,-.5,2,7.25,3]; p=[1,-1,2.5,6,3.5]; mean_squared_error(t, p)**.5; r2_score(t, p)
  @Test func regression() {
    let model = TrainedModel<Double>(
      architecture: LinearModel(inputs: 1, outputs: 1), parameters: [1, 0], classNames: [],
      lossName: "squared")
    let data = Dataset(
      features: [[1], [-1], [2.5], [6], [3.5]] as Matrix<Double>, values: [1.5, -0.5, 2, 7.25, 3])
    let evaluation = model.evaluate(on: data, loss: SquaredError())
    #expect(abs(evaluation.rmse! - 0.7158910531638176) < 1e-15)
    #expect(abs(evaluation.r2! - 0.9222306525037937) < 1e-15)
    #expect(abs(evaluation.loss - 0.7158910531638176 * 0.7158910531638176 / 2) < 1e-15)
    #expect(evaluation.accuracy == nil && evaluation.confusion == nil)
  }

  /// Rows in blocks, a batch and rows by themselves say the same.
  @Test func everyWayToClassify() throws {
    let data = overlapping(rows: 200, features: 5, classes: 4)
    let model = try Trainer(solver: MiniBatch(epochs: 5)).fit(data, as: Double.self).model
    var x = Matrix<Double>(rows: 200, columns: 5)
    var buffer = Array(x.elements)
    var span = buffer.mutableSpan
    data.features.read(0..<200, into: &span)
    x = Matrix(rows: 200, columns: 5, elements: buffer)
    let names = model.classify(data.features)
    #expect(model.classify(x) == names)
    #expect((0..<200).map { model.classify(Array(x[row: $0])) } == names)
    #expect(model.classIndices(x).map { data.classNames[$0] } == names)
    #expect(model.classIndices(data.features) == model.classIndices(x))
    let labels = try data.targets.requireLabels()
    let right = zip(names, labels).count { $0 == data.classNames[Int($1)] }
    #expect(model.evaluate(on: data, loss: Softmax()).accuracy == Double(right) / 200)
    #expect(Set(names).count == 4)
  }
}
