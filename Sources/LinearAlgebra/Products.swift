// Products over spans: what solvers and models call on the parts of one flat vector. Every dimension is
// checked here, because CBLAS would print a complaint and return the result untouched.

/// c ← alpha·op(a)·op(b) + beta·c, where op(a) is `[m, k]`, op(b) `[k, n]` and c `[m, n]`, all dense and row-major.
///
/// With `beta` 0 what c held is not read, NaN included. 2·m·n·k operations.
public func gemm<Element: Scalar>(
  _ opA: Transposition = .none, _ opB: Transposition = .none, m: Int, n: Int, k: Int, alpha: Element = 1,
  _ a: Span<Element>, _ b: Span<Element>, beta: Element = 0, into c: inout MutableSpan<Element>
) {
  precondition(m >= 0 && n >= 0 && k >= 0, "gemm of m \(m), n \(n), k \(k)")
  precondition(a.count >= m * k, "gemm: a has \(a.count) elements, \(m) × \(k) needs \(m * k)")
  precondition(b.count >= k * n, "gemm: b has \(b.count) elements, \(k) × \(n) needs \(k * n)")
  precondition(c.count >= m * n, "gemm: c has \(c.count) elements, \(m) × \(n) needs \(m * n)")
  guard m > 0, n > 0 else { return }
  _ = oneThread
  // Leading dimensions of 0 are refused by CBLAS even where nothing is read.
  let (lda, ldb) = (opA == .none ? k : m, opB == .none ? n : k)
  a.withUnsafeBufferPointer { a in
    b.withUnsafeBufferPointer { b in
      c.withUnsafeMutableBufferPointer { c in
        let out = c.baseAddress!
        guard k > 0, alpha != 0 else {
          // Also spares the products that turn 0 · NaN in a into NaN.
          for i in 0..<m * n { out[i] = beta == 0 ? 0 : beta * out[i] }
          return
        }
        Element.gemm(opA, opB, m, n, k, alpha, a.baseAddress!, lda, b.baseAddress!, ldb, beta, out, n)
      }
    }
  }
}

/// y ← alpha·op(a)·x + beta·y, where a is `[rows, columns]` before transposition. 2·rows·columns operations.
public func gemv<Element: Scalar>(
  _ opA: Transposition = .none, rows: Int, columns: Int, alpha: Element = 1,
  _ a: Span<Element>, _ x: Span<Element>, beta: Element = 0, into y: inout MutableSpan<Element>
) {
  let (inner, outer) = opA == .none ? (columns, rows) : (rows, columns)
  precondition(
    a.count >= rows * columns, "gemv: a has \(a.count) elements, \(rows) × \(columns) needs \(rows * columns)"
  )
  precondition(x.count >= inner, "gemv: x has \(x.count) elements, needs \(inner)")
  precondition(y.count >= outer, "gemv: y has \(y.count) elements, needs \(outer)")
  guard outer > 0 else { return }
  _ = oneThread
  a.withUnsafeBufferPointer { a in
    x.withUnsafeBufferPointer { x in
      y.withUnsafeMutableBufferPointer { y in
        let out = y.baseAddress!
        guard inner > 0, alpha != 0 else {
          for i in 0..<outer { out[i] = beta == 0 ? 0 : beta * out[i] }
          return
        }
        Element.gemv(opA, rows, columns, alpha, a.baseAddress!, columns, x.baseAddress!, beta, out)
      }
    }
  }
}

/// a ← a + alpha·x·yᵀ, where a is `[x.count, y.count]`.
public func ger<Element: Scalar>(
  alpha: Element = 1, _ x: Span<Element>, _ y: Span<Element>, into a: inout MutableSpan<Element>
) {
  let (m, n) = (x.count, y.count)
  precondition(a.count >= m * n, "ger: a has \(a.count) elements, \(m) × \(n) needs \(m * n)")
  guard m > 0, n > 0, alpha != 0 else { return }
  _ = oneThread
  x.withUnsafeBufferPointer { x in
    y.withUnsafeBufferPointer { y in
      a.withUnsafeMutableBufferPointer {
        Element.ger(m, n, alpha, x.baseAddress!, y.baseAddress!, $0.baseAddress!, n)
      }
    }
  }
}

/// The upper triangle of c ← alpha·op(a)·op(a)ᵀ + beta·c, where op(a) is `[n, k]` and c `[n, n]`.
///
/// The Gram matrix of the columns of a `[rows, features]` is `syrk(.transposed, n: features, k: rows, ...)`.
/// What lies below the diagonal of c is left alone.
public func syrk<Element: Scalar>(
  _ opA: Transposition = .none, n: Int, k: Int, alpha: Element = 1, _ a: Span<Element>, beta: Element = 0,
  into c: inout MutableSpan<Element>
) {
  precondition(a.count >= n * k, "syrk: a has \(a.count) elements, \(n) × \(k) needs \(n * k)")
  precondition(c.count >= n * n, "syrk: c has \(c.count) elements, \(n) × \(n) needs \(n * n)")
  guard n > 0 else { return }
  _ = oneThread
  a.withUnsafeBufferPointer { a in
    c.withUnsafeMutableBufferPointer { c in
      let out = c.baseAddress!
      guard k > 0, alpha != 0 else {
        for i in 0..<n { for j in i..<n { out[i * n + j] = beta == 0 ? 0 : beta * out[i * n + j] } }
        return
      }
      Element.syrk(opA, n, k, alpha, a.baseAddress!, opA == .none ? k : n, beta, out, n)
    }
  }
}
