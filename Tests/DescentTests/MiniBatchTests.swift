import Descent
import LinearAlgebra
import Synchronization
import Testing

@Suite("Mini-batches")
struct MiniBatchTests {
  /// Every row once an epoch, the last short batch too.
  @Test(arguments: [1, 3, 4, 10, 11, 1000]) func everyRowOnceAnEpoch(_ batchSize: Int) throws {
    let counter = Counter()
    var data = overlapping(rows: 11, features: 2, classes: 2)
    data.features = Recording(base: data.features, counter: counter)
    _ = try Trainer(
      solver: MiniBatch(epochs: 2, batchSize: batchSize), scaling: .none, threads: 1
    ).fit(data, as: Float.self)
    let gathered = counter.gathered.withLock { $0 }
    #expect(gathered.map(\.count) == (0..<2).flatMap { _ in sizes(of: 11, by: batchSize) })
    let epochs = [gathered.prefix(gathered.count / 2), gathered.suffix(gathered.count / 2)]
    for epoch in epochs { #expect(epoch.joined().sorted() == Array(0..<11)) }
    // Shuffled, and anew for the second.
    #expect(Array(epochs[0].joined()) != Array(0..<11))
    #expect(Array(epochs[0].joined()) != Array(epochs[1].joined()))
  }

  private func sizes(of rows: Int, by size: Int) -> [Int] {
    stride(from: 0, to: rows, by: size).map { min(size, rows - $0) }
  }

  /// A row in a short batch weighs as much as the mean of that batch says: one step from 0 over the last row.
  @Test func aShortBatchIsAMeanOfItsOwn() throws {
    let data = Dataset(features: [[1], [1], [1]] as Matrix<Double>, values: [6, 6, 6])
    let fit: Fit<Double> = try Trainer(
      loss: SquaredError(), penalty: NoPenalty(),
      solver: MiniBatch(SGD(), epochs: 1, batchSize: 2, learningRate: 0.25), scaling: .none
    ).fit(data, as: Double.self)
    // w + b: 0, then 2·0.25·6 = 3, then 3 + 2·0.25·3 = 4.5
    #expect(fit.parameters == [2.25, 2.25])
  }

  @Test func historyGoesForward() throws {
    let fit: Fit<Float> = try Trainer(solver: MiniBatch(epochs: 7)).fit(
      overlapping(rows: 300, features: 4, classes: 3))
    #expect(fit.history.map(\.passes) == [1, 2, 3, 4, 5, 6, 7])
    #expect(zip(fit.history, fit.history.dropFirst()).allSatisfy { $0.seconds < $1.seconds })
    #expect(fit.history.allSatisfy { $0.objective.isFinite } && fit.seconds >= fit.history.last!.seconds)
    #expect(fit.stopReason == .finished)
  }

  private final class Counter: Sendable {
    let gathered = Mutex<[[Int]]>([])
  }

  /// Notes the rows that are gathered.
  private struct Recording: FeatureStorage {
    let base: any FeatureStorage
    let counter: Counter
    var rows: Int { base.rows }
    var columns: Int { base.columns }

    func read<Element: KernelScalar>(_ range: Range<Int>, into buffer: inout MutableSpan<Element>) {
      base.read(range, into: &buffer)
    }

    func gather<Element: KernelScalar>(_ indices: Span<Int>, into buffer: inout MutableSpan<Element>) {
      let rows = indices.indices.map { indices[$0] }
      counter.gathered.withLock { $0.append(rows) }
      base.gather(indices, into: &buffer)
    }

    func stored<Element: KernelScalar>(_ range: Range<Int>, as type: Element.Type) -> ArraySlice<Element>? {
      nil
    }

    func selecting(_ indices: [Int]) -> any FeatureStorage { base.selecting(indices) }
  }
}
