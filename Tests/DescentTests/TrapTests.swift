import Descent
import LinearAlgebra
import Testing

@Suite("Shape mistakes stop the program and name both numbers")
struct TrapTests {
  @Test func rowsOfAnotherWidth() async {
    let result = await #expect(processExitsWith: .failure, observing: [\.standardErrorContent]) {
      let model = TrainedModel<Float>(
        architecture: LinearModel(inputs: 3, outputs: 2), parameters: .init(repeating: 0, count: 8),
        classNames: ["a", "b"], lossName: "softmax")
      _ = model.classify([1, 2, 3, 4])
    }
    expect(result, says: "a row of 4 features for a model of 3")
  }

  @Test func parametersOfAnotherModel() async {
    let result = await #expect(processExitsWith: .failure, observing: [\.standardErrorContent]) {
      _ = TrainedModel<Float>(
        architecture: LinearModel(inputs: 3, outputs: 2), parameters: [1, 2], classNames: [],
        lossName: "softmax")
    }
    expect(result, says: "2 parameters for a model of 8")
  }

  @Test func targetsForOtherRows() async {
    let result = await #expect(processExitsWith: .failure, observing: [\.standardErrorContent]) {
      _ = Dataset(features: Matrix<Float>(rows: 3, columns: 1), values: [1, 2])
    }
    expect(result, says: "3 rows of features, 2 targets")
  }

  @Test func scalesOfOtherFeatures() async {
    let result = await #expect(processExitsWith: .failure, observing: [\.standardErrorContent]) {
      let storage = Matrix<Float>(rows: 3, columns: 2).storage
      _ = ScaledStorage(storage, scaling: .each(shifts: [1, 2, 3], factors: [1, 1, 1]))
    }
    expect(result, says: "a scaling of 3 features for 2")
  }

  private func expect(_ result: ExitTest.Result?, says text: String) {
    let output = String(decoding: result?.standardErrorContent ?? [], as: UTF8.self)
    #expect(output.contains(text))
  }
}
