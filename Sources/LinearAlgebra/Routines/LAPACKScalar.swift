/// The LAPACK routines that the library uses, through LAPACKE, each returning LAPACK's `info`.
///
/// All are called column-major, because LAPACKE's row-major answer is to transpose into a copy and back.
/// The row-major matrix in our memory reads there as its transpose. For a symmetric matrix the upper
/// triangle is LAPACK's lower one, SVD has U and V swapped, and LU is that of the transpose; only the QRs and
/// the general eigenvalues are given a transposed copy. Dimensions here are those of LAPACK.
public protocol LAPACKScalar {
  /// Numbers that a routine reads, writes over or both; matrices are column-major.
  typealias Buffer = UnsafeMutablePointer<Self>
  /// LAPACK's integers, of 32 bits: numbers of rows or columns, from 1, and counts.
  typealias Pivots = UnsafeMutablePointer<Int32>

  /// LU of a, m×n: L, with a unit diagonal that is not stored, and U; row i was swapped with row pivots[i], from 1
  static func getrf(_ m: Int, _ n: Int, _ a: Buffer, _ lda: Int, _ pivots: Pivots) -> Int
  /// The inverse, n×n, of what getrf factored, in the place of its factors
  static func getri(_ n: Int, _ a: Buffer, _ lda: Int, _ pivots: Pivots) -> Int
  /// 1/(‖a‖·‖a⁻¹‖) in the 1-norm, from the factors of getrf and ‖a‖
  static func gecon(_ n: Int, _ a: Buffer, _ lda: Int, _ norm: Self, _ rcond: Buffer) -> Int
  /// Refines x, n×k, of aᵀ·x = b, by a and its factors: ferr and berr bound the errors of each column
  static func gerfs(
    _ n: Int, _ k: Int, _ a: UnsafePointer<Self>, _ factors: UnsafePointer<Self>, _ pivots: Pivots,
    _ b: UnsafePointer<Self>, _ x: Buffer, _ ferr: Buffer, _ berr: Buffer
  ) -> Int
  /// Cholesky: the lower triangle of a, n×n, by L with a = L·Lᵀ
  static func potrf(_ n: Int, _ a: Buffer, _ lda: Int) -> Int
  /// 1/(‖a‖·‖a⁻¹‖) in the 1-norm, from the factor of potrf and ‖a‖
  static func pocon(_ n: Int, _ a: Buffer, _ lda: Int, _ norm: Self, _ rcond: Buffer) -> Int
  /// 1/(‖l‖·‖l⁻¹‖) in the 1-norm of the lower triangle of a, n×n
  static func trcon(_ n: Int, _ a: Buffer, _ lda: Int, _ rcond: Buffer) -> Int
  /// QR of a, m×n: R in the upper triangle, the reflectors of Q below it and in tau, min(m, n) of them
  static func geqrf(_ m: Int, _ n: Int, _ a: Buffer, _ lda: Int, _ tau: Buffer) -> Int
  /// The same of a with its columns ordered: column j of the factored one is column pivots[j], from 1, of a
  static func geqp3(
    _ m: Int, _ n: Int, _ a: Buffer, _ lda: Int, _ pivots: Pivots, _ tau: Buffer
  ) -> Int
  /// The first n columns of Q, m×n, from the k reflectors that geqrf left in a
  static func orgqr(_ m: Int, _ n: Int, _ k: Int, _ a: Buffer, _ lda: Int, _ tau: Buffer) -> Int
  /// SVD of a, m×n, which is destroyed: with `job` thin u is m×min(m, n), vt min(m, n)×n
  static func gesdd(
    _ job: CChar, _ m: Int, _ n: Int, _ a: Buffer, _ lda: Int, _ s: Buffer, _ u: Buffer?, _ ldu: Int,
    _ vt: Buffer?, _ ldvt: Int
  ) -> Int
  /// Eigenvalues w, ascending, of the symmetric a, n×n, given by its lower triangle; a ← the eigenvectors
  static func syevd(_ job: CChar, _ n: Int, _ a: Buffer, _ lda: Int, _ w: Buffer) -> Int
  /// Those in (bounds.0, bounds.1] or of the ranks, from 1; z, n×found, and two numbers of support each
  static func syevr(
    _ job: CChar, _ range: CChar, _ n: Int, _ a: Buffer, _ bounds: (Self, Self), _ ranks: (Int, Int),
    _ found: Pivots, _ w: Buffer, _ z: Buffer, _ support: Pivots
  ) -> Int
  /// Eigenvalues of a, n×n, and its right eigenvectors: of a pair the real and the imaginary part, column by
  /// column; n numbers of `scale` are scratch
  static func geevx(
    _ balancing: CChar, _ job: CChar, _ n: Int, _ a: Buffer, _ real: Buffer, _ imaginary: Buffer,
    _ vectors: Buffer, _ scale: Buffer
  ) -> Int
}

// LAPACK's letters.
extension CChar {
  private static func letter(_ letter: UInt8) -> CChar { CChar(letter) }

  static let lower = letter(UInt8(ascii: "L"))
  static let notUnit = letter(UInt8(ascii: "N"))
  static let transposed = letter(UInt8(ascii: "T"))
  /// The norm by sums of columns.
  static let one = letter(UInt8(ascii: "1"))
  /// As many singular vectors as singular values.
  static let thin = letter(UInt8(ascii: "S"))
  /// All singular vectors, and all eigenvalues.
  static let all = letter(UInt8(ascii: "A"))
  static let vectors = letter(UInt8(ascii: "V"))
  static let noVectors = letter(UInt8(ascii: "N"))
  /// Rows and columns both permuted and scaled.
  static let balanced = letter(UInt8(ascii: "B"))
  static let notBalanced = letter(UInt8(ascii: "N"))
  /// The eigenvalues of these ranks.
  static let ranks = letter(UInt8(ascii: "I"))
  /// The eigenvalues between these bounds.
  static let bounds = letter(UInt8(ascii: "V"))
}
