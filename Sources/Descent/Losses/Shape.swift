internal import LinearAlgebra

/// Traps unless there are scores for every row. The kernels check nothing.
func checkShape(scores: Int, columns: Int, rows: Int) {
  require(scores == rows * columns, "\(scores) scores for \(rows) rows of \(columns) columns")
}
