/// The Cholesky factorization A = Uᵀ·U of a symmetric positive definite matrix, U upper triangular.
///
/// ```swift
/// let factor = try Cholesky([[4, 2], [2, 3]] as Matrix<Double>)
/// let x = factor.solve([8, 7])  // 1.25, 1.5
/// ```
///
/// Source: LAPACK `potrf`, BLAS `trsm`.
public struct Cholesky<Element: Scalar>: DeterminedFactorization {
  /// U, `[order, order]`, zero below the diagonal.
  public private(set) var factor: Matrix<Element>

  /// The size of A, which is `[order, order]`.
  public var order: Int { factor.rows }
  public var rows: Int { order }
  public var columns: Int { order }
  /// The order: a positive definite matrix has no dependent columns.
  public var rank: Int { order }

  /// Factors `a`, `[order, order]`, of which the upper triangle is read; in the memory of `a` where
  /// the caller gives it up, else in a copy.
  ///
  /// - Throws: ``FactorizationError/notPositiveDefinite(leadingMinor:order:)``, or
  ///   ``FactorizationError/notFinite(row:column:)`` for an element of the upper triangle.
  /// - Complexity: order³/3 operations.
  @specialized(where Element == Float)
  @specialized(where Element == Double)
  public init(_ a: consuming Matrix<Element>) throws(FactorizationError) {
    require(a.rows == a.columns, "Cholesky of a matrix of \(a.rows) × \(a.columns), which is not square")
    try FactorizationError.checkSize("potrf", a.rows, a.columns)
    factor = consume a
    try factorInPlace()
  }

  /// Factors `a`, of the same order, in the place of the matrix before. Allocates nothing.
  ///
  /// - Throws: as the initializer does; solutions are NaN from then on, until it is factored anew.
  @specialized(where Element == Float)
  @specialized(where Element == Double)
  public mutating func refactor(_ a: Matrix<Element>) throws(FactorizationError) {
    require(
      (a.rows, a.columns) == (order, order), "refactoring \(order) × \(order) by \(a.rows) × \(a.columns)")
    factor.copy(a)
    do throws(FactorizationError) { try factorInPlace() } catch {
      factor.fill(.nan)
      throw error
    }
  }

  private mutating func factorInPlace() throws(FactorizationError) {
    let n = order
    try factor.checkFinite(.upperTriangle)
    if n > 0 {
      prepareBLAS()
      let info = factor.withMutablePointer { Element.potrf(n, $0, n) }
      try FactorizationError.check(info, "potrf") { .notPositiveDefinite(leadingMinor: $0, order: n) }
    }
    // OpenBLAS compares a pivot with 0 only: one that overflow made NaN passes.
    for j in 0..<n where !factor[j, j].isFinite { throw .notPositiveDefinite(leadingMinor: j + 1, order: n) }
    factor.clearBelowDiagonal()
  }

  /// X with A·X = B, `[order, k]`, for B of `[order, k]`.
  ///
  /// - Complexity: 2·order²·k operations.
  @specialized(where Element == Float)
  @specialized(where Element == Double)
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
  @specialized(where Element == Float)
  @specialized(where Element == Double)
  public func solve(into b: inout MutableSpan<Element>, rightHandSides: Int = 1) {
    require(
      b.count == order * rightHandSides,
      "a right-hand side of \(b.count) elements, \(order) × \(rightHandSides) needs \(order * rightHandSides)"
    )
    trsm(.transposed, n: order, rightHandSides: rightHandSides, factor.elements.span, into: &b)
    trsm(.none, n: order, rightHandSides: rightHandSides, factor.elements.span, into: &b)
  }

  /// ‖A‖·‖A⁻¹‖ by sums of rows, estimated: rarely less than a third of it, and never more.
  ///
  /// - Complexity: order³/3 operations, to have A again; LAPACK `pocon`.
  public var condition: Element {
    guard order > 0 else { return 1 }
    let a = factor.multipliedAsTriangle(.upper, .transposed, by: factor)
    var (copy, reciprocal) = (factor, Element(0))
    prepareBLAS()
    _ = copy.withMutablePointer { Element.pocon(order, $0, order, a.norm(.infinity), &reciprocal) }
    return 1 / reciprocal
  }

  /// That of Uᵀ·U, which is positive.
  public var logDeterminant: LogDeterminant {
    LogDeterminant(diagonal: (0..<order).lazy.map { factor[$0, $0] }).squared
  }
}
