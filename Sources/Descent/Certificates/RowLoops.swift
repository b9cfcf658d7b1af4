internal import LinearAlgebra

// Loops over rows of numbers in Double that a dual point is made by.

/// out ← rows + shift, the same shift to each row.
func addToRows(_ rows: Span<Double>, _ shift: [Double], into out: inout MutableSpan<Double>) {
  rows.withUnsafeBufferPointer { rows in
    shift.withUnsafeBufferPointer { shift in
      out.withUnsafeMutableBufferPointer { out in
        if shift.count == 1 {
          let shift = shift[0]
          for i in 0..<rows.count { out[i] = rows[i] + shift }
          return
        }
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

/// sums ← sums + (Σ w·x, Σ w·|x|) of each column of `rows`, first all sums, then all sizes.
func addSumsAndSizes(_ rows: Span<Double>, weights: ArraySlice<Double>?, to sums: inout [Double]) {
  let width = sums.count / 2
  rows.withUnsafeBufferPointer { rows in
    sums.withUnsafeMutableBufferPointer { sums in
      guard weights != nil || width > 1 else {
        var (sum, size) = (0.0, 0.0)
        for x in rows {
          sum += x
          size += abs(x)
        }
        sums[0] += sum
        sums[1] += size
        return
      }
      guard let weights else {
        for start in stride(from: 0, to: rows.count, by: width) {
          for j in 0..<width {
            let x = rows[start + j]
            sums[j] += x
            sums[width + j] += abs(x)
          }
        }
        return
      }
      for (row, weight) in weights.enumerated() {
        for j in 0..<width {
          let x = weight * rows[row * width + j]
          sums[j] += x
          sums[width + j] += abs(x)
        }
      }
    }
  }
}

/// rows ← rows · up where they are positive, · down where they are not, a factor each a column.
func shrinkSigns(_ rows: inout MutableSpan<Double>, _ factors: [(up: Double, down: Double)]) {
  let width = factors.count
  rows.withUnsafeMutableBufferPointer { rows in
    if width == 1 {
      let (up, down) = factors[0]
      for i in 0..<rows.count { rows[i] *= rows[i] > 0 ? up : down }
      return
    }
    for start in stride(from: 0, to: rows.count, by: width) {
      for j in 0..<width { rows[start + j] *= rows[start + j] > 0 ? factors[j].up : factors[j].down }
    }
  }
}

/// out ← out + rows
func add(_ rows: Span<Double>, to out: inout MutableSpan<Double>) {
  axpy(1, rows, into: &out)
}
