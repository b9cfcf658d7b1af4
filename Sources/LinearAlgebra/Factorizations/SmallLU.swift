/// LU of matrices so small that a call of LAPACK costs more than the work. What is stored is what getrf stores.
///
/// Source: Golub and Van Loan, Matrix computations, algorithm 3.4.1.
enum SmallLU {
  /// The largest order for which it is faster than LAPACK.
  static var largest: Int { 8 }

  /// P·L·U of a, n×n, column after column. A pivot of 0 stays, for the caller to find.
  @specialized(where Element == Float)
  @specialized(where Element == Double)
  static func factor<Element: Scalar>(
    _ n: Int, _ a: UnsafeMutablePointer<Element>, _ pivots: UnsafeMutablePointer<Int32>
  ) {
    for j in 0..<n {
      let column = a + j * n
      var best = j
      for i in j + 1..<max(n, j + 1) where abs(column[i]) > abs(column[best]) { best = i }
      pivots[j] = Int32(best + 1)
      if best != j {
        for k in 0..<n { (a[k * n + j], a[k * n + best]) = (a[k * n + best], a[k * n + j]) }
      }
      let pivot = column[j]
      guard abs(pivot) >= .leastNormalMagnitude else { continue }
      for i in j + 1..<max(n, j + 1) { column[i] /= pivot }
      for k in j + 1..<max(n, j + 1) {
        let other = a + k * n
        let share = other[j]
        for i in j + 1..<n { other[i] -= share * column[i] }
      }
    }
  }

  /// x ← (L·U)⁻ᵀ·x, the rows still to be interchanged.
  @specialized(where Element == Float)
  @specialized(where Element == Double)
  static func solve<Element: Scalar>(
    _ n: Int, _ a: UnsafePointer<Element>, _ x: UnsafeMutablePointer<Element>
  ) {
    for j in 0..<n {
      var rest = x[j]
      for i in 0..<j { rest -= a[j * n + i] * x[i] }
      x[j] = rest / a[j * n + j]
    }
    for j in stride(from: n - 2, through: 0, by: -1) {
      var rest = x[j]
      for i in j + 1..<n { rest -= a[j * n + i] * x[i] }
      x[j] = rest
    }
  }
}
