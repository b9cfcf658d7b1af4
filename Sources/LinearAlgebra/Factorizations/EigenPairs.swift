/// Some eigenvalues of a symmetric matrix, with their eigenvectors.
public struct EigenPairs<Element: Scalar>: Sendable {
  /// λ, the smallest first.
  public let values: [Element]
  /// `[values.count, order]`: row i, of length 1 and orthogonal to the others, belongs to `values[i]`.
  public let vectors: Matrix<Element>
}

extension SymmetricEigen {
  /// The eigenvalues alone, the smallest first.
  ///
  /// - Complexity: 4/3·order³ operations; LAPACK `syevd`.
  public static func values(of a: consuming Matrix<Element>) throws(FactorizationError) -> [Element] {
    require(a.rows == a.columns, "eigenvalues of a matrix of \(a.rows) × \(a.columns), which is not square")
    let n = a.rows
    try FactorizationError.checkSize("syevd", n, n, workspace: 64 * Double(n))
    try a.checkFinite(.upperTriangle)
    var values = [Element](repeating: 0, count: n)
    guard n > 0 else { return values }
    prepareBLAS()
    let info = a.withMutablePointer { a in
      values.withMutablePointer { Element.syevd(.noVectors, n, a, n, $0) }
    }
    try FactorizationError.check(info, "syevd") { .notConverged(routine: "syevd", remaining: $0) }
    guard values.allSatisfy(\.isFinite) else { throw .overflow(routine: "syevd") }
    return values
  }

  /// The pairs of these ranks, counted from 0 at the smallest value: `(n - 3)..<n` are the three largest.
  ///
  /// - Complexity: about 4/3·order³ operations and 4·order² for each pair; LAPACK `syevr`.
  public static func pairs(
    of a: consuming Matrix<Element>, ranks: Range<Int>
  ) throws(FactorizationError) -> EigenPairs<Element> {
    require(
      ranks.lowerBound >= 0 && ranks.upperBound <= a.rows, "pairs \(ranks) of a matrix of order \(a.rows)")
    guard !ranks.isEmpty else { return EigenPairs(values: [], vectors: Matrix(rows: 0, columns: a.columns)) }
    return try syevr(a, .ranks, most: ranks.count, (0, 0), (ranks.lowerBound + 1, ranks.upperBound))
  }

  /// The pairs whose value lies above `lower` and up to `upper`.
  ///
  /// - Complexity: as for ranks.
  public static func pairs(
    of a: consuming Matrix<Element>, above lower: Element, upTo upper: Element
  ) throws(FactorizationError) -> EigenPairs<Element> {
    require(lower < upper, "eigenvalues above \(lower) and up to \(upper)")
    return try syevr(a, .bounds, most: a.rows, (lower, upper), (0, 0))
  }

  /// Bisection and inverse iteration find values and vectors, which neighbours' may lean to by hundreds of roundings: the
  /// space that they span is sharper, so its own pairs are taken, by Rayleigh and Ritz.
  private static func syevr(
    _ a: consuming Matrix<Element>, _ range: CChar, most: Int, _ bounds: (Element, Element),
    _ ranks: (Int, Int)
  ) throws(FactorizationError) -> EigenPairs<Element> {
    require(a.rows == a.columns, "eigenvalues of a matrix of \(a.rows) × \(a.columns), which is not square")
    let n = a.rows
    try FactorizationError.checkSize("syevr", n, n, workspace: 64 * Double(n))
    try a.checkFinite(.upperTriangle)
    guard n > 0 else { return EigenPairs(values: [], vectors: a) }
    a.mirrorUpperTriangle()
    var (scratch, values) = (copy a, [Element](repeating: 0, count: n))
    var (vectors, support) = (Matrix<Element>(rows: most, columns: n), [Int32](repeating: 0, count: 2 * n))
    var found = Int32(0)
    prepareBLAS()
    let info = scratch.withMutablePointer { a in
      values.withMutablePointer { w in
        vectors.withMutablePointer { z in
          support.withMutablePointer { Element.syevr(.vectors, range, n, a, bounds, ranks, &found, w, z, $0) }
        }
      }
    }
    try FactorizationError.check(info, "syevr") { .notConverged(routine: "syevr", remaining: $0) }
    guard values.prefix(Int(found)).allSatisfy(\.isFinite) else { throw .overflow(routine: "syevr") }
    let basis = try QR(vectors.rows(0..<Int(found)).transposed, tolerance: 0).q
    let inside = try SymmetricEigen(basis.multiplied(by: a * basis, .transposed))
    return EigenPairs(
      values: inside.values, vectors: inside.vectors.multiplied(by: basis, .none, .transposed))
  }
}
