import Descent

/// The nonzeros of rows, one after the other.
struct Nonzeros {
  /// Where each row's share of the others ends.
  var ends: [Int32]
  var indices: [Int32]
  var values: SparseStorage.Values
}

/// Memory that the nonzeros of rows are written to as they are read.
///
/// Room is made for a row before it is read, so that nothing is checked number by number.
final class NonzeroBuffer {
  /// Where a row is written: at the first free places.
  struct Room {
    var indices: UnsafeMutablePointer<Int32>
    /// That of the two which the precision asks for is used.
    let floats: UnsafeMutablePointer<Float>
    let doubles: UnsafeMutablePointer<Double>
  }

  /// The least bytes that a nonzero takes in a row, as ` 1:1` does.
  static let leastBytes = 4

  private(set) var count = 0
  private let isSingle: Bool
  private var capacity = 0
  private var indices: UnsafeMutablePointer<Int32>
  private var floats: UnsafeMutablePointer<Float>
  private var doubles: UnsafeMutablePointer<Double>

  /// - Parameter capacity: Room is made for so many; what is never written to takes no memory.
  init(isSingle: Bool, capacity: Int = 0) {
    (self.isSingle, self.capacity) = (isSingle, capacity)
    indices = .allocate(capacity: capacity)
    floats = .allocate(capacity: isSingle ? capacity : 0)
    doubles = .allocate(capacity: isSingle ? 0 : capacity)
  }

  deinit {
    indices.deallocate()
    floats.deallocate()
    doubles.deallocate()
  }

  /// Room for a row of `most` nonzeros.
  func room(for most: Int) -> Room {
    if count + most > capacity { grow(to: max(2 * capacity, count + most)) }
    return Room(
      indices: indices + count, floats: floats + (isSingle ? count : 0),
      doubles: doubles + (isSingle ? 0 : count))
  }

  /// Makes room for so many from the start, those that are there forgotten.
  func restart(capacity: Int) {
    count = 0
    if capacity > self.capacity { grow(to: capacity) }
  }

  /// Says that `more` nonzeros were written.
  func add(_ more: Int) { count += more }

  private func grow(to capacity: Int) {
    self.capacity = capacity
    indices = Self.moved(indices, count, to: capacity)
    if isSingle {
      floats = Self.moved(floats, count, to: capacity)
    } else {
      doubles = Self.moved(doubles, count, to: capacity)
    }
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

  /// The numbers that were written: the indices, and the values in the one of the two precisions that was asked for.
  func withNumbers(
    _ body: (UnsafeBufferPointer<Int32>, UnsafeBufferPointer<Float>, UnsafeBufferPointer<Double>) -> Void
  ) {
    body(
      UnsafeBufferPointer(start: indices, count: count),
      UnsafeBufferPointer(start: floats, count: isSingle ? count : 0),
      UnsafeBufferPointer(start: doubles, count: isSingle ? 0 : count))
  }

  /// Those written since the last call.
  func take() -> (indices: [Int32], values: SparseStorage.Values) {
    defer { count = 0 }
    let indices = Array(UnsafeBufferPointer(start: indices, count: count))
    return (
      indices,
      isSingle
        ? .float(Array(UnsafeBufferPointer(start: floats, count: count)))
        : .double(Array(UnsafeBufferPointer(start: doubles, count: count)))
    )
  }
}
