import LinearAlgebra
import Testing

@testable import Descent

@Suite("What single precision would cost decides whether double precision is taken")
struct PrecisionDemandTests {
  private func data(_ columns: [[Double]], targets: Targets? = nil) -> Dataset {
    let rows = columns[0].count
    let elements = (0..<rows).flatMap { row in columns.map { $0[row] } }
    return Dataset(
      features: DenseStorage(rows: rows, columns: columns.count, elements: elements[...]),
      targets: targets ?? .labels((0..<rows).map { Int32($0 % 2) }),
      classNames: targets == nil ? ["a", "b"] : [])
  }

  private static let steps = (0..<1000).map(Double.init)

  @Test func offsets() throws {
    let times = Self.steps.map { 1_600_000_000 + 3.6 * $0 }
    let demand = try #require(Trainer().precisionDemand(of: data([Self.steps, times])))
    #expect(demand.subject == .feature(1, name: nil))
    guard case .offset(let ratio) = demand.reason else { throw TrainingError.noRows }
    #expect(abs(ratio / 1.54e6 - 1) < 0.01)
    // Whatever the scaling.
    for scaling in [ScalingChoice.none, .factor(0.5), .standard] {
      #expect(Trainer(scaling: scaling).precisionDemand(of: data([times])) != nil)
    }
    let years = Self.steps.map { 1990 + ($0 / 40).rounded(.down) }
    let ids = Self.steps.map { 100_000 + $0 }
    #expect(
      Trainer().precisionDemand(of: data([Self.steps, years, ids, Self.steps.map { $0 * 1e5 }])) == nil)
  }

  @Test func constantColumnsAndRarePixelsDemandNothing() {
    let constant = Self.steps.map { _ in 1e9 }
    let rare = Self.steps.map { $0 == 500 ? 254.0 : 255 }
    #expect(Trainer().precisionDemand(of: data([constant, rare])) == nil)
    // Where it stands among images that are black, or is a category that nearly all rows have.
    let others = Self.steps.map { $0 == 500 ? 1.0 : 0 }
    let category = Self.steps.map { $0 == 500 ? 0.0 : 1 }
    #expect(Trainer(loss: SquaredError()).precisionDemand(of: data([others, category])) == nil)
    let bytes = DenseStorage<UInt8>(rows: 2, columns: 1, elements: [255, 255])
    let images = Dataset(features: bytes, targets: .labels([0, 1]), classNames: ["a", "b"])
    #expect(Trainer().precisionDemand(of: images) == nil)
  }

  @Test func targets() {
    func demand(_ values: [Double]) -> PrecisionDemand? {
      Trainer(loss: SquaredError()).precisionDemand(of: data([Self.steps], targets: .values(values)))
    }
    #expect(demand(Self.steps.map { 1.7e9 + $0 })?.subject == .target)
    #expect(demand(Self.steps.map { 250_000 + 1e3 * $0 }) == nil)
    #expect(demand(Self.steps.map { _ in 5.5 }) == nil)
    #expect(demand(Self.steps.map { _ in 0.1 })?.reason == .constant(0.1))
    #expect(demand(Self.steps.map { $0 * 1e30 })?.reason == .magnitude(9.99e32))
    #expect(demand(Self.steps.map { $0 * 1e-30 }) != nil)
  }

  @Test func magnitudesAsTheyAreScaled() {
    let small = Self.steps.map { $0 * 1e-30 }
    #expect(Trainer().precisionDemand(of: data([small])) != nil)
    #expect(Trainer(scaling: .factor(1e30)).precisionDemand(of: data([small])) == nil)
    #expect(Trainer(scaling: .factor(1e30)).precisionDemand(of: data([Self.steps])) != nil)
    #expect(Trainer().precisionDemand(of: data([Self.steps.map { $0 == 3 ? 1e39 : $0 }])) != nil)
  }

  @Test func sparseRows() {
    func rows(_ value: (Int) -> Double?) -> Dataset {
      var (starts, values) = ([0], [Double]())
      for row in 0..<1000 {
        if let x = value(row) { values.append(x) }
        starts.append(values.count)
      }
      let storage = SparseStorage(
        columns: 1, starts: starts, indices: values.map { _ in 0 }, values: .double(values))
      return Dataset(
        features: storage, targets: .labels((0..<1000).map { Int32($0 % 2) }), classNames: ["a", "b"])
    }
    for scaling in [ScalingChoice.automatic, .standard] {
      let trainer = Trainer(scaling: scaling)
      #expect(trainer.precisionDemand(of: rows { 1.6e9 + Double($0) }) != nil)
      // A zero among them is a spread of its own.
      #expect(trainer.precisionDemand(of: rows { $0 == 7 ? nil : 1.6e9 + Double($0) }) == nil)
      #expect(trainer.precisionDemand(of: rows { _ in 0.1 }) == nil)
      #expect(trainer.precisionDemand(of: rows { $0 % 10 == 0 ? 0.1 : nil }) == nil)
    }
  }

  @Test func momentsAreComputedOnce() {
    let storage = DenseStorage<Double>(rows: 1000, columns: 1, elements: Self.steps[...])
    let counted = CountingStorage(storage)
    let selected = SelectedStorage(counted, at: Array(0..<1000))
    let data = Dataset(
      features: selected, targets: .labels((0..<1000).map { Int32($0 % 2) }), classNames: ["a", "b"])
    _ = Trainer().precisionDemand(of: data)
    let reads = counted.reads
    #expect(reads > 0)
    _ = Trainer().scaling.scaling(for: data)
    #expect(counted.reads == reads)
  }
}

/// Counts how often rows are asked for.
private final class CountingStorage: FeatureStorage, @unchecked Sendable {
  private let base: DenseStorage<Double>
  private(set) var reads = 0

  init(_ base: DenseStorage<Double>) { self.base = base }

  var rows: Int { base.rows }
  var columns: Int { base.columns }

  func read<Element: KernelScalar>(_ range: Range<Int>, into buffer: inout MutableSpan<Element>) {
    reads += 1
    base.read(range, into: &buffer)
  }

  func gather<Element: KernelScalar>(_ indices: Span<Int>, into buffer: inout MutableSpan<Element>) {
    reads += 1
    base.gather(indices, into: &buffer)
  }

  func stored<Element: KernelScalar>(_ range: Range<Int>, as type: Element.Type) -> ArraySlice<Element>? {
    nil
  }
  func selecting(_ indices: [Int]) -> any FeatureStorage { base.selecting(indices) }
  func addContents(of range: Range<Int>, to hash: ContentHash) { base.addContents(of: range, to: hash) }
}
