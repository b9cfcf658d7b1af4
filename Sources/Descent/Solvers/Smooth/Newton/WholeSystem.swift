internal import LinearAlgebra

/// Newton's system H·x = b with the whole Hessian formed, which may be singular: conjugate gradients with a
/// Cholesky factor of H plus a trifle, about the solution of least norm.
struct WholeSystem {
  /// H, scaled to a diagonal of ones.
  private let matrix: Matrix<Double>
  private let factor: Cholesky<Double>
  private let scales: [Double]

  /// Nil where H cannot be factored even with a ridge.
  init?(_ hessian: Matrix<Double>) {
    let order = hessian.rows
    scales = (0..<order).map { hessian[$0, $0] > 0 ? 1 / hessian[$0, $0].squareRoot() : 0 }
    var matrix = hessian
    for i in 0..<order { for j in 0..<order { matrix[i, j] *= scales[i] * scales[j] } }
    self.matrix = matrix
    for ridge in [1e-12, 1e-10, 1e-8, 1e-6] {
      var regular = matrix
      for i in 0..<order { regular[i, i] = scales[i] > 0 ? regular[i, i] + ridge : 1 }
      if let factor = try? Cholesky(consume regular) {
        self.factor = factor
        return
      }
    }
    return nil
  }

  /// H⁺·b for b in the range of H; of other b's what the iteration came to before it lost its way.
  func solve(_ right: [Double]) -> [Double] {
    var iteration = ConjugateGradients(zip(right, scales).map { $0 * $1 }, factor.solve)
    var (best, least) = (iteration.solution, norm(iteration.residual))
    let goal = 1e-15 * least
    while iteration.products < 60, least > goal,
      iteration.step({ $1 = matrix.multiplied(by: $0) }) != nil
    {
      let now = norm(iteration.residual)
      guard now < 1e3 * least else { break }
      if now < least { (best, least) = (iteration.solution, now) }
      iteration.turn(factor.solve)
    }
    return zip(best, scales).map { $0 * $1 }
  }
}

extension Cholesky where Element == Double {
  fileprivate func solve(_ b: [Double]) -> [Double] {
    var result = b
    var span = result.mutableSpan
    solve(into: &span)
    return result
  }
}
