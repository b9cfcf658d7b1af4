import Descent
import LinearAlgebra
import Testing

@Suite("Rows of several storages as one")
struct ShardedStorageTests {
  /// Cut before these rows; one shard has none.
  private static let cuts = [0, 3, 3, 10, 11, 40]

  private static func numbers(_ rows: Int = 40) -> [Float] { (0..<rows * 3).map { Float($0 * $0 % 97) } }

  private static func dense(_ numbers: ArraySlice<Float>) -> DenseStorage<Float> {
    DenseStorage(rows: numbers.count / 3, columns: 3, elements: numbers)
  }

  private static func sharded(_ numbers: [Float]) -> ShardedStorage {
    ShardedStorage(zip(cuts, cuts.dropFirst()).map { dense(numbers[($0 * 3)..<($1 * 3)]) })
  }

  private func read(_ storage: any FeatureStorage, _ range: Range<Int>) -> [Double] {
    var numbers = [Double](repeating: -1, count: range.count * storage.columns)
    var span = numbers.mutableSpan
    storage.read(range, into: &span)
    return numbers
  }

  @Test func ranges() {
    let (shards, one) = (Self.sharded(Self.numbers()), Self.dense(Self.numbers()[...]))
    #expect(shards.rows == 40)
    for first in 0...40 {
      for end in first...40 { #expect(read(shards, first..<end) == read(one, first..<end)) }
    }
  }

  @Test func places() {
    let (shards, one) = (Self.sharded(Self.numbers()), Self.dense(Self.numbers()[...]))
    for order in [[39, 0, 10, 11, 3, 2, 2], [1, 2, 3, 9, 10, 39], []] {
      let taken = shards.selecting(order)
      #expect(taken.rows == order.count)
      #expect(read(taken, 0..<order.count) == read(one.selecting(order), 0..<order.count))
    }
    #expect(shards.place(of: 3) == (2, 0))
    #expect(shards.place(of: 10) == (3, 0))
  }

  /// What lies in one shard is seen in its place.
  @Test func inPlace() throws {
    let shards = Self.sharded(Self.numbers())
    let stored = try #require(shards.stored(12..<20, as: Float.self))
    #expect(Array(stored) == Array(Self.numbers()[36..<60]))
    #expect(shards.stored(9..<12, as: Float.self) == nil)
  }

  @Test func unfit() throws {
    var numbers = Self.numbers()
    #expect(Self.sharded(numbers).firstNonFinite == nil)
    numbers[25 * 3 + 1] = .nan
    let place = try #require(Self.sharded(numbers).firstNonFinite)
    #expect(place == (25, 1))
  }

  @Test func bits() throws {
    var (one, many) = (
      overlapping(rows: 900, features: 3, classes: 3), overlapping(rows: 900, features: 3, classes: 3)
    )
    let numbers = read(one.features, 0..<900).map { Float($0) }
    one.features = Self.dense(numbers[...])
    many.features = ShardedStorage([
      Self.dense(numbers[..<3]), Self.dense(numbers[3..<2103]), Self.dense(numbers[2103...]),
    ])
    let trainers = [
      Trainer(solver: Newton()),
      Trainer(model: .network(hidden: [4]), solver: MiniBatch(Momentum(), epochs: 2, batchSize: 100)),
    ]
    for trainer in trainers {
      let fit = try trainer.fit(one)
      #expect(try trainer.fit(many).parameters == fit.parameters)
    }
    #expect(one.fingerprint == many.fingerprint)
  }
}
