internal import CLAPACKE

extension Double: LAPACKScalar {
  public static func getrf(_ m: Int, _ n: Int, _ a: Buffer, _ lda: Int, _ pivots: Pivots) -> Int {
    inTurn { Int(LAPACKE_dgetrf_work(LAPACK_COL_MAJOR, Int32(m), Int32(n), a, Int32(lda), pivots)) }
  }
  public static func getri(_ n: Int, _ a: Buffer, _ lda: Int, _ pivots: Pivots) -> Int {
    inTurn { Int(LAPACKE_dgetri(LAPACK_COL_MAJOR, Int32(n), a, Int32(lda), pivots)) }
  }
  public static func gecon(_ n: Int, _ a: Buffer, _ lda: Int, _ norm: Self, _ rcond: Buffer) -> Int {
    inTurn { Int(LAPACKE_dgecon(LAPACK_COL_MAJOR, .one, Int32(n), a, Int32(lda), norm, rcond)) }
  }
  public static func gerfs(
    _ n: Int, _ k: Int, _ a: In, _ factors: In, _ pivots: Pivots, _ b: In, _ x: Buffer, _ ferr: Buffer,
    _ berr: Buffer
  ) -> Int {
    let order = Int32(n)
    return inTurn {
      Int(
        LAPACKE_dgerfs(
          LAPACK_COL_MAJOR, .transposed, order, Int32(k), a, order, factors, order, pivots, b, order, x,
          order,
          ferr, berr))
    }
  }
  public static func potrf(_ n: Int, _ a: Buffer, _ lda: Int) -> Int {
    inTurn { Int(LAPACKE_dpotrf(LAPACK_COL_MAJOR, .lower, Int32(n), a, Int32(lda))) }
  }
  public static func pocon(_ n: Int, _ a: Buffer, _ lda: Int, _ norm: Self, _ rcond: Buffer) -> Int {
    inTurn { Int(LAPACKE_dpocon(LAPACK_COL_MAJOR, .lower, Int32(n), a, Int32(lda), norm, rcond)) }
  }
  public static func trcon(_ n: Int, _ a: Buffer, _ lda: Int, _ rcond: Buffer) -> Int {
    inTurn { Int(LAPACKE_dtrcon(LAPACK_COL_MAJOR, .one, .lower, .notUnit, Int32(n), a, Int32(lda), rcond)) }
  }
  public static func geqrf(_ m: Int, _ n: Int, _ a: Buffer, _ lda: Int, _ tau: Buffer) -> Int {
    inTurn { Int(LAPACKE_dgeqrf(LAPACK_COL_MAJOR, Int32(m), Int32(n), a, Int32(lda), tau)) }
  }
  public static func geqp3(
    _ m: Int, _ n: Int, _ a: Buffer, _ lda: Int, _ pivots: Pivots, _ tau: Buffer
  ) -> Int {
    inTurn { Int(LAPACKE_dgeqp3(LAPACK_COL_MAJOR, Int32(m), Int32(n), a, Int32(lda), pivots, tau)) }
  }
  public static func orgqr(_ m: Int, _ n: Int, _ k: Int, _ a: Buffer, _ lda: Int, _ tau: Buffer) -> Int {
    inTurn { Int(LAPACKE_dorgqr(LAPACK_COL_MAJOR, Int32(m), Int32(n), Int32(k), a, Int32(lda), tau)) }
  }
  public static func gesdd(
    _ job: CChar, _ m: Int, _ n: Int, _ a: Buffer, _ lda: Int, _ s: Buffer, _ u: Buffer?, _ ldu: Int,
    _ vt: Buffer?, _ ldvt: Int
  ) -> Int {
    inTurn {
      Int(
        LAPACKE_dgesdd(
          LAPACK_COL_MAJOR, job, Int32(m), Int32(n), a, Int32(lda), s, u, Int32(ldu), vt, Int32(ldvt)))
    }
  }
  public static func syevd(_ job: CChar, _ n: Int, _ a: Buffer, _ lda: Int, _ w: Buffer) -> Int {
    inTurn { Int(LAPACKE_dsyevd(LAPACK_COL_MAJOR, job, .lower, Int32(n), a, Int32(lda), w)) }
  }
  public static func syevr(
    _ job: CChar, _ range: CChar, _ n: Int, _ a: Buffer, _ bounds: (Self, Self), _ ranks: (Int, Int),
    _ found: Pivots, _ w: Buffer, _ z: Buffer, _ support: Pivots
  ) -> Int {
    let order = Int32(n)
    return inTurn {
      Int(
        LAPACKE_dsyevr(
          LAPACK_COL_MAJOR, job, range, .lower, order, a, order, bounds.0, bounds.1, Int32(ranks.0),
          Int32(ranks.1), 0, found, w, z, order, support))
    }
  }
  public static func geevx(
    _ balancing: CChar, _ job: CChar, _ n: Int, _ a: Buffer, _ real: Buffer, _ imaginary: Buffer,
    _ vectors: Buffer, _ scale: Buffer
  ) -> Int {
    let order = Int32(n)
    var (low, high, norm) = (Int32(0), Int32(0), Self(0))
    return inTurn {
      Int(
        LAPACKE_dgeevx(
          LAPACK_COL_MAJOR, balancing, .noVectors, job, .noVectors, order, a, order, real, imaginary, nil,
          order,
          vectors, order, &low, &high, scale, &norm, nil, nil))
    }
  }
}
