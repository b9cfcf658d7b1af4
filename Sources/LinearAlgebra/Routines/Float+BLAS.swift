internal import COpenBLAS

extension Float: BLASScalar {
  public static func gemm(
    _ opA: Transposition, _ opB: Transposition, _ m: Int, _ n: Int, _ k: Int,
    _ alpha: Self, _ a: In, _ lda: Int, _ b: In, _ ldb: Int, _ beta: Self, _ c: Out, _ ldc: Int
  ) {
    inTurn {
      cblas_sgemm(
        CblasRowMajor, opA.cblas, opB.cblas, Int32(m), Int32(n), Int32(k), alpha, a, Int32(lda), b,
        Int32(ldb),
        beta, c, Int32(ldc))
    }
  }
  public static func gemv(
    _ opA: Transposition, _ m: Int, _ n: Int, _ alpha: Self, _ a: In, _ lda: Int, _ x: In, _ beta: Self,
    _ y: Out
  ) {
    inTurn {
      cblas_sgemv(CblasRowMajor, opA.cblas, Int32(m), Int32(n), alpha, a, Int32(lda), x, 1, beta, y, 1)
    }
  }
  public static func ger(_ m: Int, _ n: Int, _ alpha: Self, _ x: In, _ y: In, _ a: Out, _ lda: Int) {
    inTurn {
      cblas_sger(CblasRowMajor, Int32(m), Int32(n), alpha, x, 1, y, 1, a, Int32(lda))
    }
  }
  public static func syrk(
    _ opA: Transposition, _ n: Int, _ k: Int, _ alpha: Self, _ a: In, _ lda: Int, _ beta: Self, _ c: Out,
    _ ldc: Int
  ) {
    inTurn {
      cblas_ssyrk(
        CblasRowMajor, CblasUpper, opA.cblas, Int32(n), Int32(k), alpha, a, Int32(lda), beta, c, Int32(ldc))
    }
  }
  public static func trsm(
    _ t: TriangleOf, _ m: Int, _ n: Int, _ alpha: Self, _ a: In, _ lda: Int, _ b: Out, _ ldb: Int
  ) {
    inTurn {
      cblas_strsm(
        CblasRowMajor, CblasLeft, t.cblasSide, t.op.cblas, t.cblasDiagonal, Int32(m), Int32(n), alpha, a,
        Int32(lda), b, Int32(ldb))
    }
  }
  public static func trsv(_ t: TriangleOf, _ n: Int, _ a: In, _ lda: Int, _ x: Out) {
    inTurn {
      cblas_strsv(CblasRowMajor, t.cblasSide, t.op.cblas, t.cblasDiagonal, Int32(n), a, Int32(lda), x, 1)
    }
  }
  public static func trmm(
    _ t: TriangleOf, _ m: Int, _ n: Int, _ alpha: Self, _ a: In, _ lda: Int, _ b: Out, _ ldb: Int
  ) {
    inTurn {
      cblas_strmm(
        CblasRowMajor, CblasLeft, t.cblasSide, t.op.cblas, t.cblasDiagonal, Int32(m), Int32(n), alpha, a,
        Int32(lda), b, Int32(ldb))
    }
  }
  public static func axpy(_ n: Int, _ alpha: Self, _ x: In, _ y: Out) {
    cblas_saxpy(Int32(n), alpha, x, 1, y, 1)
  }
  public static func scal(_ n: Int, _ alpha: Self, _ x: Out) { cblas_sscal(Int32(n), alpha, x, 1) }
  public static func dot(_ n: Int, _ x: In, _ y: In) -> Self { cblas_sdot(Int32(n), x, 1, y, 1) }
  public static func nrm2(_ n: Int, _ x: In) -> Self { cblas_snrm2(Int32(n), x, 1) }
  public static func asum(_ n: Int, _ x: In) -> Self { cblas_sasum(Int32(n), x, 1) }
  public static func iamax(_ n: Int, _ x: In) -> Int { Int(cblas_isamax(Int32(n), x, 1)) }
}
