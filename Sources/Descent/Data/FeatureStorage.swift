public import LinearAlgebra

/// Rows of features as they are stored: in memory, in a mapped file, dense or not.
///
/// Training never converts a data set as a whole. It asks for a block of rows, in its own precision, and
/// the block is converted into a buffer that stays in cache, or handed out as it lies where the stored
/// type is the one asked for. A new kind of storage is one more conformance.
public protocol FeatureStorage: Sendable {
  var rows: Int { get }
  var columns: Int { get }

  /// Writes the rows of `range` to `buffer`, `[range.count, columns]`, converted.
  func read<Element: Scalar>(_ range: Range<Int>, into buffer: inout MutableSpan<Element>)

  /// Writes the rows at `indices` to `buffer`, `[indices.count, columns]`, converted.
  func gather<Element: Scalar>(_ indices: Span<Int>, into buffer: inout MutableSpan<Element>)

  /// The rows of `range` as they lie in memory, `[range.count, columns]`, where they are stored as `Element`.
  func stored<Element: Scalar>(_ range: Range<Int>, as type: Element.Type) -> ArraySlice<Element>?
}
