public import LinearAlgebra

/// A few sparse rows on their way into a model, in its precision.
public struct SparseRows<Element: KernelScalar>: Sendable {
  /// Where each row's nonzeros start, and where the last one's end.
  public let starts: [Int]
  public let indices: [Int32]
  public let values: [Element]
  public let columns: Int

  /// - Parameters:
  ///   - values: what is stored at the indices.
  ///   - columns: the number of columns.
  ///   - starts: `rows + 1` offsets into `indices`, ascending from 0.
  ///   - indices: columns below `columns`, ascending within each row.
  public init(starts: [Int], indices: [Int32], values: [Element], columns: Int) {
    require(starts.last == indices.count, "rows that end at \(starts.last ?? -1) of \(indices.count)")
    require(indices.count == values.count, "\(indices.count) columns for \(values.count) values")
    require(indices.allSatisfy { $0 >= 0 && $0 < columns }, "a column that is none of \(columns)")
    (self.starts, self.indices, self.values, self.columns) = (starts, indices, values, columns)
  }

  /// Of what is known to be sound.
  init(trusted starts: [Int], _ indices: [Int32], _ values: [Element], columns: Int) {
    (self.starts, self.indices, self.values, self.columns) = (starts, indices, values, columns)
  }

  public var rows: Int { starts.count - 1 }

  /// `[rows, columns]`, the zeros written out.
  public var dense: Matrix<Element> { writtenOut() }

  @specialized(where Element == Float)
  @specialized(where Element == Double)
  private func writtenOut() -> Matrix<Element> {
    var elements = [Element](repeating: 0, count: rows * columns)
    for row in 0..<rows {
      for k in starts[row]..<starts[row + 1] { elements[row * columns + Int(indices[k])] = values[k] }
    }
    return Matrix(rows: rows, columns: columns, elements: elements)
  }
}

extension SparseStorage {
  /// The rows at `indices`, copied and converted.
  @specialized(where Element == Float)
  @specialized(where Element == Double)
  public func block<Element: KernelScalar>(at rows: Span<Int>, as type: Element.Type) -> SparseRows<Element> {
    var starts = [0]
    starts.reserveCapacity(rows.count + 1)
    for i in 0..<rows.count { starts.append(starts[i] + self.starts[rows[i] + 1] - self.starts[rows[i]]) }
    var indices: [Int32] = []
    indices.reserveCapacity(starts[rows.count])
    var values: [Element] = []
    values.reserveCapacity(starts[rows.count])
    for i in 0..<rows.count {
      let range = self.starts[rows[i]]..<self.starts[rows[i] + 1]
      indices += self.indices[range]
      switch self.values {
      case .float(let all): for k in range { values.append(Element(all[k])) }
      case .double(let all): for k in range { values.append(Element(all[k])) }
      }
    }
    return SparseRows(trusted: starts, indices, values, columns: columns)
  }

  /// The rows of `range`, copied and converted.
  public func block<Element: KernelScalar>(_ range: Range<Int>, as type: Element.Type) -> SparseRows<Element>
  {
    let rows = Array(range)
    return block(at: rows.span, as: type)
  }
}
