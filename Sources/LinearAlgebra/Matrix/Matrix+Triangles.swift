extension Matrix {
  /// X with op(T)·X = B for the triangle T of a square matrix, `[columns, k]`; what lies on the other side is not read.
  ///
  /// A 0 on the diagonal makes it infinite or NaN: see ``trsm(_:_:isUnit:n:rightHandSides:_:into:)``, which allocates
  /// nothing.
  public func solveAsTriangle(
    _ triangle: Triangle, _ op: Transposition = .none, isUnit: Bool = false, _ b: Matrix
  ) -> Matrix {
    checkTriangle(b)
    var x = b
    var span = x.elements.mutableSpan
    trsm(op, triangle, isUnit: isUnit, n: rows, rightHandSides: b.columns, elements.span, into: &span)
    return x
  }

  /// op(T)·B for the triangle T of a square matrix, in half the operations of a product; BLAS `trmm`.
  public func multipliedAsTriangle(
    _ triangle: Triangle, _ op: Transposition = .none, isUnit: Bool = false, by b: Matrix
  ) -> Matrix {
    checkTriangle(b)
    var product = b
    var span = product.elements.mutableSpan
    trmm(op, triangle, isUnit: isUnit, n: rows, columns: b.columns, elements.span, into: &span)
    return product
  }

  private func checkTriangle(_ b: Matrix) {
    require(rows == columns, "a triangle of a matrix of \(rows) × \(columns), which is not square")
    require(b.rows == rows, "right-hand sides of \(b.rows) rows for a matrix of order \(rows)")
  }
}
