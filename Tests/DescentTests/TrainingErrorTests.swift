import Descent
import LinearAlgebra
import Testing

@Suite("Data that no model can be trained from")
struct TrainingErrorTests {
  private func expect(
    _ error: TrainingError, _ words: String, by trainer: Trainer = Trainer(), of data: Dataset
  ) {
    #expect(throws: error) { try trainer.fit(data, as: Float.self) }
    #expect("\(error)" == words)
  }

  @Test func tooLittle() {
    expect(
      .noRows, "no rows to train on", of: Dataset(features: Matrix<Float>(rows: 0, columns: 2), labels: []))
    expect(
      .noFeatures, "the rows have no features to train on",
      of: Dataset(features: Matrix<Float>(rows: 2, columns: 0), labels: ["a", "b"]))
    expect(
      .oneClass(name: "a"), "all rows are of one class, 'a': a classifier needs two or more",
      of: Dataset(features: [[1], [2]] as Matrix<Float>, labels: ["a", "a"]))
    // Two names, of which the rows have one.
    expect(
      .oneClass(name: "b"), "all rows are of one class, 'b': a classifier needs two or more",
      of: Dataset(
        features: DenseStorage<Float>(rows: 2, columns: 1, elements: [1, 2]), targets: .labels([1, 1]),
        classNames: ["a", "b"]))
  }

  @Test func notFinite() {
    for (value, what) in [(Double.nan, NonFinite.nan), (.infinity, .infinity), (-.infinity, .minusInfinity)] {
      var data = Dataset(
        features: [[1, 2], [3, 4], [5, value]] as Matrix<Double>, labels: ["a", "b", "a"])
      expect(
        .nonFinite(row: 2, column: 1, name: nil, what),
        "row 2, feature 1 is \(what); remove the row or fill the value in", of: data)
      data.featureNames = ["x", "y"]
      expect(
        .nonFinite(row: 2, column: 1, name: "y", what),
        "row 2, feature 1 'y' is \(what); remove the row or fill the value in", of: data)
    }
    let targets = Dataset(features: [[1], [2]] as Matrix<Float>, values: [1, .nan])
    expect(
      .targets(.notFinite(row: 1, .nan)), "row 1: the target is NaN",
      by: Trainer(loss: SquaredError()), of: targets)
  }

  @Test func targetsOfAnotherKind() {
    let labels = Dataset(features: [[1], [2], [3]] as Matrix<Float>, labels: ["a", "b", "c"])
    let numbers = Dataset(features: [[1], [2]] as Matrix<Float>, values: [1, 2])
    for (loss, data) in [
      (Huber() as any Loss, labels), (Hinge(), numbers), (SquaredHinge(), numbers),
      (Logistic(), labels), (Logistic(), numbers), (Softmax(), numbers),
    ] {
      #expect(throws: TrainingError.self, "\(loss.name)") {
        try Trainer(loss: loss).fit(data, as: Float.self)
      }
      #expect(throws: TrainingError.self, "\(loss.name)") { try Trainer(loss: loss).check(data) }
    }
    let wild = Dataset(
      features: DenseStorage<Float>(rows: 2, columns: 1, elements: [1, 2]), targets: .labels([0, 7]),
      classNames: ["a", "b"])
    expect(
      .targets(.labelOutOfRange(row: 1, label: 7, classes: 2)),
      "row 1: label 7 is not one of the 2 classes 0 to 1", of: wild)
  }
}
