/// The thin QR factorization A = Q·R, with orthonormal columns in Q and R upper triangular, of a matrix with
/// independent columns. It solves least squares: the x for which ‖A·x − b‖ is least.
///
/// ```swift
/// let line = try QR([[1, 0], [1, 1], [1, 2]] as Matrix<Double>)
/// let x = line.solve([1, 3, 5])  // intercept 1, slope 2
/// ```
///
/// Squares no condition number, as the normal equations AᵀA·x = Aᵀb do, at twice their cost and more.
/// Q is formed, not kept as reflectors: it costs the factoring once more, and makes each solution a product.
///
/// Source: LAPACK `geqrf` and `orgqr`, on a transposed copy; BLAS `gemm` and `trsm`. The LQ factorization of
/// the transpose, which is QR without the copy, took 1.6 times as long for 20000 × 200.
public struct QR<Element: Scalar>: DeterminedFactorization {
  /// Q, `[rows, columns]`, orthonormal columns: Qᵀ·Q = I.
  public let q: Matrix<Element>
  /// R, `[columns, columns]`, zero below the diagonal. Signs on the diagonal are as LAPACK leaves them.
  public let r: Matrix<Element>

  private let isReflected: Bool

  public var rows: Int { q.rows }
  public var columns: Int { q.columns }
  /// The number of columns, which are independent.
  public var rank: Int { columns }
  /// ‖R‖·‖R⁻¹‖ by sums of rows, estimated: within √columns of the same of A's lengths.
  public var condition: Element { r.conditionOfTriangle() }

  /// Factors `a`, `[rows, columns]`, in a copy.
  ///
  /// - Parameters:
  ///   - a: the matrix, `[rows, columns]`.
  ///   - tolerance: column j counts as dependent on those before it if |r_jj|, the length of what
  ///     is new in it, is at most `tolerance` times the column's norm. Default 10·√max(rows, columns)
  ///     roundings. Scaling a column changes nothing. Without pivoting it sees a column that depends on others,
  ///     not every matrix near one of lower rank: for these see ``SVD/condition``.
  /// - Throws: ``FactorizationError/rankDeficient(column:columns:)``, also where columns outnumber rows;
  ///   ``FactorizationError/notFinite(row:column:)``; ``FactorizationError/overflow(routine:)`` where a column is longer
  ///   than the largest number.
  /// - Complexity: 4·rows·columns² operations.
  @specialized(where Element == Float)
  @specialized(where Element == Double)
  public init(_ a: Matrix<Element>, tolerance: Element? = nil) throws(FactorizationError) {
    let (m, n) = (a.rows, a.columns)
    try FactorizationError.checkSize("geqrf", m, n, workspace: 64 * Double(n))
    let tolerance = tolerance ?? .roundings(rows: m, columns: n)
    try a.checkFinite(.everywhere)
    var columnwise = a.transposed
    var tau = [Element](repeating: 0, count: min(m, n))
    if !tau.isEmpty {
      prepareBLAS()
      let info = columnwise.withMutablePointer { a in
        tau.withMutablePointer { Element.geqrf(m, n, a, m, $0) }
      }
      try FactorizationError.check(info, "geqrf") { .refused(routine: "geqrf", argument: $0) }
    }
    try columnwise.checkColumns(tolerance)
    r = columnwise.triangleOfColumns()
    isReflected = LinearAlgebra.isReflected(tau)
    try columnwise.formColumnsOfQ(&tau)
    q = columnwise.transposed
  }

  /// Factors `a` with the default tolerance.
  @specialized(where Element == Float)
  @specialized(where Element == Double)
  public init(_ a: consuming Matrix<Element>) throws(FactorizationError) { try self.init(a, tolerance: nil) }

  /// That of a square matrix.
  public var logDeterminant: LogDeterminant {
    require(rows == columns, "the determinant of a matrix of \(rows) × \(columns), which is not square")
    return LogDeterminant(diagonal: (0..<columns).lazy.map { r[$0, $0] }, isNegative: isReflected)
  }

  /// X with the least ‖A·X − B‖ in every column, `[columns, k]`, for B of `[rows, k]`: R⁻¹·Qᵀ·B.
  ///
  /// - Complexity: (2·rows·columns + columns²)·k operations.
  @specialized(where Element == Float)
  @specialized(where Element == Double)
  public func solve(_ b: Matrix<Element>) -> Matrix<Element> {
    require(b.rows == rows, "right-hand sides of \(b.rows) rows for a matrix of \(rows)")
    var x = Matrix<Element>(rows: columns, columns: b.columns)
    var span = x.elements.mutableSpan
    solve(b.elements.span, rightHandSides: b.columns, into: &span)
    return x
  }

  /// x ← the least-squares solutions, `[columns, rightHandSides]`, for b of `[rows, rightHandSides]`.
  /// Allocates nothing.
  @specialized(where Element == Float)
  @specialized(where Element == Double)
  public func solve(_ b: Span<Element>, rightHandSides: Int = 1, into x: inout MutableSpan<Element>) {
    gemm(.transposed, m: columns, n: rightHandSides, k: rows, q.elements.span, b, into: &x)
    trsm(n: columns, rightHandSides: rightHandSides, r.elements.span, into: &x)
  }
}

// What geqrf leaves, read row-major: row j of this matrix starts with column j of R.
extension Matrix {
  /// Throws for the first column of R whose diagonal element is within the tolerance of 0, measured against
  /// the column's norm, which R has in common with the factored matrix.
  fileprivate func checkColumns(_ tolerance: Element) throws(FactorizationError) {
    for j in 0..<rows {
      let column = self[row: j].prefix(j + 1)
      // The sum of magnitudes exceeds the norm, and is added faster: mostly it decides.
      if j < columns, abs(self[j, j]) > tolerance * norm1(column.span) { continue }
      let length = norm2(column.span)
      guard length.isFinite else { throw .overflow(routine: "geqrf") }
      guard j < columns, abs(self[j, j]) > tolerance * length else {
        throw .rankDeficient(column: j, columns: rows)
      }
    }
  }
}
