import LinearAlgebra

/// Loops as one writes them first.
enum Naive {
  static func multiply(_ a: Matrix<Double>, _ b: Matrix<Double>) -> Matrix<Double> {
    var c = Matrix<Double>(rows: a.rows, columns: b.columns)
    for i in 0..<a.rows {
      for j in 0..<b.columns {
        var sum = 0.0
        for k in 0..<a.columns { sum += a[i, k] * b[k, j] }
        c[i, j] = sum
      }
    }
    return c
  }

  /// Elimination with pivoting by rows.
  static func solve(_ a: Matrix<Double>, _ b: [Double]) -> [Double] {
    var (a, x, n) = (a, b, a.rows)
    for j in 0..<n {
      var best = j
      for i in j..<n where abs(a[i, j]) > abs(a[best, j]) { best = i }
      for k in j..<n { (a[j, k], a[best, k]) = (a[best, k], a[j, k]) }
      x.swapAt(j, best)
      for i in j + 1..<max(n, j + 1) {
        let share = a[i, j] / a[j, j]
        for k in j..<n { a[i, k] -= share * a[j, k] }
        x[i] -= share * x[j]
      }
    }
    for i in stride(from: n - 1, through: 0, by: -1) {
      for k in i + 1..<max(n, i + 1) { x[i] -= a[i, k] * x[k] }
      x[i] /= a[i, i]
    }
    return x
  }
}
