internal import LinearAlgebra

/// Cholesky of the normal equations: features³/3 operations.
struct PrimalFactor<Work: KernelScalar>: RidgeFactor {
  private let factor: Cholesky<Work>
  let means: [Double]
  let weights: Matrix<Double>
  let condition: Double
  var rank: Int? { nil }

  init(_ equations: consuming NormalEquations<Work>, l2: Double) throws(FactorizationError) {
    means = equations.means
    var matrix = equations.takeCovariance()
    for j in 0..<matrix.rows { matrix[j, j] += Work(l2) }
    factor = try Cholesky(consume matrix)
    condition = factor.conditionEstimate
    weights = factor.solve(equations.moments).transposed.converted(to: Double.self)
  }

  func solve(_ residual: Matrix<Double>) -> Matrix<Double> {
    factor.solve(residual.converted(to: Work.self).transposed).transposed.converted(to: Double.self)
  }
}
