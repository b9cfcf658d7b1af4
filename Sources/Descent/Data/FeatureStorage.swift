internal import LinearAlgebra

/// Rows of features as they are stored: in memory, in a mapped file, dense or not.
///
/// Training never converts a data set as a whole. It asks for a block of rows, in its own precision, and
/// the block is converted into a buffer that stays in cache, or handed out as it lies where the stored
/// type is the one asked for. A new kind of storage is one more conformance.
public protocol FeatureStorage: Sendable {
  /// Rows are counted from 0: ranges and indices that are asked for stay below this.
  var rows: Int { get }
  /// The numbers of a row as it is read, however few are stored of it.
  var columns: Int { get }

  /// Writes the rows of `range` to `buffer`, `[range.count, columns]`, converted.
  func read<Element: KernelScalar>(_ range: Range<Int>, into buffer: inout MutableSpan<Element>)

  /// Writes the rows at `indices` to `buffer`, `[indices.count, columns]`, converted.
  func gather<Element: KernelScalar>(_ indices: Span<Int>, into buffer: inout MutableSpan<Element>)

  /// Writes the rows at `indices` to `buffer` as they are stored, where they are ``bytesAtHand``.
  func gatherBytes(_ indices: Span<Int>, into buffer: inout MutableSpan<UInt8>)

  /// The rows of `range` as they lie in memory, `[range.count, columns]`, where they are stored as `Element`.
  func stored<Element: KernelScalar>(_ range: Range<Int>, as type: Element.Type) -> ArraySlice<Element>?

  /// The rows of `range` as they lie in memory, where they are stored as bytes.
  func storedBytes(_ range: Range<Int>) -> ArraySlice<UInt8>?

  /// The rows of `range` where they lie, in whatever type they are stored, where reading them there is as good as copying.
  func inPlace(_ range: Range<Int>) -> RowsInPlace?

  /// The rows at `indices`, in that order, in their stored type: copied, or seen where they lie if they are more than
  /// memory may hold.
  func selecting(_ indices: [Int]) -> any FeatureStorage

  /// The first number that is NaN or infinite, in row order.
  var firstNonFinite: (row: Int, column: Int)? { get }

  /// The first number that is NaN or infinite, or whose magnitude is beyond `most`, in row order.
  func firstUnfit(beyond most: Double) -> (row: Int, column: Int)?

  /// Adds the numbers of these rows to a hash, in their order: what tells whether data are the same, wherever they are
  /// stored and as what type. Sparse rows, dense ones and those of categories are never the same.
  func addContents(of range: Range<Int>, to hash: ContentHash)

  /// Whether all numbers are bytes, such as an image's.
  var holdsBytes: Bool { get }

  /// Whether they are bytes that memory holds, so that gathering some of the rows again and again is as good as a copy of them.
  var bytesAtHand: Bool { get }

  /// Whether each number is one of `Float`, so that reading it as such rounds nothing.
  var holdsSingles: Bool { get }

  /// The bytes that a row takes where it is stored, about.
  var rowBytes: Int { get }

  /// Says that the rows of `range` will be read soon: what lies on a disk may be fetched meanwhile.
  func willRead(_ range: Range<Int>)

  /// Why numbers that were read may not be those of the data; nil where they are.
  var failure: StorageFailure? { get }
}

/// Features were lost while they were in use: a file that was mapped has shrunk, or its disk has failed.
public struct StorageFailure: Error, Sendable, Equatable, CustomStringConvertible {
  public let description: String

  /// `description` is for people: which data are lost and why, and what to do.
  public init(_ description: String) { self.description = description }
}

extension FeatureStorage {
  public func gatherBytes(_ indices: Span<Int>, into buffer: inout MutableSpan<UInt8>) {
    fatalError("rows that are not stored as bytes")
  }

  public var bytesAtHand: Bool { false }

  public func storedBytes(_ range: Range<Int>) -> ArraySlice<UInt8>? { nil }

  public func inPlace(_ range: Range<Int>) -> RowsInPlace? { nil }

  public var holdsBytes: Bool { false }

  public var holdsSingles: Bool { holdsBytes }

  public var rowBytes: Int { columns * MemoryLayout<Double>.size }

  public func willRead(_ range: Range<Int>) {}

  public var failure: StorageFailure? { nil }

  public var firstNonFinite: (row: Int, column: Int)? { firstUnfit(beyond: .greatestFiniteMagnitude) }

  public func firstUnfit(beyond most: Double) -> (row: Int, column: Int)? {
    guard columns > 0 else { return nil }
    if holdsSingles, most >= Double(Float.greatestFiniteMagnitude), most < .greatestFiniteMagnitude {
      return firstNonFinite
    }
    let rowsAtOnce = max(1, 16_384 / columns)
    var buffer = [Double](repeating: 0, count: rowsAtOnce * columns)
    for start in stride(from: 0, to: rows, by: rowsAtOnce) {
      let range = start..<min(start + rowsAtOnce, rows)
      var span = buffer.mutableSpan
      read(range, into: &span)
      if let i = buffer[0..<range.count * columns].firstIndex(where: { !(abs($0) <= most) }) {
        return (start + i / columns, i % columns)
      }
    }
    return nil
  }
}
