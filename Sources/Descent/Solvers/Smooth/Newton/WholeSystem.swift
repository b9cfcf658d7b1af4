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
    let b = zip(right, scales).map { $0 * $1 }
    var x = [Double](repeating: 0, count: b.count)
    var (best, least) = (x, norm(b))
    let goal = 1e-15 * least
    var residual = b
    var preconditioned = factor.solve(residual)
    var search = preconditioned
    var square = inner(residual, preconditioned)
    for _ in 0..<60 where least > goal && square > 0 {
      let image = matrix.multiplied(by: search)
      let curvature = inner(search, image)
      guard curvature > 0, curvature.isFinite else { break }
      let length = square / curvature
      for i in x.indices {
        x[i] += length * search[i]
        residual[i] -= length * image[i]
      }
      let now = norm(residual)
      guard now < 1e3 * least else { break }
      if now < least { (best, least) = (x, now) }
      preconditioned = factor.solve(residual)
      let next = inner(residual, preconditioned)
      for i in x.indices { search[i] = preconditioned[i] + next / square * search[i] }
      square = next
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
