/// The nonzeros of rows, one after the other.
struct Nonzeros {
  /// Where each row's share of the others ends.
  var ends: [Int32]
  var indices: [Int32]
  var values: [Double]
}

/// Memory that the nonzeros of rows are written to as they are read.
///
/// Room is made for a row before it is read, so that nothing is checked number by number.
final class NonzeroBuffer {
  /// Where a row is written: at the first free places.
  struct Room {
    var indices: UnsafeMutablePointer<Int32>
    let values: UnsafeMutablePointer<Double>
  }

  /// The least bytes that a nonzero takes in a row, as ` 1:1` does.
  static let leastBytes = 4

  private(set) var count = 0
  private var capacity = 0
  private var indices: UnsafeMutablePointer<Int32>
  private var values: UnsafeMutablePointer<Double>
  /// Whether each value is one of Float's.
  private(set) var holdsSingles = true

  /// - Parameter capacity: Room is made for so many; what is never written to takes no memory.
  init(capacity: Int = 0) {
    self.capacity = capacity
    indices = .allocate(capacity: capacity)
    values = .allocate(capacity: capacity)
  }

  deinit {
    indices.deallocate()
    values.deallocate()
  }

  /// Room for a row of `most` nonzeros.
  func room(for most: Int) -> Room {
    if count + most > capacity { grow(to: max(2 * capacity, count + most)) }
    return Room(indices: indices + count, values: values + count)
  }

  /// Makes room for so many from the start, those that are there forgotten.
  func restart(capacity: Int) {
    (count, holdsSingles) = (0, true)
    if capacity > self.capacity { grow(to: capacity) }
  }

  /// Says that `more` nonzeros were written.
  func add(_ more: Int) {
    if holdsSingles {
      var changed: UInt64 = 0
      for k in count..<count + more { changed |= Double(Float(values[k])) == values[k] ? 0 : 1 }
      holdsSingles = changed == 0
    }
    count += more
  }

  private func grow(to capacity: Int) {
    self.capacity = capacity
    indices = Self.moved(indices, count, to: capacity)
    values = Self.moved(values, count, to: capacity)
  }

  // Returned and not passed by reference, which would have each access to the properties checked, row by row.
  private static func moved<Number>(
    _ memory: UnsafeMutablePointer<Number>, _ count: Int, to capacity: Int
  ) -> UnsafeMutablePointer<Number> {
    let larger = UnsafeMutablePointer<Number>.allocate(capacity: capacity)
    larger.moveInitialize(from: memory, count: count)
    memory.deallocate()
    return larger
  }

  /// The numbers that were written.
  func withNumbers(_ body: (UnsafeBufferPointer<Int32>, UnsafeBufferPointer<Double>) -> Void) {
    body(
      UnsafeBufferPointer(start: indices, count: count), UnsafeBufferPointer(start: values, count: count))
  }

  /// Those written since the last call.
  func take() -> (indices: [Int32], values: [Double]) {
    defer { restart(capacity: 0) }
    return (
      Array(UnsafeBufferPointer(start: indices, count: count)),
      Array(UnsafeBufferPointer(start: values, count: count))
    )
  }
}
