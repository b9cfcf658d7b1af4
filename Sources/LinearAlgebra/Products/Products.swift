// Products over spans: what solvers and models call on the parts of one flat vector. Every dimension is
// checked here, because CBLAS would print a complaint and return the result untouched. Two cases never
// reach CBLAS: an inner dimension of 0, whose leading dimension it refuses, and a factor alpha of 0, which
// some of its kernels multiply with a NaN in a. Else NaN and infinity pass into every number that a term with them
// enters, also where the other factor is 0.

/// c ← alpha·op(a)·op(b) + beta·c, where op(a) is `[m, k]`, op(b) `[k, n]` and c `[m, n]`, all dense and
/// row-major.
///
/// With `beta` 0 what c held is not read, nor with `alpha` 0 what a and b hold, NaN included.
///
/// - Complexity: 2·m·n·k operations; BLAS `gemm`.
@specialized(where Element == Float)
@specialized(where Element == Double)
public func gemm<Element: Scalar>(
  _ opA: Transposition = .none, _ opB: Transposition = .none, m: Int, n: Int, k: Int, alpha: Element = 1,
  _ a: Span<Element>, _ b: Span<Element>, beta: Element = 0, into c: inout MutableSpan<Element>
) {
  require(c.count >= m * n, "gemm: c has \(c.count) elements, \(m) × \(n) needs \(m * n)")
  gemm(opA, opB, m: m, n: n, k: k, alpha: alpha, a, b, beta: beta, into: &c, rowStride: n)
}

/// The same into a part of a larger matrix: rows of c begin `rowStride` elements apart, the first at 0.
@specialized(where Element == Float)
@specialized(where Element == Double)
public func gemm<Element: Scalar>(
  _ opA: Transposition = .none, _ opB: Transposition = .none, m: Int, n: Int, k: Int, alpha: Element = 1,
  _ a: Span<Element>, _ b: Span<Element>, beta: Element = 0, into c: inout MutableSpan<Element>,
  rowStride: Int
) {
  require(m >= 0 && n >= 0 && k >= 0, "gemm of m \(m), n \(n), k \(k)")
  require(a.count >= m * k, "gemm: a has \(a.count) elements, \(m) × \(k) needs \(m * k)")
  require(b.count >= k * n, "gemm: b has \(b.count) elements, \(k) × \(n) needs \(k * n)")
  require(rowStride >= n, "gemm: rows of \(n) elements, \(rowStride) apart")
  guard m > 0, n > 0 else { return }
  require(
    c.count >= (m - 1) * rowStride + n, "gemm: c has \(c.count) elements for \(m) rows \(rowStride) apart")
  guard k > 0, alpha != 0 else {
    for i in 0..<m { weigh(&c, i * rowStride..<i * rowStride + n, by: beta) }
    return
  }
  prepareBLAS()
  let (lda, ldb) = (opA == .none ? k : m, opB == .none ? n : k)
  a.withPointer { a in
    b.withPointer { b in
      c.withMutablePointer { Element.gemm(opA, opB, m, n, k, alpha, a, lda, b, ldb, beta, $0, rowStride) }
    }
  }
}

/// y ← alpha·op(a)·x + beta·y, where a is `[rows, columns]` before transposition.
///
/// With `beta` 0 what y held is not read, nor with `alpha` 0 what a and x hold, NaN included.
///
/// - Complexity: 2·rows·columns operations; BLAS `gemv`.
@specialized(where Element == Float)
@specialized(where Element == Double)
public func gemv<Element: Scalar>(
  _ opA: Transposition = .none, rows: Int, columns: Int, alpha: Element = 1,
  _ a: Span<Element>, _ x: Span<Element>, beta: Element = 0, into y: inout MutableSpan<Element>
) {
  require(rows >= 0 && columns >= 0, "gemv of \(rows) × \(columns)")
  let needed = rows * columns
  let (outer, inner) = opA == .none ? (rows, columns) : (columns, rows)
  require(a.count >= needed, "gemv: a has \(a.count) elements, \(rows) × \(columns) needs \(needed)")
  require(x.count >= inner, "gemv: x has \(x.count) elements, needs \(inner)")
  require(y.count >= outer, "gemv: y has \(y.count) elements, needs \(outer)")
  guard outer > 0 else { return }
  guard inner > 0, alpha != 0 else { return weigh(&y, 0..<outer, by: beta) }
  prepareBLAS()
  a.withPointer { a in
    x.withPointer { x in
      y.withMutablePointer { Element.gemv(opA, rows, columns, alpha, a, columns, x, beta, $0) }
    }
  }
}

/// a ← a + alpha·x·yᵀ, where a is `[x.count, y.count]`.
///
/// - Complexity: 2·x.count·y.count operations; BLAS `ger`.
public func ger<Element: Scalar>(
  alpha: Element = 1, _ x: Span<Element>, _ y: Span<Element>, into a: inout MutableSpan<Element>
) {
  let (m, n) = (x.count, y.count)
  require(a.count >= m * n, "ger: a has \(a.count) elements, \(m) × \(n) needs \(m * n)")
  guard m > 0, n > 0, alpha != 0 else { return }
  prepareBLAS()
  x.withPointer { x in
    y.withPointer { y in
      a.withMutablePointer { Element.ger(m, n, alpha, x, y, $0, n) }
    }
  }
}

/// c ← beta·c in `range`: what is left of a product without terms. With `beta` 0, c is not read.
@inline(__always)
func weigh<Element: Scalar>(
  _ c: inout MutableSpan<Element>, _ range: Range<Int>, by beta: Element
) {
  if beta == 1 { return }
  for i in range { c[i] = beta == 0 ? 0 : beta * c[i] }
}
