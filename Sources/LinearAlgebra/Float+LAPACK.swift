internal import CLAPACKE

extension Float: LAPACKScalar {
  public static func potrf(_ n: Int, _ a: Buffer, _ lda: Int) -> Int {
    Int(LAPACKE_spotrf(LAPACK_COL_MAJOR, .lower, Int32(n), a, Int32(lda)))
  }
  public static func geqrf(_ m: Int, _ n: Int, _ a: Buffer, _ lda: Int, _ tau: Buffer) -> Int {
    Int(LAPACKE_sgeqrf(LAPACK_COL_MAJOR, Int32(m), Int32(n), a, Int32(lda), tau))
  }
  public static func orgqr(_ m: Int, _ n: Int, _ k: Int, _ a: Buffer, _ lda: Int, _ tau: Buffer) -> Int {
    Int(LAPACKE_sorgqr(LAPACK_COL_MAJOR, Int32(m), Int32(n), Int32(k), a, Int32(lda), tau))
  }
  public static func gesdd(
    _ m: Int, _ n: Int, _ a: Buffer, _ lda: Int, _ s: Buffer, _ u: Buffer, _ ldu: Int, _ vt: Buffer,
    _ ldvt: Int
  ) -> Int {
    Int(
      LAPACKE_sgesdd(
        LAPACK_COL_MAJOR, .thin, Int32(m), Int32(n), a, Int32(lda), s, u, Int32(ldu), vt, Int32(ldvt)))
  }
  public static func syevd(_ n: Int, _ a: Buffer, _ lda: Int, _ w: Buffer) -> Int {
    Int(LAPACKE_ssyevd(LAPACK_COL_MAJOR, .vectors, .lower, Int32(n), a, Int32(lda), w))
  }
}
