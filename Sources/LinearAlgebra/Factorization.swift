/// A matrix taken apart once, to be solved with many times.
///
/// Initializers factor and throw ``FactorizationError``; whatever has been made can solve. All but
/// ``QR`` take the matrix over: one handed on for good (`Cholesky(consume a)`, or the result of a call) is
/// factored in its own memory, one still in use is copied first.
///
/// | type | for | cost of factoring | solution |
/// |---|---|---|---|
/// | ``Cholesky`` | symmetric, positive definite | n³/3 | of A·x = b |
/// | ``QR`` | m ≥ n, independent columns | 4·m·n² | of least squares |
/// | ``SVD`` | any shape, any rank | about 4·m·n² + 22·n³ | of least squares and least norm |
/// | ``SymmetricEigen`` | symmetric, any rank | about 9·n³ | of least squares and least norm |
///
/// NaN and infinity in the matrix are an error, and so is a finite matrix of which what is sought exceeds the largest
/// number; in a right-hand side they pass into its solution, and into no other (of rank 0 the solution is 0 all the same).
public protocol Factorization<Element>: Sendable {
  associatedtype Element: Scalar

  /// The rows of the factored matrix, and of a right-hand side.
  var rows: Int { get }
  /// The columns of the factored matrix, and the rows of a solution.
  var columns: Int { get }

  /// The solutions, `[columns, k]`, for the right-hand sides in the columns of b, `[rows, k]`.
  func solve(_ b: Matrix<Element>) -> Matrix<Element>
}

extension Factorization {
  /// The solution, `columns` numbers, for the right-hand side b of `rows` numbers.
  public func solve(_ b: [Element]) -> [Element] {
    require(b.count == rows, "a right-hand side of \(b.count) elements for \(rows) rows")
    return Array(solve(Matrix(rows: b.count, columns: 1, elements: b)).elements)
  }
}
