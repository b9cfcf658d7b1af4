import Descent
import LinearAlgebra
import Synchronization
import Testing

@Suite("The search for Huber's delta can be stopped")
struct HuberInterruptionTests {
  @Test func itEndsWithWhatItHas() throws {
    let values = (0..<200).map { (row: Int) -> Double in
      let step = row % 50 == 0 ? 40 : 1
      return Double(row % 13 + row % 7 * step)
    }
    let numbers = (0..<400).map { (index: Int) -> Double in
      let (row, column) = (index / 2, index % 2)
      return Double(row * (column + 3) % 17)
    }
    let features = Matrix(rows: 200, columns: 2, elements: numbers)
    let data = Dataset(features: features, values: values)
    let found = try Huber.scaled(to: data)
    let stopped = try Huber.scaled(to: data, isInterrupted: { true })
    // 1.35 times a spread of one, in the targets' unit: the first guess.
    let median = values.sorted()[99...100].reduce(0, +) / 2
    let distances = values.map { abs($0 - median) }.sorted()
    let unit = 1.4826 * (distances[99] + distances[100]) / 2
    #expect(abs(stopped.delta - 1.35 * unit) < 1e-9 * unit)
    #expect(abs(found.delta - stopped.delta) > 1e-3 * unit)
  }

  /// So that a fit that is stopped in the search has asked no more often than a few steps do.
  @Test func itAsksOnTheWay() throws {
    let features = Matrix(rows: 100, columns: 1, elements: (0..<100).map { Double($0) })
    let values = (0..<100).map { (row: Int) -> Double in Double(row * row % 31) }
    let data = Dataset(features: features, values: values)
    let calls = Mutex(0)
    _ = try Huber.scaled(
      to: data,
      isInterrupted: {
        calls.withLock {
          $0 += 1
          return $0 > 5
        }
      })
    #expect(calls.withLock { $0 } < 40)
  }
}
