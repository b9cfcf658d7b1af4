/// A part of a matrix, or its transpose, without a copy: rows, columns, a block of both.
///
/// Products hand its strides to BLAS. It holds on to the memory of the whole; writing to the whole afterwards copies
/// that first, so that a view never changes.
///
/// ```swift
/// let m: Matrix<Double> = [[1, 2, 3], [4, 5, 6]]
/// let right = m.columns(1..<3)       // 2, 3 and 5, 6
/// let gram = right.transposed * right
/// let copy = Matrix(right)
/// ```
public struct MatrixView<Element: Scalar>: Sendable {
  /// Of the part that is seen, after transposition, and not of the whole.
  public let rows: Int
  /// Of the part that is seen, after transposition, and not of the whole.
  public let columns: Int
  /// From the first number to the last, with what lies between; all are there.
  let elements: ArraySlice<Element>
  /// How far two rows, or of a transpose two columns, lie apart in memory.
  let stride: Int
  /// Whether what lies together in memory are columns.
  let isTransposed: Bool

  var op: Transposition { isTransposed ? .transposed : .none }

  /// The number at `row` and `column`, both counted from 0.
  public subscript(row: Int, column: Int) -> Element {
    precondition(row >= 0 && row < rows, "row \(row) of \(rows)")
    precondition(column >= 0 && column < columns, "column \(column) of \(columns)")
    return elements[elements.startIndex + offset(row, column)]
  }

  /// The transpose.
  public var transposed: MatrixView {
    MatrixView(rows: columns, columns: rows, elements: elements, stride: stride, isTransposed: !isTransposed)
  }

  /// These rows, `[range.count, columns]`, counted from 0 in this view. Traps beyond its rows.
  public func rows(_ range: Range<Int>) -> MatrixView { block(rows: range, columns: 0..<columns) }

  /// These columns, `[rows, range.count]`, counted from 0 in this view. Traps beyond its columns.
  public func columns(_ range: Range<Int>) -> MatrixView { block(rows: 0..<rows, columns: range) }

  /// These rows of these columns.
  public func block(rows rowRange: Range<Int>, columns columnRange: Range<Int>) -> MatrixView {
    require(rowRange.lowerBound >= 0 && rowRange.upperBound <= rows, "rows \(rowRange) of \(rows)")
    require(
      columnRange.lowerBound >= 0 && columnRange.upperBound <= columns, "columns \(columnRange) of \(columns)"
    )
    let isEmpty = rowRange.isEmpty || columnRange.isEmpty
    let start = elements.startIndex + (isEmpty ? 0 : offset(rowRange.lowerBound, columnRange.lowerBound))
    let last =
      isEmpty ? start : offset(rowRange.upperBound - 1, columnRange.upperBound - 1) + elements.startIndex + 1
    return MatrixView(
      rows: rowRange.count, columns: columnRange.count, elements: elements[start..<last], stride: stride,
      isTransposed: isTransposed)
  }

  private func offset(_ row: Int, _ column: Int) -> Int {
    isTransposed ? column * stride + row : row * stride + column
  }
}

extension Matrix {
  /// The whole as a view, to be transposed or multiplied with others.
  public var view: MatrixView<Element> {
    MatrixView(rows: rows, columns: columns, elements: elements, stride: columns, isTransposed: false)
  }

  /// The columns in `range`, without a copy.
  public func columns(_ range: Range<Int>) -> MatrixView<Element> { view.columns(range) }

  /// These rows of these columns, without a copy.
  public func block(rows: Range<Int>, columns: Range<Int>) -> MatrixView<Element> {
    view.block(rows: rows, columns: columns)
  }

  /// Column `column`, `rows` numbers, copied.
  public func column(_ column: Int) -> [Element] { (0..<rows).map { self[$0, column] } }

  /// A copy of what a view shows.
  public init(_ view: MatrixView<Element>) {
    var rows: [Element] = []
    rows.reserveCapacity(view.rows * view.columns)
    let (height, width) = view.isTransposed ? (view.columns, view.rows) : (view.rows, view.columns)
    if width > 0 {
      for i in 0..<height {
        let start = view.elements.startIndex + i * view.stride
        rows += view.elements[start..<start + width]
      }
    }
    let copy = Matrix(rows: height, columns: width, elements: rows)
    self = view.isTransposed ? copy.transposed : copy
  }

  /// Writes `b` over the block that begins at `row` and `column`.
  public mutating func replaceBlock(row: Int, column: Int, by b: Matrix) {
    require(
      row >= 0 && column >= 0 && row + b.rows <= rows && column + b.columns <= columns,
      "a block of \(b.rows) × \(b.columns) at row \(row), column \(column) of \(rows) × \(columns)")
    for i in 0..<b.rows { for j in 0..<b.columns { self[row + i, column + j] = b[i, j] } }
  }
}
