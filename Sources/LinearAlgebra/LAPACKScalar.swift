/// The LAPACK routines that the library uses, through LAPACKE, each returning LAPACK's `info`.
///
/// All are called column-major, because LAPACKE's row-major answer is to transpose into a copy and back.
/// The row-major matrix in our memory reads there as its transpose. For a symmetric matrix the upper
/// triangle is LAPACK's lower one, and SVD has U and V swapped; only QR is given a transposed copy.
/// Dimensions here are those of LAPACK.
public protocol LAPACKScalar {
  typealias Buffer = UnsafeMutablePointer<Self>

  /// Cholesky: the lower triangle of a, n×n, by L with a = L·Lᵀ
  static func potrf(_ n: Int, _ a: Buffer, _ lda: Int) -> Int
  /// QR of a, m×n: R in the upper triangle, the reflectors of Q below it and in tau, min(m, n) of them
  static func geqrf(_ m: Int, _ n: Int, _ a: Buffer, _ lda: Int, _ tau: Buffer) -> Int
  /// The first n columns of Q, m×n, from the k reflectors that geqrf left in a
  static func orgqr(_ m: Int, _ n: Int, _ k: Int, _ a: Buffer, _ lda: Int, _ tau: Buffer) -> Int
  /// Thin SVD of a, m×n, which is destroyed: u is m×min(m, n), vt is min(m, n)×n
  static func gesdd(
    _ m: Int, _ n: Int, _ a: Buffer, _ lda: Int, _ s: Buffer, _ u: Buffer, _ ldu: Int, _ vt: Buffer,
    _ ldvt: Int
  ) -> Int
  /// Eigenvalues w, ascending, of the symmetric a, n×n, given by its lower triangle; a ← the eigenvectors
  static func syevd(_ n: Int, _ a: Buffer, _ lda: Int, _ w: Buffer) -> Int
}

extension CChar {
  /// LAPACK's 'L': the lower triangle.
  static var lower: CChar { CChar(UInt8(ascii: "L")) }
  /// LAPACK's 'S': as many singular vectors as singular values.
  static var thin: CChar { CChar(UInt8(ascii: "S")) }
  /// LAPACK's 'V': the eigenvectors too.
  static var vectors: CChar { CChar(UInt8(ascii: "V")) }
}
