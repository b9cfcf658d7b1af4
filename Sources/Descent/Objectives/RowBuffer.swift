internal import Glibc
internal import LinearAlgebra

/// Numbers for each row of the data, `[rows, columns]`, which the threads of a pass read and write each in its
/// own rows.
///
/// The passes hand out disjoint blocks of rows, so that two threads never meet in one; that is what makes it
/// safe to share.
final class RowBuffer<Element: Scalar>: Codable, @unchecked Sendable {
  let rows: Int
  let columns: Int
  private let elements: UnsafeMutablePointer<Element>

  /// A buffer of zeros. The system finds memory for a part of it when that is first written to: what is never used
  /// costs nothing.
  init(rows: Int, columns: Int) {
    (self.rows, self.columns) = (rows, columns)
    guard let memory = calloc(max(1, rows * columns), MemoryLayout<Element>.stride) else {
      fatalError("no memory for \(rows) rows of \(columns) numbers")
    }
    elements = memory.assumingMemoryBound(to: Element.self)
  }

  deinit { free(elements) }

  private enum CodingKeys: CodingKey { case rows, columns, elements }

  func encode(to encoder: any Encoder) throws {
    var container = encoder.container(keyedBy: CodingKeys.self)
    try container.encode(rows, forKey: .rows)
    try container.encode(columns, forKey: .columns)
    try container.encode(
      Array(UnsafeBufferPointer(start: elements, count: rows * columns)), forKey: .elements)
  }

  convenience init(from decoder: any Decoder) throws {
    let container = try decoder.container(keyedBy: CodingKeys.self)
    let rows = try container.decode(Int.self, forKey: .rows)
    let columns = try container.decode(Int.self, forKey: .columns)
    let numbers = try container.decode([Element].self, forKey: .elements)
    let (count, isTooLarge) = rows.multipliedReportingOverflow(by: columns)
    guard rows >= 0, columns >= 0, !isTooLarge, count == numbers.count else {
      throw StateError(description: "\(numbers.count) numbers for \(rows) rows of \(columns)")
    }
    self.init(rows: rows, columns: columns)
    elements.update(from: numbers, count: count)
  }

  /// Whether it has this shape.
  func fits(rows: Int, columns: Int) -> Bool { self.rows == rows && self.columns == columns }

  /// Calls `body` with the numbers of the rows in `range`.
  func read<Result>(_ range: Range<Int>, _ body: (Span<Element>) -> Result) -> Result {
    body(UnsafeBufferPointer(rebasing: slice(range)).span)
  }

  /// Calls `body` with the numbers of the rows in `range`, to be changed.
  func update<Result>(_ range: Range<Int>, _ body: (inout MutableSpan<Element>) -> Result) -> Result {
    let slice = UnsafeMutableBufferPointer(mutating: UnsafeBufferPointer(rebasing: slice(range)))
    var span = slice.mutableSpan
    return body(&span)
  }

  /// Overwrites the rows in `range`.
  func store(_ range: Range<Int>, _ numbers: borrowing MutableSpan<Element>) {
    let target = UnsafeMutableBufferPointer(mutating: UnsafeBufferPointer(rebasing: slice(range)))
    require(numbers.count == target.count, "\(numbers.count) numbers for \(target.count)")
    numbers.withUnsafeBufferPointer { _ = target.update(from: $0) }
  }

  /// Copies the rows in `range` out.
  func load(_ range: Range<Int>, into numbers: inout MutableSpan<Element>) {
    let source = UnsafeBufferPointer(rebasing: slice(range))
    require(numbers.count == source.count, "\(numbers.count) numbers for \(source.count)")
    numbers.withUnsafeMutableBufferPointer { _ = $0.update(from: source) }
  }

  private func slice(_ range: Range<Int>) -> Slice<UnsafeBufferPointer<Element>> {
    require(range.lowerBound >= 0 && range.upperBound <= rows, "rows \(range) of \(rows)")
    return UnsafeBufferPointer(start: elements, count: rows * columns)[
      range.lowerBound * columns..<range.upperBound * columns]
  }
}
