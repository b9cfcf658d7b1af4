internal import COpenBLAS

/// Which triangle of a matrix counts, the other one being taken for 0.
public enum Triangle: Sendable, CaseIterable {
  case upper, lower
}

/// How BLAS is to read a triangular factor.
public struct TriangleOf: Sendable {
  public let op: Transposition
  public let triangle: Triangle
  /// Whether the diagonal is taken for 1 and not read.
  public let isUnit: Bool

  public init(_ op: Transposition, _ triangle: Triangle, isUnit: Bool) {
    (self.op, self.triangle, self.isUnit) = (op, triangle, isUnit)
  }

  var cblasSide: CBLAS_UPLO { triangle == .upper ? CblasUpper : CblasLower }
  var cblasDiagonal: CBLAS_DIAG { isUnit ? CblasUnit : CblasNonUnit }
}

extension Transposition {
  var cblas: CBLAS_TRANSPOSE { self == .none ? CblasNoTrans : CblasTrans }
}
