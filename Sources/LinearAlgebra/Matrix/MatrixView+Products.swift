extension MatrixView {
  /// a·b, `[a.rows, b.columns]`; BLAS `gemm` on both as they lie.
  public static func * (a: MatrixView, b: MatrixView) -> Matrix<Element> {
    var product = Matrix<Element>(rows: a.rows, columns: b.columns)
    product.formProduct(a, b)
    return product
  }

  /// a·x, as many numbers as a has rows; BLAS `gemv`.
  public static func * (a: MatrixView, x: [Element]) -> [Element] {
    require(a.columns == x.count, "a product over \(a.columns) columns and \(x.count) elements")
    var result = [Element](repeating: 0, count: a.rows)
    guard a.rows > 0, a.columns > 0 else { return result }
    prepareBLAS()
    let (m, n) = a.isTransposed ? (a.columns, a.rows) : (a.rows, a.columns)
    a.elements.span.withPointer { p in
      x.span.withPointer { x in
        result.withMutablePointer { Element.gemv(a.op, m, n, 1, p, a.stride, x, 0, $0) }
      }
    }
    return result
  }
}

extension Matrix {
  /// a·b, `[a.rows, b.columns]`, without a copy of the view. Traps unless `a.columns == b.rows`.
  public static func * (a: MatrixView<Element>, b: Matrix) -> Matrix { a * b.view }
  /// a·b, `[a.rows, b.columns]`, without a copy of the view. Traps unless `a.columns == b.rows`.
  public static func * (a: Matrix, b: MatrixView<Element>) -> Matrix { a.view * b }

  /// a·x, as many numbers as a has rows.
  public static func * (a: Matrix, x: [Element]) -> [Element] { a.multiplied(by: x) }

  /// self ← alpha·a·b + beta·self, in the memory of self: `c.formProduct(a.view.transposed, b.view)` allocates nothing.
  ///
  /// - Complexity: 2·rows·columns·a.columns operations; BLAS `gemm`.
  @specialized(where Element == Float)
  @specialized(where Element == Double)
  public mutating func formProduct(
    _ a: MatrixView<Element>, _ b: MatrixView<Element>, alpha: Element = 1, beta: Element = 0
  ) {
    require(a.columns == b.rows, "a product over \(a.columns) columns and \(b.rows) rows")
    require(
      (a.rows, b.columns) == (rows, columns),
      "a product of \(a.rows) × \(b.columns) into a matrix of \(rows) × \(columns)")
    guard rows > 0, columns > 0 else { return }
    let (m, n, k) = (rows, columns, a.columns)
    var span = elements.mutableSpan
    guard k > 0, alpha != 0 else { return weigh(&span, 0..<m * n, by: beta) }
    prepareBLAS()
    a.elements.span.withPointer { p in
      b.elements.span.withPointer { q in
        span.withMutablePointer {
          Element.gemm(a.op, b.op, m, n, k, alpha, p, a.stride, q, b.stride, beta, $0, n)
        }
      }
    }
  }
}
