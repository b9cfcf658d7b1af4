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
  public let rows: Int
  public let columns: Int
  /// The numbers, row-major, `rows * columns` of them; the indices need not start at 0.
  public internal(set) var elements: ArraySlice<Element>

  /// A matrix over numbers that lie row after row, not copied.
  public init(rows: Int, columns: Int, elements: ArraySlice<Element>) {
    precondition(rows >= 0 && columns >= 0, "a matrix of \(rows) × \(columns)")
    precondition(
      elements.count == rows * columns,
      "a matrix of \(rows) × \(columns) needs \(rows * columns) elements, not \(elements.count)")
    (self.rows, self.columns, self.elements) = (rows, columns, elements)
  }

  public init(rows: Int, columns: Int, elements: [Element]) {
    self.init(rows: rows, columns: columns, elements: elements[...])
  }

  public init(rows: Int, columns: Int, repeating value: Element = 0) {
    precondition(rows >= 0 && columns >= 0, "a matrix of \(rows) × \(columns)")
    self.init(rows: rows, columns: columns, elements: Array(repeating: value, count: rows * columns))
  }

  /// A matrix of rows that all have the same length.
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

  public subscript(row: Int, column: Int) -> Element {
    get { elements[index(row, column)] }
    set { elements[index(row, column)] = newValue }
  }

  private func index(_ row: Int, _ column: Int) -> Int {
    precondition(row >= 0 && row < rows, "row \(row) of \(rows)")
    precondition(column >= 0 && column < columns, "column \(column) of \(columns)")
    return elements.startIndex + row * columns + column
  }
}

extension Matrix: ExpressibleByArrayLiteral {
  public init(arrayLiteral rows: [Element]...) { self.init(rows) }
}
