extension Matrix {
  /// alpha·op(self)·op(other), `[rows of op(self), columns of op(other)]`.
  ///
  /// ```swift
  /// let scores = x.multiplied(by: w, .none, .transposed)  // S = X·Wᵀ
  /// ```
  public func multiplied(
    by other: Matrix, _ opSelf: Transposition = .none, _ opOther: Transposition = .none, alpha: Element = 1
  ) -> Matrix {
    let (m, k) = opSelf == .none ? (rows, columns) : (columns, rows)
    let (inner, n) = opOther == .none ? (other.rows, other.columns) : (other.columns, other.rows)
    precondition(k == inner, "a product over \(k) columns and \(inner) rows")
    var result = Matrix(rows: m, columns: n)
    var out = result.elements.mutableSpan
    gemm(opSelf, opOther, m: m, n: n, k: k, alpha: alpha, elements.span, other.elements.span, into: &out)
    return result
  }

  /// op(self)·x, as many numbers as op(self) has rows.
  public func multiplied(by x: [Element], _ opSelf: Transposition = .none) -> [Element] {
    let (outer, inner) = opSelf == .none ? (rows, columns) : (columns, rows)
    precondition(x.count == inner, "a product over \(inner) columns and \(x.count) elements")
    var result = [Element](repeating: 0, count: outer)
    var out = result.mutableSpan
    gemv(opSelf, rows: rows, columns: columns, elements.span, x.span, into: &out)
    return result
  }

  /// op(self)ᵀ's Gram matrix: selfᵀ·self, `[columns, columns]`, both triangles.
  public var gram: Matrix {
    var result = Matrix(rows: columns, columns: columns)
    var out = result.elements.mutableSpan
    syrk(.transposed, n: columns, k: rows, elements.span, into: &out)
    for i in 0..<columns {
      for j in 0..<i { result[i, j] = result[j, i] }
    }
    return result
  }

  public static func * (a: Matrix, b: Matrix) -> Matrix { a.multiplied(by: b) }
}
