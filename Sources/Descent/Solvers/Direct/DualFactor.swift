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
  var method: String { "Cholesky of the dual in \(Work.self)" }

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

extension CentredRows {
  /// All rows in memory, `[rows, columns]`, less their means.
  func centred() -> Matrix<Work> {
    var x = Matrix<Work>(rows: rows, columns: columns)
    let means = rests.map { Work($0) }
    x.withMutableElements {
      read(0..<rows, into: &$0)
      subtractFromRows(means.span, &$0)
    }
    return x
  }

  /// The means of the scaled features.
  var means: [Double] { zip(offsets, rests).map { $0 + $1 } }

  /// The means of what ``read(_:into:)`` gives, summed in Double.
  private var rests: [Double] {
    var sums = [Double](repeating: 0, count: columns)
    if !isCentred { return sums }
    var block = [Work](repeating: 0, count: min(rows, 256) * columns)
    for start in stride(from: 0, to: rows, by: 256) {
      let range = start..<min(start + 256, rows)
      var span = block.mutableSpan
      read(range, into: &span)
      addToSums(block.span, rows: range.count, scale: 1 / Double(rows), &sums)
    }
    return sums
  }
}

@specialized(where Work == Float)
@specialized(where Work == Double)
private func addToSums<Work: KernelScalar>(
  _ block: Span<Work>, rows: Int, scale: Double, _ sums: inout [Double]
) {
  let columns = sums.count
  for i in 0..<rows { for j in 0..<columns { sums[j] += scale * Double(block[i * columns + j]) } }
}

extension CentredTargets {
  /// All targets, `[rows, outputs]`.
  func centred<Work: KernelScalar>(as type: Work.Type) -> Matrix<Work> {
    let rows = targets.rows
    var all = [Work](repeating: 0, count: rows * (outputs + 1))
    var span = all.mutableSpan
    read(0..<rows, into: &span)
    var result = Matrix<Work>(rows: rows, columns: outputs)
    for i in 0..<rows { for j in 0..<outputs { result[i, j] = all[i * (outputs + 1) + j] } }
    return result
  }
}
