internal import LinearAlgebra

// Loops over rows of numbers in Double that a dual point is made by.

/// out ← rows + shift, the same shift to each row.
func addToRows(_ rows: Span<Double>, _ shift: [Double], into out: inout MutableSpan<Double>) {
  rows.withUnsafeBufferPointer { rows in
    shift.withUnsafeBufferPointer { shift in
      out.withUnsafeMutableBufferPointer { out in
        for start in stride(from: 0, to: rows.count, by: shift.count) {
          for j in 0..<shift.count { out[start + j] = rows[start + j] + shift[j] }
        }
      }
    }
  }
}

/// sums ← sums + the sum of the rows.
func addRows(_ rows: Span<Double>, to sums: inout [Double]) {
  rows.withUnsafeBufferPointer { rows in
    sums.withUnsafeMutableBufferPointer { sums in
      for start in stride(from: 0, to: rows.count, by: sums.count) {
        for j in 0..<sums.count { sums[j] += rows[start + j] }
      }
    }
  }
}

/// out ← out + rows
func add(_ rows: Span<Double>, to out: inout MutableSpan<Double>) {
  axpy(1, rows, into: &out)
}
