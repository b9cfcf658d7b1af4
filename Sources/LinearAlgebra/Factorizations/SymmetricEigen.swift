/// The eigenvalues and eigenvectors of a symmetric matrix: A = Σ λ_i·v_i·v_iᵀ.
///
/// ```swift
/// let spectrum = try SymmetricEigen([[2, 1], [1, 2]] as Matrix<Double>)
/// spectrum.values               // 1, 3
/// spectrum.vectors[row: 1]      // ±(0.707, 0.707)
/// ```
///
/// Source: LAPACK `syevd` (divide and conquer).
public struct SymmetricEigen<Element: Scalar>: DeterminedFactorization {
  /// λ, `order` values, the smallest first.
  public let values: [Element]
  /// The eigenvectors, `[order, order]`: row i, of length 1 and orthogonal to the others, belongs to
  /// `values[i]`. A = Vᵀ·diag(λ)·V for this matrix V. The sign of a row is as LAPACK leaves it.
  public let vectors: Matrix<Element>
  /// How many values lie, in magnitude, above `tolerance` times the largest magnitude.
  public let rank: Int
  private let bound: Element

  /// The size of A, which is `[order, order]`.
  public var order: Int { values.count }
  public var rows: Int { order }
  public var columns: Int { order }

  /// Decomposes `a`, `[order, order]`, of which the upper triangle is read; in the memory of `a` where
  /// the caller gives it up, else in a copy.
  ///
  /// - Parameters:
  ///   - a: the matrix, `[order, order]`, of which one triangle is read.
  ///   - tolerance: magnitudes up to `tolerance` times the largest count as 0, in ``rank`` and in
  ///     ``solve(_:)``. Default 10·√order roundings.
  /// - Throws: ``FactorizationError/notConverged(routine:remaining:)``,
  ///   ``FactorizationError/notFinite(row:column:)``, ``FactorizationError/overflow(routine:)``.
  /// - Complexity: about 9·order³ operations.
  @specialized(where Element == Float)
  @specialized(where Element == Double)
  public init(_ a: consuming Matrix<Element>, tolerance: Element? = nil) throws(FactorizationError) {
    require(
      a.rows == a.columns, "SymmetricEigen of a matrix of \(a.rows) × \(a.columns), which is not square")
    let n = a.rows
    let tolerance = tolerance ?? .roundings(rows: n, columns: n)
    try FactorizationError.checkSize("syevd", n, n, workspace: (2 * Double(n) + 6) * Double(n) + 1)
    try a.checkFinite(.upperTriangle)
    var values = [Element](repeating: 0, count: n)
    if n > 0 {
      prepareBLAS()
      let info = a.withMutablePointer { a in
        values.withMutablePointer { Element.syevd(.vectors, n, a, n, $0) }
      }
      try FactorizationError.check(info, "syevd") { .notConverged(routine: "syevd", remaining: $0) }
    }
    guard values.allSatisfy(\.isFinite) else { throw .overflow(routine: "syevd") }
    let bound = tolerance * max(abs(values.first ?? 0), abs(values.last ?? 0))
    (self.values, vectors, self.bound) = (values, a, bound)
    rank = values.count { abs($0) > bound }
  }

  /// Decomposes `a` with the default tolerance.
  @specialized(where Element == Float)
  @specialized(where Element == Double)
  public init(_ a: consuming Matrix<Element>) throws(FactorizationError) { try self.init(a, tolerance: nil) }

  public var logDeterminant: LogDeterminant { LogDeterminant(diagonal: values) }

  /// The largest magnitude of an eigenvalue over the smallest; infinite for a singular matrix, 1 for an
  /// empty one.
  public var condition: Element {
    let magnitudes = values.map { abs($0) }
    guard let smallest = magnitudes.min(), let largest = magnitudes.max() else { return 1 }
    return smallest > 0 ? largest / smallest : .infinity
  }

  /// X with the least ‖A·X − B‖ in every column and, among those, the least norm; `[order, k]`, for B of
  /// `[order, k]`: Vᵀ·diag(1/λ)·V·B over the values that count.
  ///
  /// - Complexity: 4·order²·k operations.
  @specialized(where Element == Float)
  @specialized(where Element == Double)
  public func solve(_ b: Matrix<Element>) -> Matrix<Element> {
    require(b.rows == order, "right-hand sides of \(b.rows) rows for a matrix of order \(order)")
    var inner = vectors.multiplied(by: b)
    inner.divideRows(by: values.map { abs($0) > bound ? $0 : nil })
    return vectors.multiplied(by: inner, .transposed)
  }
}
