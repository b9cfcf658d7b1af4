import Descent
import LinearAlgebra
import Synchronization
import Testing

@Suite("The search for Huber's delta can be stopped")
struct HuberInterruptionTests {
  @Test func itEndsWithWhatItHas() throws {
    let values = (0..<200).map { Double($0 % 13) + Double($0 % 7) * ($0 % 50 == 0 ? 40 : 1) }
    let features = Matrix<Double>(rows: 200, columns: 2) { row, column in Double((row * (column + 3)) % 17) }
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
    let features = Matrix<Double>(rows: 100, columns: 1) { row, _ in Double(row) }
    let data = Dataset(features: features, values: (0..<100).map { Double($0 * $0 % 31) })
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
