/// The upper triangle of c ← alpha·op(a)·op(a)ᵀ + beta·c, where op(a) is `[n, k]` and c `[n, n]`.
///
/// The Gram matrix of the columns of a `[rows, features]` is `syrk(.transposed, n: features, k: rows, ...)`.
/// What lies below the diagonal of c is left alone.
///
/// - Complexity: n·(n + 1)·k operations; BLAS `syrk`.
@specialized(where Element == Float)
@specialized(where Element == Double)
public func syrk<Element: Scalar>(
  _ opA: Transposition = .none, n: Int, k: Int, alpha: Element = 1, _ a: Span<Element>, beta: Element = 0,
  into c: inout MutableSpan<Element>
) {
  require(n >= 0 && k >= 0, "syrk of n \(n), k \(k)")
  syrk(opA, rows: 0..<n, of: n, k: k, alpha: alpha, a, beta: beta, into: &c)
}

/// Some rows of that triangle: c is `[rows.count, n]`, and what lies below the diagonal of the whole is left alone.
///
/// So several threads can share one product, and what each writes lies together.
///
/// - Complexity: 2·rows.count·(n − rows.lowerBound)·k operations at the most; BLAS `syrk` and `gemm`.
@specialized(where Element == Float)
@specialized(where Element == Double)
public func syrk<Element: Scalar>(
  _ opA: Transposition = .none, rows: Range<Int>, of n: Int, k: Int, alpha: Element = 1, _ a: Span<Element>,
  beta: Element = 0, into c: inout MutableSpan<Element>
) {
  let (count, start) = (rows.count, rows.lowerBound)
  require(start >= 0 && rows.upperBound <= n && k >= 0, "syrk: rows \(rows) of \(n), k \(k)")
  require(a.count >= n * k, "syrk: a has \(a.count) elements, \(n) × \(k) needs \(n * k)")
  require(c.count >= count * n, "syrk: c has \(c.count) elements, \(count) × \(n) needs \(count * n)")
  guard count > 0 else { return }
  guard k > 0, alpha != 0 else {
    for i in 0..<count { weigh(&c, i * n + start + i..<(i + 1) * n, by: beta) }
    return
  }
  prepareBLAS()
  let (lda, step) = opA == .none ? (k, k) : (n, 1)
  let (right, other) = (n - rows.upperBound, opA == .none ? Transposition.transposed : .none)
  a.withPointer { a in
    c.withMutablePointer { c in
      let mine = a + start * step
      Element.syrk(opA, count, k, alpha, mine, lda, beta, c + start, n)
      guard right > 0 else { return }
      Element.gemm(
        opA, other, count, right, k, alpha, mine, lda, mine + count * step, lda, beta, c + start + count, n)
    }
  }
}
