import Descent
import LinearAlgebra
import Testing

@Suite("Hold-out splits")
struct SplitTests {
  /// 50 rows of class a, 20 of b, 8 of c, 1 of d, mixed; the feature is the row's number.
  private let data: Dataset = {
    var names = Array(repeating: "a", count: 50) + Array(repeating: "b", count: 20)
    names += Array(repeating: "c", count: 8) + ["d"]
    var generator = SeededGenerator(seed: 2)
    names.shuffle(using: &generator)
    let numbers = names.indices.map { Double($0) }
    return Dataset(features: Matrix(rows: 79, columns: 1, elements: numbers), labels: names)
  }()

  @Test func eachClassAlike() {
    let (training, heldOut) = data.split(holdout: 0.2, seed: 1)
    // 0.2 of 50, 20, 8 and 1, to the nearest.
    #expect(counts(heldOut) == [10, 4, 2, 0])
    #expect(counts(training) == [40, 16, 6, 1])
    #expect(training.classNames == data.classNames && heldOut.classNames == data.classNames)
  }

  @Test func disjointAndWhole() {
    for seed in 0..<20 as Range<UInt64> {
      let (training, heldOut) = data.split(holdout: 0.3, seed: seed)
      let (a, b) = (numbers(training), numbers(heldOut))
      #expect(a == a.sorted() && b == b.sorted())
      #expect((a + b).sorted() == (0..<79).map { $0 })
      // Rows keep their labels.
      for (part, rows) in [(training, a), (heldOut, b)] {
        #expect(part.targets == data.targets.gathered(at: rows))
      }
    }
    #expect(
      numbers(data.split(holdout: 0.3, seed: 1).heldOut) == numbers(data.split(holdout: 0.3, seed: 1).heldOut)
    )
    #expect(
      numbers(data.split(holdout: 0.3, seed: 1).heldOut) != numbers(data.split(holdout: 0.3, seed: 2).heldOut)
    )
  }

  @Test func numbersAreOneClass() {
    let (training, heldOut) = noisyPlane(rows: 101, features: 2).split(holdout: 0.25, seed: 0)
    #expect(heldOut.rows == 25 && training.rows == 76)
  }

  private func counts(_ data: Dataset) -> [Int] {
    guard case .labels(let labels) = data.targets else {
      Issue.record("numbers, and not labels")
      return []
    }
    return (0..<4).map { c in labels.count { $0 == c } }
  }

  private func numbers(_ data: Dataset) -> [Int] {
    var buffer = [Double](repeating: 0, count: data.rows)
    var span = buffer.mutableSpan
    data.features.read(0..<data.rows, into: &span)
    return buffer.map { Int($0) }
  }
}
