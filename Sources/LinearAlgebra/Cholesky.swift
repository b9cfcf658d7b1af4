internal import Foundation

/// The Cholesky factorization A = Uᵀ·U of a symmetric positive definite matrix, U upper triangular.
///
/// ```swift
/// let factor = try Cholesky([[4, 2], [2, 3]] as Matrix<Double>)
/// let x = factor.solve([8, 7])  // 1.25, 1.5
/// ```
///
/// Source: LAPACK `potrf`, BLAS `trsm`.
public struct Cholesky<Element: Scalar>: Factorization {
  /// U, `[order, order]`, zero below the diagonal.
  public let factor: Matrix<Element>

  /// The size of A, which is `[order, order]`.
  public var order: Int { factor.rows }
  public var rows: Int { order }
  public var columns: Int { order }

  /// Factors `a`, `[order, order]`, of which the upper triangle is read; in the memory of `a` where
  /// the caller gives it up, else in a copy.
  ///
  /// - Throws: ``FactorizationError/notPositiveDefinite(leadingMinor:order:)``, or
  ///   ``FactorizationError/notFinite(row:column:)`` for an element of the upper triangle.
  /// - Complexity: order³/3 operations.
  public init(_ a: consuming Matrix<Element>) throws(FactorizationError) {
    require(a.rows == a.columns, "Cholesky of a matrix of \(a.rows) × \(a.columns), which is not square")
    let n = a.rows
    try a.checkFinite(.upperTriangle)
    if n > 0 {
      _ = oneThread
      let info = a.withMutablePointer { Element.potrf(n, $0, n) }
      try FactorizationError.check(info, "potrf") { .notPositiveDefinite(leadingMinor: $0, order: n) }
    }
    // OpenBLAS compares a pivot with 0 only: one that overflow made NaN passes.
    for j in 0..<n where !a[j, j].isFinite { throw .notPositiveDefinite(leadingMinor: j + 1, order: n) }
    a.clearBelowDiagonal()
    factor = a
  }

  /// X with A·X = B, `[order, k]`, for B of `[order, k]`.
  ///
  /// - Complexity: 2·order²·k operations.
  public func solve(_ b: Matrix<Element>) -> Matrix<Element> {
    require(b.rows == order, "right-hand sides of \(b.rows) rows for a matrix of order \(order)")
    var x = b
    var span = x.elements.mutableSpan
    solve(into: &span, rightHandSides: b.columns)
    return x
  }

  /// b ← A⁻¹·b, where b is `[order, rightHandSides]`. Allocates nothing.
  ///
  /// - Complexity: 2·order²·rightHandSides operations.
  public func solve(into b: inout MutableSpan<Element>, rightHandSides: Int = 1) {
    require(
      b.count == order * rightHandSides,
      "a right-hand side of \(b.count) elements, \(order) × \(rightHandSides) needs \(order * rightHandSides)"
    )
    trsm(.transposed, n: order, rightHandSides: rightHandSides, factor.elements.span, into: &b)
    trsm(.none, n: order, rightHandSides: rightHandSides, factor.elements.span, into: &b)
  }

  /// log det A = 2·Σ log u_ii, which does not overflow as the determinant does.
  public var logDeterminant: Double {
    (0..<order).reduce(0) { $0 + 2 * log(Double(factor[$1, $1])) }
  }
}
