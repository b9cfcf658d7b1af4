extension Matrix {
  /// alpha·op(self)·op(other), `[rows of op(self), columns of op(other)]`.
  ///
  /// ```swift
  /// let scores = x.multiplied(by: w, .none, .transposed)  // S = X·Wᵀ
  /// ```
  ///
  /// - Complexity: 2·m·n·k operations for a result of `[m, n]` over k terms; BLAS `gemm`.
  @specialized(where Element == Float)
  @specialized(where Element == Double)
  public func multiplied(
    by other: Matrix, _ opSelf: Transposition = .none, _ opOther: Transposition = .none, alpha: Element = 1
  ) -> Matrix {
    let (m, k) = opSelf == .none ? (rows, columns) : (columns, rows)
    let (inner, n) = opOther == .none ? (other.rows, other.columns) : (other.columns, other.rows)
    require(k == inner, "a product over \(k) columns and \(inner) rows")
    var result = Matrix(rows: m, columns: n)
    var out = result.elements.mutableSpan
    gemm(opSelf, opOther, m: m, n: n, k: k, alpha: alpha, elements.span, other.elements.span, into: &out)
    return result
  }

  /// op(self)·x, as many numbers as op(self) has rows.
  ///
  /// - Complexity: 2·rows·columns operations; BLAS `gemv`.
  @specialized(where Element == Float)
  @specialized(where Element == Double)
  public func multiplied(by x: [Element], _ opSelf: Transposition = .none) -> [Element] {
    let (outer, inner) = opSelf == .none ? (rows, columns) : (columns, rows)
    require(x.count == inner, "a product over \(inner) columns and \(x.count) elements")
    var result = [Element](repeating: 0, count: outer)
    var out = result.mutableSpan
    gemv(opSelf, rows: rows, columns: columns, elements.span, x.span, into: &out)
    return result
  }

  /// The Gram matrix of the columns: selfᵀ·self, `[columns, columns]`, both triangles.
  ///
  /// - Complexity: rows·columns² operations, half of a product's; BLAS `syrk`.
  public var gram: Matrix {
    var result = Matrix(rows: columns, columns: columns)
    var out = result.elements.mutableSpan
    syrk(.transposed, n: columns, k: rows, elements.span, into: &out)
    result.mirrorUpperTriangle()
    return result
  }

  /// a·b, `[a.rows, b.columns]`.
  @specialized(where Element == Float)
  @specialized(where Element == Double)
  public static func * (a: Matrix, b: Matrix) -> Matrix { a.multiplied(by: b) }
}
