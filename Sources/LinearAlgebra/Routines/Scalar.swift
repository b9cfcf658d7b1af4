/// A real number that BLAS and LAPACK compute with: `Float` or `Double`.
///
/// The static requirements are the routines themselves, one line each in `Float+BLAS.swift` and its
/// neighbours, so that generic code is written once. They take unsafe pointers and check nothing: CBLAS
/// answers a bad argument by printing and returning. Call the safe products of ``Matrix`` and the
/// functions over spans instead, which check every dimension first.
public protocol Scalar: BLASScalar, LAPACKScalar, Codable {}

extension Float: Scalar {}
extension Double: Scalar {}

/// Whether a factor of a product is taken as it lies or transposed.
public enum Transposition: Sendable {
  /// `none`: op(a) = a; `transposed`: op(a) = aᵀ.
  case none, transposed
}
