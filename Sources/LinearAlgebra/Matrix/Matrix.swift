/// A dense matrix of `rows` × `columns` numbers, row after row.
///
/// It has value semantics: passing it on copies nothing, and writing to one of two equal copies leaves the
/// other alone. The elements are a slice of an array, so a range of rows (``rows(_:)``) shares the
/// memory of the whole and is itself a matrix.
///
/// ```swift
/// var m: Matrix<Float> = [[1, 2], [3, 4], [5, 6]]
/// m[2, 0] = 7
/// let lower = m.rows(1..<3)  // 2 × 2, no copy
/// ```
public struct Matrix<Element: Scalar>: Sendable, Equatable {
  /// 0 or more; a matrix without rows may have columns all the same.
  public let rows: Int
  /// 0 or more. Rows lie this far apart: number (i, j) is `elements[elements.startIndex + i * columns + j]`.
  public let columns: Int
  /// The numbers, row-major, `rows * columns` of them; the indices need not start at 0. To write, use the
  /// subscripts or ``withMutableElements(_:)``.
  public internal(set) var elements: ArraySlice<Element>

  /// A matrix over `rows * columns` numbers that lie row after row, not copied.
  public init(rows: Int, columns: Int, elements: ArraySlice<Element>) {
    precondition(rows >= 0 && columns >= 0, "a matrix of \(rows) × \(columns)")
    precondition(
      elements.count == rows * columns,
      "a matrix of \(rows) × \(columns) needs \(rows * columns) elements, not \(elements.count)")
    (self.rows, self.columns, self.elements) = (rows, columns, elements)
  }

  /// A matrix over `rows * columns` numbers that lie row after row, not copied.
  public init(rows: Int, columns: Int, elements: [Element]) {
    self.init(rows: rows, columns: columns, elements: elements[...])
  }

  /// A matrix with `value` everywhere.
  public init(rows: Int, columns: Int, repeating value: Element = 0) {
    precondition(rows >= 0 && columns >= 0, "a matrix of \(rows) × \(columns)")
    self.init(rows: rows, columns: columns, elements: Array(repeating: value, count: rows * columns))
  }

  /// A matrix whose `rows * columns` numbers `initialize` writes, into memory that suits products: see
  /// `ArraySlice.aligned(count:initializingWith:)`.
  public init(
    rows: Int, columns: Int, initializingWith initialize: (UnsafeMutableBufferPointer<Element>) throws -> Void
  ) rethrows {
    precondition(rows >= 0 && columns >= 0, "a matrix of \(rows) × \(columns)")
    self.init(
      rows: rows, columns: columns,
      elements: try .aligned(count: rows * columns, initializingWith: initialize))
  }

  /// A matrix of rows that all have the same length; no rows make a matrix of 0 × 0.
  public init(_ rows: [[Element]]) {
    let columns = rows.first?.count ?? 0
    for (i, row) in rows.enumerated() {
      precondition(row.count == columns, "row \(i) has \(row.count) elements, row 0 has \(columns)")
    }
    self.init(rows: rows.count, columns: columns, elements: rows.flatMap { $0 })
  }

  /// The identity of size `n`.
  public static func identity(_ n: Int) -> Matrix {
    var result = Matrix(rows: n, columns: n)
    for i in 0..<n { result[i, i] = 1 }
    return result
  }

  /// The element at `row` and `column`, both counted from 0.
  public subscript(row: Int, column: Int) -> Element {
    @inlinable get { elements[index(row, column)] }
    @specialized(where Element == Float)
    @specialized(where Element == Double)
    set { elements[index(row, column)] = newValue }
  }

  /// Calls `body` with all elements, row-major, to be written in place; copies them first if another
  /// matrix shares them.
  public mutating func withMutableElements<Result, Failure: Error>(
    _ body: (inout MutableSpan<Element>) throws(Failure) -> Result
  ) throws(Failure) -> Result {
    var span = elements.mutableSpan
    return try body(&span)
  }

  @inlinable
  func index(_ row: Int, _ column: Int) -> Int {
    precondition(row >= 0 && row < rows, "row \(row) of \(rows)")
    precondition(column >= 0 && column < columns, "column \(column) of \(columns)")
    return elements.startIndex + row * columns + column
  }
}

extension Matrix: ExpressibleByArrayLiteral {
  public init(arrayLiteral rows: [Element]...) { self.init(rows) }
}
