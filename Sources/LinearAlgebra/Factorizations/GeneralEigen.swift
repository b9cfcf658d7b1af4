public import ComplexModule
public import RealModule

/// The eigenvalues and right eigenvectors of any square matrix: A·v_i = λ_i·v_i, complex numbers.
///
/// ```swift
/// let turn = try GeneralEigen([[0, -1], [1, 0]] as Matrix<Double>)
/// turn.values  // i, −i
/// ```
///
/// It is no ``Factorization`` to solve with: of a matrix that is not symmetric the vectors may be nearly dependent. The
/// values of a nearby matrix are found, which for such a matrix may be far from its own: those of a symmetric one by
/// ``SymmetricEigen``, at a third of the cost.
///
/// Source: LAPACK `geevx` (`geev`, where balanced), on a transposed copy.
public struct GeneralEigen<Element: Scalar & Real>: Sendable {
  /// λ, `order` values, in the order in which LAPACK finds them; those of a pair follow each other, the one with the
  /// positive imaginary part first.
  public let values: [Complex<Element>]
  /// `vectors[i]`, `order` numbers of length 1, belongs to `values[i]`; its largest number of a pair's is real.
  public let vectors: [[Complex<Element>]]

  /// The size of A, which is `[order, order]`.
  public var order: Int { values.count }

  /// Decomposes `a`, `[order, order]`.
  ///
  /// - Parameters:
  ///   - a: the matrix, `[order, order]`.
  ///   - isBalanced: whether rows and columns are scaled to similar size first. That keeps small values right
  ///     where sizes differ by the units; where they differ by many powers of ten and the small numbers are but noise,
  ///     only without it are values and vectors those of a matrix within roundings of `a`'s norm.
  /// - Throws: ``FactorizationError/notConverged(routine:remaining:)``, ``FactorizationError/notFinite(row:column:)``,
  ///   ``FactorizationError/overflow(routine:)``, ``FactorizationError/tooLarge(routine:count:)``.
  /// - Complexity: about 25·order³ operations.
  public init(_ a: Matrix<Element>, isBalanced: Bool = true) throws(FactorizationError) {
    let found = try Self.geev(a, .vectors, isBalanced)
    (values, vectors) = (found.values, Self.joined(found.values, found.vectors))
  }

  /// The values alone.
  ///
  /// - Complexity: about 10·order³ operations.
  public static func values(
    of a: Matrix<Element>, isBalanced: Bool = true
  ) throws(FactorizationError) -> [Complex<Element>] {
    try geev(a, .noVectors, isBalanced).values
  }

  private static func geev(
    _ a: Matrix<Element>, _ job: CChar, _ isBalanced: Bool
  ) throws(FactorizationError) -> (values: [Complex<Element>], vectors: Matrix<Element>) {
    require(a.rows == a.columns, "GeneralEigen of a matrix of \(a.rows) × \(a.columns), which is not square")
    let n = a.rows
    try FactorizationError.checkSize("geev", n, n, workspace: 68 * Double(n))
    try a.checkFinite(.everywhere)
    var (columnwise, vectors) = (a.transposed, Matrix<Element>(rows: n, columns: n))
    var (real, imaginary) = ([Element](repeating: 0, count: n), [Element](repeating: 0, count: n))
    var scale = [Element](repeating: 0, count: n)
    if n > 0 {
      prepareBLAS()
      let info = columnwise.withMutablePointer { a in
        real.withMutablePointer { real in
          imaginary.withMutablePointer { imaginary in
            vectors.withMutablePointer { vectors in
              scale.withMutablePointer {
                Element.geevx(isBalanced ? .balanced : .notBalanced, job, n, a, real, imaginary, vectors, $0)
              }
            }
          }
        }
      }
      try FactorizationError.check(info, "geev") { .notConverged(routine: "geev", remaining: $0) }
    }
    guard (real + imaginary).allSatisfy(\.isFinite) else { throw .overflow(routine: "geev") }
    return (zip(real, imaginary).map { Complex($0, $1) }, vectors)
  }

  /// Of a pair row i holds the real parts and row i + 1 the imaginary ones.
  private static func joined(
    _ values: [Complex<Element>], _ rows: Matrix<Element>
  ) -> [[Complex<Element>]] {
    values.indices.map { i in
      switch values[i].imaginary {
      case 0: rows[row: i].map { Complex($0, 0) }
      case let part where part > 0: zip(rows[row: i], rows[row: i + 1]).map { Complex($0, $1) }
      default: zip(rows[row: i - 1], rows[row: i]).map { Complex($0, -$1) }
      }
    }
  }
}
