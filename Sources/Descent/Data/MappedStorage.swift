internal import LinearAlgebra

/// Bytes that lie outside of the program's own memory, such as a file's that is mapped into it.
public protocol MappedBytes: AnyObject, Sendable {
  /// Calls `body` with all of them; they stay where they are as long as this object lives.
  func withBytes<Result>(_ body: (UnsafeRawBufferPointer) -> Result) -> Result

  /// Copies the bytes of `range`, `memory.count` of them, as a file is read and not as memory is: which the system does by
  /// larger pieces. False where it cannot; they are read in their place then.
  func copy(_ range: Range<Int>, to memory: UnsafeMutableRawBufferPointer) -> Bool

  /// Says that these bytes will be read soon.
  func willRead(_ range: Range<Int>)

  /// Set once bytes could not be read any more, and zeros were read in their place.
  var failure: StorageFailure? { get }

  /// Whether all of them are few beside the machine's memory, which will hold them once they were read.
  var areFew: Bool { get }
}

extension MappedBytes {
  public var areFew: Bool { true }
}

/// Dense rows, row after row, in mapped bytes: never copied as a whole, converted a block at a time.
///
/// Training on them gives the same bits as on a ``DenseStorage`` of the same numbers. The pages that are read are
/// the system's cache of the file: it drops them when memory gets scarce.
public struct MappedStorage<Stored: StoredNumber>: FeatureStorage {
  public let rows: Int
  public let columns: Int
  let bytes: any MappedBytes
  private let start: Int
  let memo = StorageMemo()

  /// `rows * columns` numbers in the machine's byte order, the first at byte `start`.
  public init(rows: Int, columns: Int, in bytes: any MappedBytes, at start: Int) {
    let (size, alignment) = (rows * columns * MemoryLayout<Stored>.size, MemoryLayout<Stored>.alignment)
    bytes.withBytes {
      precondition(start + size <= $0.count, "\(size) bytes from byte \(start) on, of \($0.count)")
      precondition(
        (Int(bitPattern: $0.baseAddress) + start) % alignment == 0, "numbers at byte \(start) are not aligned"
      )
    }
    (self.rows, self.columns, self.bytes, self.start) = (rows, columns, bytes, start)
  }

  public var holdsBytes: Bool { Stored.self == UInt8.self }
  public var holdsSingles: Bool { Stored.self != Double.self }
  public var rowBytes: Int { columns * MemoryLayout<Stored>.size }
  public var failure: StorageFailure? { bytes.failure }

  /// Has the first of the rows fetched; the others are as those before them are read.
  public func willRead(_ range: Range<Int>) {
    fetch(range.lowerBound * rowBytes, upTo: range.upperBound * rowBytes)
  }

  @specialized(where Stored == UInt8, Element == Float)
  @specialized(where Stored == UInt8, Element == Double)
  @specialized(where Stored == Float16, Element == Float)
  @specialized(where Stored == Float16, Element == Double)
  @specialized(where Stored == Float, Element == Float)
  @specialized(where Stored == Float, Element == Double)
  @specialized(where Stored == Double, Element == Float)
  @specialized(where Stored == Double, Element == Double)
  public func read<Element: KernelScalar>(_ range: Range<Int>, into buffer: inout MutableSpan<Element>) {
    precondition(range.lowerBound >= 0 && range.upperBound <= rows, "rows \(range) of \(rows)")
    let count = range.count * columns
    precondition(buffer.count >= count, "a buffer of \(buffer.count) for \(count) features")
    buffer.withUnsafeMutableBufferPointer { to in
      guard let to = to.baseAddress, count > 0 else { return }
      if Stored.self == Element.self {
        if !copy(range, to: UnsafeMutableRawPointer(to)) { convertInPlace(range, to) }
        return
      }
      withUnsafeTemporaryAllocation(of: Stored.self, capacity: count) { piece in
        if copy(range, to: piece.baseAddress!) {
          convert(UnsafePointer(piece.baseAddress!), to, count)
        } else {
          convertInPlace(range, to)
        }
      }
    }
  }

  private func copy(_ range: Range<Int>, to memory: UnsafeMutableRawPointer) -> Bool {
    let (first, count) = (start + range.lowerBound * rowBytes, range.count * rowBytes)
    return bytes.copy(first..<first + count, to: UnsafeMutableRawBufferPointer(start: memory, count: count))
  }

  private func convertInPlace<Element: KernelScalar>(_ range: Range<Int>, _ to: UnsafeMutablePointer<Element>)
  {
    readAhead(of: range)
    withNumbers { convert($0 + range.lowerBound * columns, to, range.count * columns) }
  }

  @specialized(where Stored == UInt8, Element == Float)
  @specialized(where Stored == UInt8, Element == Double)
  @specialized(where Stored == Float16, Element == Float)
  @specialized(where Stored == Float16, Element == Double)
  @specialized(where Stored == Float, Element == Float)
  @specialized(where Stored == Float, Element == Double)
  @specialized(where Stored == Double, Element == Float)
  @specialized(where Stored == Double, Element == Double)
  public func gather<Element: KernelScalar>(_ indices: Span<Int>, into buffer: inout MutableSpan<Element>) {
    let needed = indices.count * columns
    precondition(buffer.count >= needed, "a buffer of \(buffer.count) for \(needed) features")
    if !indices.isEmpty, case let (first, last) = (indices[0], indices[indices.count - 1]),
      first <= last, last - first < 4 * indices.count
    {
      readAhead(of: first..<last + 1)
    }
    withNumbers { from in
      buffer.withUnsafeMutableBufferPointer { to in
        guard var to = to.baseAddress, columns > 0 else { return }
        for i in 0..<indices.count {
          precondition(indices[i] >= 0 && indices[i] < rows, "row \(indices[i]) of \(rows)")
          convert(from + indices[i] * columns, to, columns)
          to += columns
        }
      }
    }
  }

  /// A pass over what memory holds reads it there: a copy of each block would cost as much as the products.
  public func inPlace(_ range: Range<Int>) -> RowsInPlace? {
    let kind: RowsInPlace.Kind? =
      Stored.self == Float.self
      ? .singles : Stored.self == Double.self ? .doubles : Stored.self == UInt8.self ? .bytes : nil
    guard let kind, bytes.areFew else { return nil }
    if !memo.hasWalked(range.count, of: rows) { readAhead(of: range) }
    return RowsInPlace(
      kind, count: range.count * columns, in: bytes, at: start + range.lowerBound * rowBytes)
  }

  /// An array cannot lie in mapped memory.
  public func stored<Element: KernelScalar>(_ range: Range<Int>, as type: Element.Type) -> ArraySlice<
    Element
  >? {
    nil
  }

  /// Asks for what lies 8 MB ahead, each 4 MB. Left to itself the system would guess wrong: several threads read one file, each
  /// in a place of its own.
  func readAhead(of range: Range<Int>) {
    let (first, last) = (range.lowerBound * rowBytes, range.upperBound * rowBytes)
    guard first / Self.stride != last / Self.stride else { return }
    fetch(last, upTo: rows * rowBytes)
  }

  private static var stride: Int { 4 << 20 }

  private func fetch(_ first: Int, upTo end: Int) {
    bytes.willRead(start + first..<start + max(first, min(first + 2 * Self.stride, end)))
  }

  func withNumbers<Result>(_ body: (UnsafePointer<Stored>) -> Result) -> Result {
    bytes.withBytes { body(($0.baseAddress! + start).of(Stored.self)) }
  }
}
