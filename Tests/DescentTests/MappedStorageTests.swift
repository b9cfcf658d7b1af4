import Descent
import LinearAlgebra
import Synchronization
import Testing

/// Bytes of an array, as if they were a file's.
private final class Bytes: MappedBytes {
  private let bytes: [UInt8]
  nonisolated(unsafe) var failure: StorageFailure?

  private let copies: Bool
  let areFew: Bool

  init<Number>(of numbers: [Number], copies: Bool = false, areFew: Bool = true) {
    bytes = numbers.withUnsafeBytes { Array($0) }
    (self.copies, self.areFew) = (copies, areFew)
  }

  func copy(_ range: Range<Int>, to memory: UnsafeMutableRawBufferPointer) -> Bool {
    if copies { memory.copyBytes(from: bytes[range]) }
    return copies
  }

  func withBytes<Result>(_ body: (UnsafeRawBufferPointer) -> Result) -> Result { bytes.withUnsafeBytes(body) }

  /// What was asked for.
  let asked = Mutex<[Range<Int>]>([])

  func willRead(_ range: Range<Int>) { asked.withLock { $0.append(range) } }
}

@Suite("Mapped features give the bits of those in memory")
struct MappedStorageTests {
  private static let (rows, columns) = (700, 13)

  private static let solvers: [(any Solver, any Loss, any Penalty)] = [
    (Newton(), Softmax(), L2(1e-3)), (LBFGS(), Softmax(), L2(1e-3)),
    (ProximalNewton(), Softmax(), L1(1e-2)), (GradientDescent(), SquaredHinge(), L2(1e-2)),
    (AugmentedLagrangian(tolerance: 1e-2), Hinge(), L2(1e-1)), (Direct(), SquaredError(), L2(1e-2)),
    (MiniBatch(epochs: 2), Softmax(), ElasticNet(l1: 1e-3, l2: 1e-3)),
  ]

  @Test("what is read in place is asked for before, wherever the threads begin")
  func readAhead() {
    let (rows, columns) = (10_000, 512)
    let bytes = Bytes(of: [Float](repeating: 1, count: rows * columns))
    #expect(MappedStorage<Float>(rows: rows, columns: columns, in: bytes, at: 0).firstNonFinite == nil)
    let asked = bytes.asked.withLock { $0.sorted { $0.lowerBound < $1.lowerBound } }
    #expect(asked.reduce(0) { $1.lowerBound <= $0 ? max($0, $1.upperBound) : $0 } == rows * columns * 4)
    #expect(asked.allSatisfy { $0.count <= 8 << 20 })
  }

  @Test("rows come by a copy where there is one, else from their place", arguments: [true, false])
  func copying(_ copies: Bool) {
    let bytes = Bytes(of: (0..<12).map { Float16($0) }, copies: copies)
    let storage = MappedStorage<Float16>(rows: 4, columns: 3, in: bytes, at: 0)
    var rows = [Double](repeating: -1, count: 6)
    var span = rows.mutableSpan
    storage.read(1..<3, into: &span)
    #expect(rows == [3, 4, 5, 6, 7, 8])
  }

  private func check<Stored: StoredNumber, Element: KernelScalar>(
    _ numbers: [Stored], as type: Element.Type, _ trainer: Trainer
  ) throws {
    let targets: Targets =
      trainer.loss is SquaredError
      ? .values((0..<Self.rows).map { Double($0 % 7) })
      : .labels((0..<Self.rows).map { Int32($0 * $0 % 7 / 3) })
    func fit(_ features: any FeatureStorage) throws -> Fit<Element> {
      try trainer.fit(
        Dataset(
          features: features, targets: targets,
          classNames: trainer.loss is SquaredError ? [] : ["0", "1", "2"]),
        as: type)
    }
    let dense = try fit(DenseStorage(rows: Self.rows, columns: Self.columns, elements: numbers[...]))
    let mapped = try fit(
      MappedStorage<Stored>(rows: Self.rows, columns: Self.columns, in: Bytes(of: numbers), at: 0))
    // Rows are read in their place where they are few beside the memory, else copied.
    let copied = try fit(
      MappedStorage<Stored>(
        rows: Self.rows, columns: Self.columns, in: Bytes(of: numbers, copies: true, areFew: false), at: 0))
    for fit in [mapped, copied] {
      #expect(fit.parameters == dense.parameters)
      #expect(fit.certificate?.gap == dense.certificate?.gap)
      #expect(fit.history.map(\.objective) == dense.history.map(\.objective))
    }
  }

  @Test(arguments: solvers.indices) func everySolverOnEveryType(_ index: Int) throws {
    let (solver, loss, penalty) = Self.solvers[index]
    let trainer = Trainer(loss: loss, penalty: penalty, solver: solver, threads: 2)
    var generator = SeededGenerator(seed: 3)
    let bytes = (0..<Self.rows * Self.columns).map { _ in UInt8.random(in: 0...255, using: &generator) }
    try check(bytes, as: Float.self, trainer)
    try check(bytes, as: Double.self, trainer)
    try check(bytes.map { Float16($0) / 16 }, as: Float.self, trainer)
    try check(bytes.map { Float($0) / 17 }, as: Float.self, trainer)
    try check(bytes.map { Float($0) / 17 }, as: Double.self, trainer)
    try check(bytes.map { Double($0) / 17 }, as: Float.self, trainer)
  }

  /// Rows that are seen where they lie, as those of a large file that are not held out.
  @Test func selectedRowsAreThose() {
    let numbers = (0..<60).map { Float($0) }
    let mapped = MappedStorage<Float>(rows: 20, columns: 3, in: Bytes(of: numbers), at: 0)
    let indices = [19, 3, 3, 0, 7]
    func all(_ features: any FeatureStorage) -> [Float] {
      var result = [Float](repeating: 0, count: features.rows * features.columns)
      var span = result.mutableSpan
      features.read(0..<features.rows, into: &span)
      return result
    }
    let copied = mapped.selecting(indices)
    #expect(copied is DenseStorage<Float>)
    #expect(all(copied) == [57, 58, 59, 9, 10, 11, 9, 10, 11, 0, 1, 2, 21, 22, 23])
    let seen = SelectedStorage(mapped, at: indices)
    #expect(all(seen) == all(copied))
    #expect(all(seen.selecting([4, 0])) == all(copied.selecting([4, 0])))
  }

  @Test func tellsTheFirstNumberThatIsNotFinite() {
    for (stored, most) in [(Double.nan, Double.greatestFiniteMagnitude), (1e39, 3.4e38), (.infinity, 1)] {
      var numbers = [Double](repeating: 1, count: 9_000)
      numbers[5_005] = stored
      numbers[8_001] = stored
      let mapped = MappedStorage<Double>(
        rows: 3_000, columns: 3, in: Bytes(of: numbers), at: 0)
      let place = mapped.firstUnfit(beyond: most)
      #expect(place?.row == 1668 && place?.column == 1)
    }
  }

  @Test func dataThatAreLostEndTheTraining() throws {
    let numbers = (0..<Self.rows * Self.columns).map { Float($0 % 31) }
    let bytes = Bytes(of: numbers)
    let features = MappedStorage<Float>(rows: Self.rows, columns: Self.columns, in: bytes, at: 0)
    let data = Dataset(
      features: features, targets: .labels((0..<Self.rows).map { Int32($0 % 2) }), classNames: ["a", "b"])
    let trainer = Trainer(solver: MiniBatch(epochs: 1_000_000), threads: 1)
    let failure = StorageFailure("x.npy: is gone")
    #expect(throws: TrainingError.lost(failure)) {
      try trainer.fit(data, observer: { _ in bytes.failure = failure })
    }
  }
}
