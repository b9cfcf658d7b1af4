/// The singular value decomposition A = U·diag(σ)·Vᵀ of any matrix, with k = min(rows, columns) values; thin, unless
/// all vectors are asked for.
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
  /// How many vectors are kept: those that belong to a value, or as many as span the whole spaces.
  public enum Vectors: Sendable {
    /// `thin`: U `[rows, k]` and Vᵀ `[k, columns]`; `full`: `[rows, rows]` and `[columns, columns]`, for bases of the null
    /// spaces too.
    case thin, full
  }

  /// U, `[rows, k]`, or `[rows, rows]` where it is full: orthonormal columns.
  public let u: Matrix<Element>
  /// σ, `k` values, none negative, the largest first.
  public let singularValues: [Element]
  /// Vᵀ, `[k, columns]`, or `[columns, columns]` where it is full: orthonormal rows.
  public let vTransposed: Matrix<Element>
  /// How many values lie above `tolerance` times the largest.
  public let rank: Int

  public var rows: Int { u.rows }
  public var columns: Int { vTransposed.columns }

  /// Decomposes `a`, `[rows, columns]`, whose memory serves as scratch where the caller gives it up.
  ///
  /// - Parameters:
  ///   - vectors: which singular vectors are computed.
  ///   - a: the matrix, `[rows, columns]`.
  ///   - tolerance: values up to `tolerance` times the largest count as 0, in ``rank`` and in
  ///     ``solve(_:)``. Default 10·√max(rows, columns) roundings. A larger one gives shorter, steadier solutions
  ///     with larger residuals. The scale of columns matters: bring them to similar norms first.
  /// - Throws: ``FactorizationError/notConverged(routine:remaining:)``,
  ///   ``FactorizationError/notFinite(row:column:)``, ``FactorizationError/overflow(routine:)``.
  /// - Complexity: about 4·m·n² + 22·n³ operations for m ≥ n, as for the transpose.
  @specialized(where Element == Float)
  @specialized(where Element == Double)
  public init(
    _ a: consuming Matrix<Element>, vectors: Vectors = .thin, tolerance: Element? = nil
  ) throws(FactorizationError) {
    let (m, n, k) = (a.rows, a.columns, min(a.rows, a.columns))
    let (width, height) = vectors == .full ? (m, n) : (k, k)
    let tolerance = tolerance ?? .roundings(rows: m, columns: n)
    try FactorizationError.checkSize(
      "gesdd", m, n, workspace: (4 * Double(k) + 7) * Double(k) + 128 * Double(max(m, n)))
    try a.checkFinite(.everywhere)
    // Without values any orthonormal vectors span a space.
    var u = k > 0 || width == 0 ? Matrix<Element>(rows: m, columns: width) : .identity(m)
    var vT = k > 0 || height == 0 ? Matrix<Element>(rows: height, columns: n) : .identity(n)
    var values = [Element](repeating: 0, count: k)
    if k > 0 {
      prepareBLAS()
      let info = a.withMutablePointer { a in
        values.withMutablePointer { s in
          u.withMutablePointer { u in
            // Memory holds Aᵀ = V·diag(σ)·Uᵀ.
            vT.withMutablePointer { vT in
              Element.gesdd(vectors == .full ? .all : .thin, n, m, a, n, s, vT, n, u, width)
            }
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

  /// Decomposes `a`, thin and with the default tolerance.
  @specialized(where Element == Float)
  @specialized(where Element == Double)
  public init(_ a: consuming Matrix<Element>) throws(FactorizationError) {
    try self.init(a, vectors: .thin, tolerance: nil)
  }

  /// The largest singular value over the smallest: how much a relative error in A or b can grow in x.
  /// Infinite for a singular matrix, 1 for an empty one.
  public var condition: Element {
    guard let largest = singularValues.first, let smallest = singularValues.last else { return 1 }
    return smallest > 0 ? largest / smallest : .infinity
  }

  /// X with the least ‖A·X − B‖ in every column and, among those, the least norm; `[columns, k]`, for B of
  /// `[rows, k]`: V·diag(1/σ)·Uᵀ·B over the first ``rank`` values.
  ///
  /// - Complexity: 2·(rows + columns)·min(rows, columns)·k operations.
  @specialized(where Element == Float)
  @specialized(where Element == Double)
  public func solve(_ b: Matrix<Element>) -> Matrix<Element> {
    require(b.rows == rows, "right-hand sides of \(b.rows) rows for a matrix of \(rows)")
    let k = singularValues.count
    var inner = u.view.columns(0..<k).transposed * b.view
    inner.divideRows(by: singularValues.indices.map { $0 < rank ? singularValues[$0] : nil })
    return vTransposed.rows(0..<k).multiplied(by: inner, .transposed)
  }

  /// The Moore-Penrose inverse, `[columns, rows]`. To solve, ``solve(_:)`` is cheaper.
  public var pseudoinverse: Matrix<Element> { solve(.identity(rows)) }
}
