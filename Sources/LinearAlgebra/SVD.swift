/// The thin singular value decomposition A = U·diag(σ)·Vᵀ of any matrix, with k = min(rows, columns) values.
///
/// It solves least squares whatever the rank: of all x for which ‖A·x − b‖ is least, the shortest.
///
/// ```swift
/// let twins = try SVD([[1, 1], [2, 2]] as Matrix<Double>)
/// twins.rank            // 1
/// twins.solve([2, 4])   // 1, 1: the weight is shared
/// ```
///
/// Source: LAPACK `gesdd` (divide and conquer).
public struct SVD<Element: Scalar>: Factorization {
  /// U, `[rows, k]`: orthonormal columns.
  public let u: Matrix<Element>
  /// σ, `k` values, none negative, the largest first.
  public let singularValues: [Element]
  /// Vᵀ, `[k, columns]`: orthonormal rows.
  public let vTransposed: Matrix<Element>
  /// How many values lie above `tolerance` times the largest.
  public let rank: Int

  public var rows: Int { u.rows }
  public var columns: Int { vTransposed.columns }

  /// Decomposes `a`, `[rows, columns]`, whose memory serves as scratch where the caller gives it up.
  ///
  /// - Parameter tolerance: values up to `tolerance` times the largest count as 0, in ``rank`` and in
  ///   ``solve(_:)``. Default 10·√max(rows, columns) roundings. A larger one gives shorter, steadier solutions
  ///   with larger residuals. The scale of columns matters: bring them to similar norms first.
  /// - Throws: ``FactorizationError/notConverged(routine:remaining:)``,
  ///   ``FactorizationError/notFinite(row:column:)``, ``FactorizationError/overflow(routine:)``.
  /// - Complexity: about 4·m·n² + 22·n³ operations for m ≥ n, as for the transpose.
  public init(_ a: consuming Matrix<Element>, tolerance: Element? = nil) throws(FactorizationError) {
    let (m, n, k) = (a.rows, a.columns, min(a.rows, a.columns))
    let tolerance = tolerance ?? .roundings(rows: m, columns: n)
    try a.checkFinite(.everywhere)
    var (u, vT) = (Matrix<Element>(rows: m, columns: k), Matrix<Element>(rows: k, columns: n))
    var values = [Element](repeating: 0, count: k)
    if k > 0 {
      _ = oneThread
      let info = a.withMutablePointer { a in
        values.withMutablePointer { s in
          u.withMutablePointer { u in
            // Memory holds Aᵀ = V·diag(σ)·Uᵀ.
            vT.withMutablePointer { vT in Element.gesdd(n, m, a, n, s, vT, n, u, k) }
          }
        }
      }
      try FactorizationError.check(info, "gesdd") { .notConverged(routine: "gesdd", remaining: $0) }
    }
    guard values.first?.isFinite ?? true else { throw .overflow(routine: "gesdd") }
    let bound = tolerance * (values.first ?? 0)
    (self.u, singularValues, vTransposed) = (u, values, vT)
    rank = values.count { $0 > bound }
  }

  /// The largest singular value over the smallest: how much a relative error in A or b can grow in x.
  /// Infinite for a singular matrix, 1 for an empty one.
  public var conditionNumber: Element {
    guard let largest = singularValues.first, let smallest = singularValues.last else { return 1 }
    return smallest > 0 ? largest / smallest : .infinity
  }

  /// X with the least ‖A·X − B‖ in every column and, among those, the least norm; `[columns, k]`, for B of
  /// `[rows, k]`: V·diag(1/σ)·Uᵀ·B over the first ``rank`` values.
  ///
  /// - Complexity: 2·(rows + columns)·min(rows, columns)·k operations.
  public func solve(_ b: Matrix<Element>) -> Matrix<Element> {
    require(b.rows == rows, "right-hand sides of \(b.rows) rows for a matrix of \(rows)")
    var inner = u.multiplied(by: b, .transposed)
    inner.divideRows(by: singularValues.indices.map { $0 < rank ? singularValues[$0] : nil })
    return vTransposed.multiplied(by: inner, .transposed)
  }

  /// The Moore-Penrose inverse, `[columns, rows]`. To solve, ``solve(_:)`` is cheaper.
  public var pseudoinverse: Matrix<Element> { solve(.identity(rows)) }
}
