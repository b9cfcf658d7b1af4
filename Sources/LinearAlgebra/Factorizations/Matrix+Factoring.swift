// What the factorizations share.

/// The part of a matrix that a routine reads.
enum Region {
  case everywhere, upperTriangle
}

extension Matrix {
  /// Throws for the first NaN or infinity, row by row. LAPACKE looks for NaN alone, and says not where.
  ///
  /// A finite sum of magnitudes has finite terms, and BLAS adds several at a time.
  @specialized(where Element == Float)
  @specialized(where Element == Double)
  func checkFinite(_ region: Region) throws(FactorizationError) {
    guard rows > 0, columns > 0 else { return }
    prepareBLAS()
    let span = elements.span
    for i in 0..<rows {
      let start = region == .everywhere ? 0 : min(i, columns)
      let sum = span.withPointer { Element.asum(columns - start, $0 + i * columns + start) }
      if sum.isFinite { continue }
      for j in start..<columns where !span[i * columns + j].isFinite { throw .notFinite(row: i, column: j) }
    }
  }

  /// Sets what lies below the diagonal to 0.
  @specialized(where Element == Float)
  @specialized(where Element == Double)
  mutating func clearBelowDiagonal() {
    let (rows, columns) = (rows, columns)
    var span = elements.mutableSpan
    for i in 0..<rows {
      for j in 0..<min(i, columns) { span[i * columns + j] = 0 }
    }
  }

  /// Divides row i by `divisors[i]`, whose inverse may be out of range; where there is none, even a NaN becomes 0.
  @specialized(where Element == Float)
  @specialized(where Element == Double)
  mutating func divideRows(by divisors: [Element?]) {
    let (rows, columns) = (rows, columns)
    var span = elements.mutableSpan
    for i in 0..<rows {
      let divisor = divisors[i]
      for j in i * columns..<(i + 1) * columns { span[j] = divisor.map { span[j] / $0 } ?? 0 }
    }
  }
}

extension BinaryFloatingPoint {
  /// 10·√max(rows, columns) roundings: the share of a norm below which a computed zero can hide.
  ///
  /// Rounding errors grow about as the root of the number of terms. The customary max(rows, columns)
  /// roundings would, for 60000 rows of Float, take 0.7 % of the norm for noise.
  static func roundings(rows: Int, columns: Int) -> Self {
    10 * Self(max(rows, columns)).squareRoot() * .ulpOfOne
  }
}
