/// b ← op(t)⁻¹·b, where t is `[n, n]` triangular and b `[n, rightHandSides]`.
///
/// What lies on the other side of the diagonal of t is not read, nor the diagonal where it `isUnit`. A 0 on the diagonal
/// divides by 0: rule it out first, as the factorizations do. A NaN passes on, from b within its column and from t to
/// the rows that follow. Allocates nothing.
///
/// - Complexity: n²·rightHandSides operations; BLAS `trsm`, or `trsv` for one right-hand side, which
///   spares copying t into blocks.
@specialized(where Element == Float)
@specialized(where Element == Double)
public func trsm<Element: Scalar>(
  _ op: Transposition = .none, _ triangle: Triangle = .upper, isUnit: Bool = false, n: Int,
  rightHandSides: Int, _ t: Span<Element>, into b: inout MutableSpan<Element>
) {
  checkTriangular("trsm", n: n, columns: rightHandSides, t.count, b.count)
  guard n > 0, rightHandSides > 0 else { return }
  guard isUnit || (0..<n).allSatisfy({ (1 / t[$0 * n + $0]).isNormal }) else {
    return substitute(op, triangle, n: n, rightHandSides: rightHandSides, t, into: &b)
  }
  prepareBLAS()
  let form = TriangleOf(op, triangle, isUnit: isUnit)
  t.withPointer { t in
    b.withMutablePointer { b in
      if rightHandSides == 1 {
        Element.trsv(form, n, t, n, b)
      } else {
        Element.trsm(form, n, rightHandSides, 1, t, n, b, rightHandSides)
      }
    }
  }
}

/// b ← alpha·op(t)·b, where t is `[n, n]` triangular and b `[n, columns]`.
///
/// Reads of t what ``trsm(_:_:isUnit:n:rightHandSides:_:into:)`` does. A NaN passes into every number that its term
/// enters. Allocates nothing.
///
/// - Complexity: n²·columns operations; BLAS `trmm`.
@specialized(where Element == Float)
@specialized(where Element == Double)
public func trmm<Element: Scalar>(
  _ op: Transposition = .none, _ triangle: Triangle = .upper, isUnit: Bool = false, n: Int, columns: Int,
  alpha: Element = 1, _ t: Span<Element>, into b: inout MutableSpan<Element>
) {
  checkTriangular("trmm", n: n, columns: columns, t.count, b.count)
  guard n > 0, columns > 0 else { return }
  guard alpha != 0 else { return weigh(&b, 0..<n * columns, by: 0) }
  prepareBLAS()
  let form = TriangleOf(op, triangle, isUnit: isUnit)
  t.withPointer { t in
    b.withMutablePointer { Element.trmm(form, n, columns, alpha, t, n, $0, columns) }
  }
}

private func checkTriangular(_ name: String, n: Int, columns: Int, _ factor: Int, _ result: Int) {
  require(n >= 0 && columns >= 0, "\(name) of n \(n) for \(columns) columns")
  require(factor >= n * n, "\(name): the factor has \(factor) elements, \(n) × \(n) needs \(n * n)")
  require(
    result >= n * columns, "\(name): b has \(result) elements, \(n) × \(columns) needs \(n * columns)")
}

/// The same by division, where a number on the diagonal is so small or large that OpenBLAS, which multiplies by its
/// inverse, would have infinity or a few bits of it.
private func substitute<Element: Scalar>(
  _ op: Transposition, _ triangle: Triangle, n: Int, rightHandSides: Int, _ t: Span<Element>,
  into b: inout MutableSpan<Element>
) {
  let isUpward = (op == .none) == (triangle == .upper)
  for step in 0..<n {
    let i = isUpward ? n - 1 - step : step
    for column in 0..<rightHandSides {
      var rest = b[i * rightHandSides + column]
      for j in isUpward ? i + 1..<n : 0..<i {
        rest -= t[op == .none ? i * n + j : j * n + i] * b[j * rightHandSides + column]
      }
      b[i * rightHandSides + column] = rest / t[i * n + i]
    }
  }
}
