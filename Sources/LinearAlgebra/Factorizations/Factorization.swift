/// A matrix taken apart once, to be solved with many times.
///
/// Initializers factor and throw ``FactorizationError``; whatever has been made can solve. All but the QRs take the
/// matrix over: one handed on for good (`Cholesky(consume a)`, or the result of a call) is factored in its own memory,
/// one still in use is copied first.
///
/// | type | for | cost of factoring | solution |
/// |---|---|---|---|
/// | ``LU`` | square | 2/3·n³ | of A·x = b |
/// | ``Cholesky`` | symmetric, positive definite | n³/3 | of A·x = b |
/// | ``QR`` | m ≥ n, independent columns | 4·m·n² | of least squares |
/// | ``PivotedQR`` | any shape, any rank | 4·m·n² | of least squares, with as few columns as the rank |
/// | ``SVD`` | any shape, any rank | about 4·m·n² + 22·n³ | of least squares and least norm |
/// | ``SymmetricEigen`` | symmetric, any rank | about 9·n³ | of least squares and least norm |
///
/// NaN and infinity in the matrix are an error, and so is a finite matrix of which what is sought exceeds the largest
/// number; in a right-hand side they pass into its solution (of rank 0 it is 0 all the same), and by some processors' loops of
/// OpenBLAS into others of the same call.
public protocol Factorization<Element>: Sendable {
  /// `Float` or `Double`: LAPACK computes in its precision throughout.
  associatedtype Element: Scalar

  /// Factors the matrix, as far as it is of the kind.
  init(_ a: consuming Matrix<Element>) throws(FactorizationError)

  /// The rows of the factored matrix, and of a right-hand side.
  var rows: Int { get }
  /// The columns of the factored matrix, and the rows of a solution.
  var columns: Int { get }
  /// How many columns are independent, as far as the factorization tells.
  var rank: Int { get }
  /// How much a relative error in the matrix or in b can grow in x: at least 1, infinite for a singular matrix.
  /// Which norm it is in, and whether it is an estimate, each type says.
  var condition: Element { get }

  /// The solutions, `[columns, k]`, for the right-hand sides in the columns of b, `[rows, k]`.
  func solve(_ b: Matrix<Element>) -> Matrix<Element>
}

/// A factorization that tells the determinant of a square matrix.
public protocol DeterminedFactorization<Element>: Factorization {
  /// The determinant's sign and the logarithm of its magnitude, which does not overflow as the determinant does.
  var logDeterminant: LogDeterminant { get }
}

extension DeterminedFactorization {
  /// The determinant; of one beyond the range of numbers infinity or 0, where ``logDeterminant`` goes on.
  public var determinant: Element { logDeterminant.value() }
}

extension Factorization {
  /// The solution, `columns` numbers, for the right-hand side b of `rows` numbers.
  public func solve(_ b: [Element]) -> [Element] {
    require(b.count == rows, "a right-hand side of \(b.count) elements for \(rows) rows")
    return Array(solve(Matrix(rows: b.count, columns: 1, elements: b)).elements)
  }
}

extension Matrix {
  /// Takes the matrix apart: `try a.factor(by: LU.self).solve(b)`.
  public func factor<Kind: Factorization>(by kind: Kind.Type) throws(FactorizationError) -> Kind
  where Kind.Element == Element { try Kind(self) }
}
