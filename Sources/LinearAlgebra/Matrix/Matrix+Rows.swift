extension Matrix {
  /// Row `row`, `columns` numbers, as a slice: reading copies nothing. Its indices are those of
  /// ``elements`` and so do not start at 0.
  public subscript(row row: Int) -> ArraySlice<Element> {
    get { elements[range(ofRows: row..<row + 1)] }
    set {
      require(newValue.count == columns, "\(newValue.count) elements for a row of \(columns)")
      elements.replaceSubrange(range(ofRows: row..<row + 1), with: newValue)
    }
  }

  /// The rows in `range`, `[range.count, columns]`, without a copy; they keep the whole in memory.
  public func rows(_ range: Range<Int>) -> Matrix {
    Matrix(rows: range.count, columns: columns, elements: elements[self.range(ofRows: range)])
  }

  /// The rows at `indices`, in that order and as often as named, `[indices.count, columns]`,
  /// copied.
  public func rows(at indices: some Collection<Int>) -> Matrix {
    var gathered: [Element] = []
    gathered.reserveCapacity(indices.count * columns)
    for i in indices { gathered += self[row: i] }
    return Matrix(rows: indices.count, columns: columns, elements: gathered)
  }

  private func range(ofRows range: Range<Int>) -> Range<Int> {
    require(range.lowerBound >= 0 && range.upperBound <= rows, "rows \(range) of \(rows)")
    let start = elements.startIndex
    return start + range.lowerBound * columns..<start + range.upperBound * columns
  }
}
