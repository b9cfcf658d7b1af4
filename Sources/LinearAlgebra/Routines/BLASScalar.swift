/// The BLAS routines that the library uses, row-major, with unit strides.
///
/// Dimensions are those of BLAS: `m`, `n`, `k` of the product after transposition, `lda` and its like the
/// distance between two rows in memory.
public protocol BLASScalar: BinaryFloatingPoint, BitwiseCopyable, Sendable {
  /// Numbers that a routine reads, as many as its dimensions say.
  typealias In = UnsafePointer<Self>
  /// Numbers that a routine writes over, most of them having been read.
  typealias Out = UnsafeMutablePointer<Self>

  /// c ← alpha·op(a)·op(b) + beta·c
  static func gemm(
    _ opA: Transposition, _ opB: Transposition, _ m: Int, _ n: Int, _ k: Int,
    _ alpha: Self, _ a: In, _ lda: Int, _ b: In, _ ldb: Int, _ beta: Self, _ c: Out, _ ldc: Int)
  /// y ← alpha·op(a)·x + beta·y, where a is m×n before transposition
  static func gemv(
    _ opA: Transposition, _ m: Int, _ n: Int, _ alpha: Self, _ a: In, _ lda: Int, _ x: In, _ beta: Self,
    _ y: Out)
  /// a ← a + alpha·x·yᵀ
  static func ger(_ m: Int, _ n: Int, _ alpha: Self, _ x: In, _ y: In, _ a: Out, _ lda: Int)
  /// Upper triangle of c ← alpha·op(a)·op(a)ᵀ + beta·c, where c is n×n
  static func syrk(
    _ opA: Transposition, _ n: Int, _ k: Int, _ alpha: Self, _ a: In, _ lda: Int, _ beta: Self, _ c: Out,
    _ ldc: Int)
  /// b ← alpha·op(a)⁻¹·b, where a is m×m triangular and b m×n
  static func trsm(
    _ t: TriangleOf, _ m: Int, _ n: Int, _ alpha: Self, _ a: In, _ lda: Int, _ b: Out, _ ldb: Int)
  /// x ← op(a)⁻¹·x, where a is n×n triangular
  static func trsv(_ t: TriangleOf, _ n: Int, _ a: In, _ lda: Int, _ x: Out)
  /// b ← alpha·op(a)·b, where a is m×m triangular and b m×n
  static func trmm(
    _ t: TriangleOf, _ m: Int, _ n: Int, _ alpha: Self, _ a: In, _ lda: Int, _ b: Out, _ ldb: Int)
  /// y ← alpha·x + y
  static func axpy(_ n: Int, _ alpha: Self, _ x: In, _ y: Out)
  /// x ← alpha·x
  static func scal(_ n: Int, _ alpha: Self, _ x: Out)
  /// Σ x_i·y_i
  static func dot(_ n: Int, _ x: In, _ y: In) -> Self
  /// √Σ x_i²
  static func nrm2(_ n: Int, _ x: In) -> Self
  /// Σ |x_i|
  static func asum(_ n: Int, _ x: In) -> Self
  /// The first index of max |x_i|, from 0
  static func iamax(_ n: Int, _ x: In) -> Int
}
