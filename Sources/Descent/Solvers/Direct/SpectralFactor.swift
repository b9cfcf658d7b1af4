internal import LinearAlgebra

/// The ridge system by its eigenvalues: always solvable. Without l2 the answer is the least-squares solution of
/// least norm, and eigenvalues that rounding cannot tell from 0 count as 0.
struct SpectralFactor: RidgeFactor {
  private let vectors: Matrix<Double>
  /// The inverses of A's eigenvalues, 0 for those that do not count.
  private let inverses: [Double]
  let rank: Int?
  let condition: Double
  let means: [Double]
  let weights: Matrix<Double>

  /// From the singular values of the centred rows, which are in memory at once: twice the digits.
  init(_ rows: CentredRows<Double>, _ targets: CentredTargets, l2: Double) throws(FactorizationError) {
    let svd = try SVD(rows.centred())
    let n = Double(rows.rows)
    let projected = svd.u.multiplied(by: targets.centred(as: Double.self), .transposed)
    self.init(
      means: rows.means, vectors: svd.vTransposed,
      values: svd.singularValues.map { $0 * $0 / n },
      rank: svd.rank, l2: l2,
      moments: projected.scalingRows(by: svd.singularValues.map { $0 / n }))
  }

  /// From the normal equations.
  init(_ equations: consuming NormalEquations<Double>, l2: Double) throws(FactorizationError) {
    let moments = equations.moments
    let eigen = try SymmetricEigen(equations.covariance)
    // The largest first, as singular values come.
    let order = (0..<eigen.order).reversed()
    let vectors = eigen.vectors.rows(at: order)
    self.init(
      means: equations.means, vectors: vectors,
      values: order.map { max(0, eigen.values[$0]) }, rank: eigen.rank, l2: l2,
      moments: vectors.multiplied(by: moments))
  }

  /// - Parameter moments: V·M, `[values, outputs]`.
  private init(
    means: [Double], vectors: Matrix<Double>, values: [Double], rank: Int, l2: Double,
    moments: Matrix<Double>
  ) {
    (self.means, self.vectors, self.rank) = (means, vectors, rank)
    inverses = values.enumerated().map { i, value in i < rank || l2 > 0 ? 1 / (value + l2) : 0 }
    let counted = values.prefix(max(rank, 0)).map { $0 + l2 }
    condition = counted.isEmpty ? 1 : counted[0] / counted[counted.count - 1]
    weights = moments.scalingRows(by: inverses).multiplied(by: vectors, .transposed)
  }

  func solve(_ residual: Matrix<Double>) -> Matrix<Double> {
    vectors.multiplied(by: residual, .none, .transposed).scalingRows(by: inverses)
      .multiplied(by: vectors, .transposed)
  }
}

extension Matrix where Element: KernelScalar {
  /// Row i times `factors[i]`.
  fileprivate func scalingRows(by factors: [Element]) -> Matrix {
    var result = self
    result.withMutableElements { scaleRows(&$0, by: factors.span, factor: 1) }
    return result
  }
}
