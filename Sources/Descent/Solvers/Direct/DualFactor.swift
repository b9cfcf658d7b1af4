internal import LinearAlgebra

/// Cholesky of K = X̃·X̃ᵀ + n·l2·I, `[rows, rows]`, for more features than rows: W = T̃ᵀ·K⁻¹·X̃.
///
/// Holds the centred rows. rows²·features operations.
/// (Saunders, Gammerman and Vovk, Ridge Regression Learning Algorithm in Dual Variables, ICML 1998.)
struct DualFactor<Work: KernelScalar>: RidgeFactor {
  private let factor: Cholesky<Work>
  private let x: Matrix<Work>
  private let l2: Double
  let means: [Double]
  let weights: Matrix<Double>
  let condition: Double
  var rank: Int? { nil }

  init(
    _ rows: CentredRows<Work>, _ targets: CentredTargets, l2: Double, pool: ThreadPool
  ) throws(FactorizationError) {
    let count = rows.rows
    let x = rows.centred()
    means = rows.means
    let gram = RowBuffer<Work>(rows: count, columns: count)
    pool.run((count + 127) / 128) { stripe, _ in
      let range = 128 * stripe..<min(128 * (stripe + 1), count)
      gram.update(range) { syrk(.none, rows: range, of: count, k: x.columns, x.elements.span, into: &$0) }
    }
    var matrix = gram.matrix
    for i in 0..<count { matrix[i, i] += Work(Double(count) * l2) }
    factor = try Cholesky(consume matrix)
    condition = factor.conditionEstimate
    (self.x, self.l2) = (x, l2)
    let dual = factor.solve(targets.centred(as: Work.self))
    weights = dual.multiplied(by: x, .transposed).converted(to: Double.self)
  }

  /// By Woodbury's identity: A⁻¹ = (I − X̃ᵀ·K⁻¹·X̃)/l2.
  func solve(_ residual: Matrix<Double>) -> Matrix<Double> {
    let dual = factor.solve(x.multiplied(by: residual.converted(to: Work.self), .none, .transposed))
    let share = dual.multiplied(by: x, .transposed)
    var result = residual
    result.withMutableElements { r in
      let (count, share) = (r.count, share.elements.span)
      for i in 0..<count { r[i] = (r[i] - Double(share[i])) / l2 }
    }
    return result
  }
}
