internal import LinearAlgebra

/// Calls the kernel of a loss that sees each score by itself, and adds up the values of each row's scores.
///
/// - Parameter kernel: takes the scores, room for a value each, and the targets.
func evaluateScores<Element: KernelScalar>(
  _ scores: inout MutableSpan<Element>, columns: Int, _ targets: ArraySlice<Double>,
  _ values: inout MutableSpan<Double>,
  _ kernel: (UnsafeMutablePointer<Element>, UnsafeMutablePointer<Double>, UnsafePointer<Double>) -> Void
) {
  checkShape(scores: scores.count, columns: 1, rows: targets.count)
  guard !targets.isEmpty else { return }
  targets.withUnsafeBufferPointer { targets in
    withStarts(&scores, &values) { scores, values in
      if columns == 1 { return kernel(scores, values, targets.baseAddress!) }
      withUnsafeTemporaryAllocation(of: Double.self, capacity: targets.count) { each in
        kernel(scores, each.baseAddress!, targets.baseAddress!)
        for row in 0..<targets.count / columns {
          values[row] = each[row * columns..<(row + 1) * columns].reduce(0, +)
        }
      }
    }
  }
}
