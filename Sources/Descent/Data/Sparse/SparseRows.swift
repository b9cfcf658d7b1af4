public import LinearAlgebra

/// Some sparse rows, one after the other, on their way into a model, where they lie in a ``SparseStorage``: nothing is copied,
/// and products convert to the model's precision as they go.
public struct SparseRows<Element: KernelScalar>: Sendable {
  let storage: SparseStorage
  let range: Range<Int>

  /// Rows of their own.
  ///
  /// - Parameters:
  ///   - values: what is stored at the indices.
  ///   - columns: the number of columns.
  ///   - starts: `rows + 1` offsets into `indices`, ascending from 0.
  ///   - indices: columns below `columns`, ascending within each row.
  public init(starts: [Int], indices: [Int32], values: [Element], columns: Int) {
    let values = (values as? [Float]).map { .float($0) } ?? SparseValues.double(values.map { Double($0) })
    let storage = SparseStorage(columns: columns, starts: starts, indices: indices, values: values)
    self.init(storage, 0..<storage.rows)
  }

  init(_ storage: SparseStorage, _ range: Range<Int>) { (self.storage, self.range) = (storage, range) }

  /// Those of the block alone, of all that its storage has.
  public var rows: Int { range.count }
  /// The numbers of a row, zeros among them.
  public var columns: Int { storage.columns }

  /// `[rows, columns]`, the zeros written out.
  public var dense: Matrix<Element> {
    var elements = [Element](repeating: 0, count: rows * columns)
    var span = elements.mutableSpan
    storage.read(range, into: &span)
    return Matrix(rows: rows, columns: columns, elements: elements)
  }
}

extension SparseStorage {
  /// The rows at `indices`, copied.
  public func block<Element: KernelScalar>(at rows: Span<Int>, as type: Element.Type) -> SparseRows<Element> {
    let chosen = (0..<rows.count).map { rows[$0] }
    return SparseRows(picking(chosen), 0..<chosen.count)
  }

  /// The rows of `range`, where they lie.
  public func block<Element: KernelScalar>(_ range: Range<Int>, as type: Element.Type) -> SparseRows<Element>
  {
    require(
      0 <= range.lowerBound && range.upperBound <= rows,
      "rows \(range.lowerBound)..<\(range.upperBound) of \(rows)")
    return SparseRows(self, range)
  }
}
