internal import LinearAlgebra

/// Some rows of other features, in an order of their own, seen where they lie: 8 bytes a row.
///
/// For rows that are too many to copy, such as those of a file larger than memory that are not held out.
public struct SelectedStorage: FeatureStorage {
  let base: any FeatureStorage
  private let indices: [Int]
  let memo = StorageMemo()

  /// Traps where an index is no row of `base`. Rows may come in any order, and more than once. O(indices)
  public init(_ base: any FeatureStorage, at indices: [Int]) {
    for i in indices { precondition(i >= 0 && i < base.rows, "row \(i) of \(base.rows)") }
    (self.base, self.indices) = (base, indices)
  }

  public var rows: Int { indices.count }
  public var columns: Int { base.columns }
  public var holdsBytes: Bool { base.holdsBytes }
  public var bytesAtHand: Bool { base.bytesAtHand }
  public var holdsSingles: Bool { base.holdsSingles }
  public var rowBytes: Int { base.rowBytes }
  public var failure: StorageFailure? { base.failure }

  public func willRead(_ range: Range<Int>) {
    guard let first = indices[range].first, let last = indices[range].last, first <= last else { return }
    // A hold-out's rows follow each other closely; of rows in disorder nothing can be said.
    if last - first < 4 * range.count { base.willRead(first..<last + 1) }
  }

  public func read<Element: KernelScalar>(_ range: Range<Int>, into buffer: inout MutableSpan<Element>) {
    base.gather(indices.span.extracting(range), into: &buffer)
  }

  public func gather<Element: KernelScalar>(_ chosen: Span<Int>, into buffer: inout MutableSpan<Element>) {
    let rows = (0..<chosen.count).map { indices[chosen[$0]] }
    base.gather(rows.span, into: &buffer)
  }

  public func gatherBytes(_ chosen: Span<Int>, into buffer: inout MutableSpan<UInt8>) {
    let rows = (0..<chosen.count).map { indices[chosen[$0]] }
    base.gatherBytes(rows.span, into: &buffer)
  }

  /// The rows of `range`, which are ``bytesAtHand``.
  func readBytes(_ range: Range<Int>, into buffer: inout MutableSpan<UInt8>) {
    base.gatherBytes(indices.span.extracting(range), into: &buffer)
  }

  public func stored<Element: KernelScalar>(_ range: Range<Int>, as type: Element.Type) -> ArraySlice<
    Element
  >? {
    nil
  }

  public func selecting(_ chosen: [Int]) -> any FeatureStorage {
    base.selecting(chosen.map { indices[$0] })
  }
}

/// Writes the rows at `indices` of numbers that are bytes to `buffer`.
func copyBytes<Stored: StoredNumber>(
  of indices: Span<Int>, from numbers: UnsafeBufferPointer<Stored>, _ columns: Int,
  into buffer: inout MutableSpan<UInt8>
) {
  precondition(Stored.self == UInt8.self, "bytes of \(Stored.self)")
  precondition(buffer.count >= indices.count * columns, "room for \(buffer.count) bytes")
  let bytes = UnsafeRawBufferPointer(numbers)
  buffer.withUnsafeMutableBytes { buffer in
    for i in 0..<indices.count {
      let start = indices[i] * columns
      precondition(start >= 0 && start + columns <= bytes.count, "row \(indices[i])")
      UnsafeMutableRawBufferPointer(rebasing: buffer[i * columns..<(i + 1) * columns]).copyMemory(
        from: UnsafeRawBufferPointer(rebasing: bytes[start..<start + columns]))
    }
  }
}
