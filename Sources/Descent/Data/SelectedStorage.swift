internal import LinearAlgebra

/// Some rows of other features, in an order of their own, seen where they lie: 8 bytes a row.
///
/// For rows that are too many to copy, such as those of a file larger than memory that are not held out.
public struct SelectedStorage: FeatureStorage {
  let base: any FeatureStorage
  private let indices: [Int]
  let memo = StorageMemo()

  public init(_ base: any FeatureStorage, at indices: [Int]) {
    for i in indices { precondition(i >= 0 && i < base.rows, "row \(i) of \(base.rows)") }
    (self.base, self.indices) = (base, indices)
  }

  public var rows: Int { indices.count }
  public var columns: Int { base.columns }
  public var holdsBytes: Bool { base.holdsBytes }
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

  public func stored<Element: KernelScalar>(_ range: Range<Int>, as type: Element.Type) -> ArraySlice<
    Element
  >? {
    nil
  }

  public func selecting(_ chosen: [Int]) -> any FeatureStorage {
    base.selecting(chosen.map { indices[$0] })
  }
}
