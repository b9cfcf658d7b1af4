internal import COpenBLAS

/// Which triangle of a matrix counts, the other one being taken for 0.
public enum Triangle: Sendable, CaseIterable {
  /// `upper`: row ≤ column; `lower`: row ≥ column. The diagonal is part of both, and rows are those of a row-major matrix.
  case upper, lower
}

/// How BLAS is to read a triangular factor.
public struct TriangleOf: Sendable {
  /// Whether op(a) is a or aᵀ.
  public let op: Transposition
  /// The triangle of a as it lies, before ``op``.
  public let triangle: Triangle
  /// Whether the diagonal is taken for 1 and not read.
  public let isUnit: Bool

  /// Checks nothing. With `isUnit` the diagonal may hold other numbers, such as those of LU's U in the place of L.
  public init(_ op: Transposition, _ triangle: Triangle, isUnit: Bool) {
    (self.op, self.triangle, self.isUnit) = (op, triangle, isUnit)
  }

  var cblasSide: CBLAS_UPLO { triangle == .upper ? CblasUpper : CblasLower }
  var cblasDiagonal: CBLAS_DIAG { isUnit ? CblasUnit : CblasNonUnit }
}

extension Transposition {
  var cblas: CBLAS_TRANSPOSE { self == .none ? CblasNoTrans : CblasTrans }
}
