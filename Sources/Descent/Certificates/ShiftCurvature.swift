internal import LinearAlgebra

/// M, the mean over the rows of ∇²ℓ, `[columns, columns]`: how the mean slopes answer to a shift of the scores that
/// is common to all rows.
///
/// It is singular where a shift changes nothing, as one of all softmax scores alike; what is solved for lies
/// in its range.
struct ShiftCurvature {
  private let multiply: ([Double]) -> [Double]
  private let factor: Cholesky<Double>?

  /// Up to so many columns M is formed, beyond only its products are.
  private static let mostFormed = 64

  init(_ pass: Pass<Double>, _ rowLoss: RowLoss, slopes: RowBuffer<Double>) {
    let columns = slopes.columns
    multiply = { Self.products(pass, rowLoss, slopes: slopes, with: $0) }
    factor = columns <= Self.mostFormed ? Self.factor(columns, multiply) : nil
  }

  /// M·shift
  static func products(
    _ pass: Pass<Double>, _ rowLoss: RowLoss, slopes: RowBuffer<Double>, with shift: [Double]
  ) -> [Double] {
    let columns = slopes.columns
    return pass.sweep(summing: columns) { range, sums in
      var product = [Double](repeating: 0, count: range.count * columns)
      var v = product.mutableSpan
      repeatRow(shift.span, rows: range.count, into: &v)
      slopes.read(range) { rowLoss.multiplyHessian(range, &v, slopes: $0) }
      addRows(v.span, to: &sums)
    }.map { $0 / rowLoss.total }
  }

  /// M⁻¹·means
  func solve(_ means: [Double]) -> [Double] {
    factor?.solve(means)
      ?? conjugateGradients(means, tolerance: 1e-9, most: 2 * means.count + 20, multiply)
  }

  private static func factor(_ columns: Int, _ multiply: ([Double]) -> [Double]) -> Cholesky<Double>? {
    var matrix = Matrix<Double>(rows: columns, columns: columns)
    for j in 0..<columns {
      var unit = [Double](repeating: 0, count: columns)
      unit[j] = 1
      matrix[row: j] = multiply(unit)[...]
    }
    let trace = (0..<columns).reduce(0) { $0 + matrix[$1, $1] }
    for j in 0..<columns { matrix[j, j] += 1e-12 * trace }
    return try? Cholesky(matrix)
  }
}

/// x with A·x = b for a symmetric, positive semidefinite A that is given by its products.
/// (Hestenes and Stiefel 1952.)
func conjugateGradients(
  _ b: [Double], tolerance: Double, most: Int, _ multiply: ([Double]) -> [Double]
) -> [Double] {
  var x = [Double](repeating: 0, count: b.count)
  var residual = b
  var direction = b
  var square = b.reduce(0) { $0 + $1 * $1 }
  let goal = tolerance * tolerance * square
  for _ in 0..<most where square > goal {
    let product = multiply(direction)
    let curvature = zip(direction, product).reduce(0) { $0 + $1.0 * $1.1 }
    guard curvature > 0 else { break }
    let length = square / curvature
    for i in x.indices {
      x[i] += length * direction[i]
      residual[i] -= length * product[i]
    }
    let next = residual.reduce(0) { $0 + $1 * $1 }
    for i in x.indices { direction[i] = residual[i] + next / square * direction[i] }
    square = next
  }
  return x
}
