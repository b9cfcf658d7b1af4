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
    var column = a
    for j in 0..<n {
      var (best, largest) = (j, abs(column[j]))
      for i in stride(from: j &+ 1, to: n, by: 1) where abs(column[i]) > largest {
        (best, largest) = (i, abs(column[i]))
      }
      pivots[j] = Int32(truncatingIfNeeded: best &+ 1)
      if best != j {
        var other = a
        for _ in 0..<n {
          (other[j], other[best]) = (other[best], other[j])
          other += n
        }
      }
      if largest >= .leastNormalMagnitude {
        for i in stride(from: j &+ 1, to: n, by: 1) { column[i] /= column[j] }
        var other = column + n
        for _ in stride(from: j &+ 1, to: n, by: 1) {
          let share = other[j]
          for i in stride(from: j &+ 1, to: n, by: 1) { other[i] -= share * column[i] }
          other += n
        }
      }
      column += n
    }
  }

  /// x ← (L·U)⁻ᵀ·x, the rows still to be interchanged.
  @specialized(where Element == Float)
  @specialized(where Element == Double)
  static func solve<Element: Scalar>(
    _ n: Int, _ a: UnsafePointer<Element>, _ x: UnsafeMutablePointer<Element>
  ) {
    var column = a
    for j in 0..<n {
      var rest = x[j]
      for i in 0..<j { rest -= column[i] * x[i] }
      x[j] = rest / column[j]
      column += n
    }
    for j in stride(from: n &- 1, through: 0, by: -1) {
      column -= n
      var rest = x[j]
      for i in stride(from: j &+ 1, to: n, by: 1) { rest -= column[i] * x[i] }
      x[j] = rest
    }
  }
}
