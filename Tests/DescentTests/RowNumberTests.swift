import Descent
import LinearAlgebra
import Testing

@Suite("Weights and offsets of rows")
struct RowNumberTests {
  private let data = Dataset(
    features: DenseStorage(rows: 4, columns: 1, elements: [1, 2, 3, 4.0]), targets: .labels([0, 1, 0, 1]),
    classNames: ["a", "b"], weights: [1, 0, 0.5, 3], offsets: [-1, 0, 2, 5])

  @Test("they go along with their rows")
  func follow() {
    let some = data.rows(at: [3, 0])
    #expect(some.weights == [3, 1] && some.offsets == [5, -1])
    let (training, heldOut) = data.split(holdout: 0.5, seed: 1)
    let pairs = zip(
      (training.weights ?? []) + (heldOut.weights ?? []), (training.offsets ?? []) + (heldOut.offsets ?? []))
    #expect(Set(pairs.map { "\($0) \($1)" }) == ["1.0 -1.0", "0.0 0.0", "0.5 2.0", "3.0 5.0"])
  }

  @Test("what can't be one is said")
  func wrong() throws {
    #expect(throws: Never.self) { try data.checkRowNumbers() }
    for (weights, error) in [
      ([1, -1, 1, 1], RowNumberError.weight(row: 1, -1)), ([1, 1, 1, .infinity], .weight(row: 3, .infinity)),
      ([0, 0, 0, 0], .allWeightsZero),
    ] as [([Double], RowNumberError)] {
      var wrong = data
      wrong.weights = weights
      #expect(throws: error) { try wrong.checkRowNumbers() }
    }
    var wrong = data
    wrong.offsets = [0, 0, -.infinity, 0]
    #expect(throws: RowNumberError.offset(row: 2, -.infinity)) { try wrong.checkRowNumbers() }
  }
}
