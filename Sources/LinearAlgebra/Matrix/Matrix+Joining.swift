extension Matrix {
  /// The matrices one below the other; all have as many columns. None make a matrix of 0 × 0.
  public init(stacking matrices: [Matrix]) {
    let columns = matrices.first?.columns ?? 0
    for (i, matrix) in matrices.enumerated() {
      require(
        matrix.columns == columns,
        "matrix \(i) to stack has \(matrix.columns) columns, matrix 0 has \(columns)")
    }
    self.init(
      rows: matrices.reduce(0) { $0 + $1.rows }, columns: columns, elements: matrices.flatMap(\.elements))
  }

  /// The matrices one beside the other; all have as many rows. None make a matrix of 0 × 0.
  public init(joining matrices: [Matrix]) {
    let rows = matrices.first?.rows ?? 0
    for (i, matrix) in matrices.enumerated() {
      require(matrix.rows == rows, "matrix \(i) to join has \(matrix.rows) rows, matrix 0 has \(rows)")
    }
    var elements: [Element] = []
    elements.reserveCapacity(matrices.reduce(0) { $0 + $1.elements.count })
    for i in 0..<rows { for matrix in matrices { elements += matrix[row: i] } }
    self.init(rows: rows, columns: matrices.reduce(0) { $0 + $1.columns }, elements: elements)
  }
}
