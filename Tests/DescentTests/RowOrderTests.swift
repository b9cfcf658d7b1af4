import Testing

@testable import Descent

@Suite("The order of an epoch")
struct RowOrderTests {
  private func order(rows: Int, large: Int, seed: UInt64 = 1) -> [Int] {
    var (order, generator) = (Array(0..<rows), SeededGenerator(seed: seed))
    RowOrder.shuffle(&order, rowBytes: 100, largeBytes: large, pieceBytes: 1000, using: &generator)
    return order
  }

  @Test func smallDataAreShuffledFreely() {
    var (expected, generator) = (Array(0..<1000), SeededGenerator(seed: 1))
    expected.shuffle(using: &generator)
    #expect(order(rows: 1000, large: 100_000) == expected)
  }

  @Test(arguments: [1000, 1001, 1607, 7]) func everyRowOnceAndWindowsOfSixteenPieces(_ rows: Int) {
    let order = order(rows: rows, large: 0)
    #expect(order.sorted() == Array(0..<rows))
    for window in stride(from: 0, to: rows, by: 160) {
      let part = order[window..<min(window + 160, rows)]
      // Ten rows a piece; the file's last piece may be a short one.
      #expect(Set(part.map { $0 / 10 }).count <= 17)
    }
    #expect(order != self.order(rows: rows, large: 0, seed: 2))
  }
}
