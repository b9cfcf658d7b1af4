import Descent
import Testing

@testable import DescentFiles

@Suite("Bad NPY files are errors that name the place")
struct NPYBadInputTests {
  @Test func rowsThatDoNotFitTheModel() throws {
    let options = DataOptions(target: .ignored, model: ModelColumns(features: 3))
    let error = failure {
      _ = try NPYRowStream<Float>(Input(bytes: npy("|u1", "(2, 2)", [0, 0, 0, 0]), name: "x.npy"), options)
    }
    #expect(
      error.description
        == "x.npy: 2 numbers a row do not fit the model, which takes 3 features; give rows of the shape it was trained on"
    )
  }

  /// A pipe tells no size: what is declared takes no memory before it comes.
  @Test func aPipeThatEndsEarly() throws {
    let bytes = npy("<f4", "(1000000000, 784)", Array(repeating: 0, count: 8))
    let error = failure {
      _ = try NPY.read(
        Input(bytes: gzipped(bytes), name: "x.npy"),
        labels: Input(bytes: npy("|u1", "(2,)", [0, 1]), name: "y"))
    }
    #expect(error.description.contains("more than the file holds"))
  }
}
