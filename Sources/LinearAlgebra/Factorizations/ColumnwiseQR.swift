// What geqrf and geqp3 leave of a transposed copy, read row-major: row j of this matrix starts with column j of R.

extension Matrix {
  /// R, `[min(rows, columns), rows]`, zero below the diagonal.
  @specialized(where Element == Float)
  @specialized(where Element == Double)
  func triangleOfColumns() -> Matrix {
    let (width, length, height) = (rows, columns, min(rows, columns))
    var r = Matrix(rows: height, columns: width)
    let source = elements.span
    var target = r.elements.mutableSpan
    for j in 0..<width {
      for i in 0..<min(j + 1, height) { target[i * width + j] = source[j * length + i] }
    }
    return r
  }

  /// The transpose of the thin Q, `[k, columns]`, of as many reflectors as tau has, in the place of them.
  mutating func formColumnsOfQ(_ tau: inout [Element]) throws(FactorizationError) {
    let (m, k) = (columns, tau.count)
    guard k > 0 else { return }
    let info = withMutablePointer { a in tau.withMutablePointer { Element.orgqr(m, k, k, a, m, $0) } }
    try FactorizationError.check(info, "orgqr") { .refused(routine: "orgqr", argument: $0) }
  }

  /// 1/(‖R‖·‖R⁻¹‖) of an upper triangle by sums of rows, estimated, as a condition number.
  func conditionOfTriangle() -> Element {
    guard rows > 0 else { return 1 }
    var (copy, reciprocal) = (self, Element(0))
    prepareBLAS()
    _ = copy.withMutablePointer { Element.trcon(rows, $0, rows, &reciprocal) }
    return 1 / reciprocal
  }
}

/// Whether so many of these reflections turn the space over: LAPACK leaves out those whose factor is 0.
func isReflected<Element: Scalar>(_ tau: [Element]) -> Bool { tau.count { $0 != 0 } % 2 == 1 }
