extension Matrix {
  /// The transpose, `[columns, rows]`, copied. Products take a factor transposed as it lies: see
  /// ``multiplied(by:_:_:alpha:)``.
  public var transposed: Matrix {
    @specialized(where Element == Float)
    @specialized(where Element == Double)
    get {
      var result = Matrix(rows: columns, columns: rows)
      let (rows, columns) = (rows, columns)
      // Tiles of 16 × 16: whole cache lines on both sides, where a plain loop would touch one an element.
      elements.withUnsafeBufferPointer { source in
        result.elements.withUnsafeMutableBufferPointer { target in
          for top in stride(from: 0, to: rows, by: 16) {
            for left in stride(from: 0, to: columns, by: 16) {
              for i in top..<min(top + 16, rows) {
                for j in left..<min(left + 16, columns) { target[j * rows + i] = source[i * columns + j] }
              }
            }
          }
        }
      }
      return result
    }
  }

  /// The same numbers in another precision, rounded; beyond its range they become infinite.
  @specialized(where Element == Float, Other == Double)
  @specialized(where Element == Double, Other == Float)
  public func converted<Other: Scalar>(to type: Other.Type = Other.self) -> Matrix<Other> {
    Matrix<Other>(rows: rows, columns: columns, elements: elements.map { Other($0) })
  }

  /// Copies the upper triangle of a square matrix onto the lower one.
  @specialized(where Element == Float)
  @specialized(where Element == Double)
  package mutating func mirrorUpperTriangle() {
    let (rows, columns) = (rows, columns)
    var span = elements.mutableSpan
    for i in 0..<rows {
      for j in 0..<i { span[i * columns + j] = span[j * columns + i] }
    }
  }
}
