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

  @Test(arguments: [1000, 1001, 1607, 7]) func everyRowOnce(_ rows: Int) {
    let order = order(rows: rows, large: 0)
    #expect(order.sorted() == Array(0..<rows))
    #expect(order != self.order(rows: rows, large: 0, seed: 2))
  }

  /// Ten rows a piece.
  @Test func windowsOfSixteenPieces() {
    let order = order(rows: 1600, large: 0)
    for window in stride(from: 0, to: 1600, by: 160) {
      #expect(Set(order[window..<window + 160].map { $0 / 10 }).count == 16)
    }
    #expect(order.prefix(10).map { $0 / 10 } != Array(repeating: order[0] / 10, count: 10))
  }
}
