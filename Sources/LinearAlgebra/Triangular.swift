/// b ← op(u)⁻¹·b, where u is `[n, n]` upper triangular and b `[n, rightHandSides]`.
///
/// What lies below the diagonal of u is not read. A 0 on the diagonal divides by 0: rule it out first, as
/// the factorizations do. A NaN passes on, from b within its column and from u to the rows that follow. Allocates nothing.
///
/// - Complexity: n²·rightHandSides operations; BLAS `trsm`, or `trsv` for one right-hand side, which
///   spares copying u into blocks.
public func trsm<Element: Scalar>(
  _ opU: Transposition = .none, n: Int, rightHandSides: Int, _ u: Span<Element>,
  into b: inout MutableSpan<Element>
) {
  require(n >= 0 && rightHandSides >= 0, "trsm of n \(n) for \(rightHandSides) right-hand sides")
  require(u.count >= n * n, "trsm: u has \(u.count) elements, \(n) × \(n) needs \(n * n)")
  let needed = n * rightHandSides
  require(
    b.count >= needed, "trsm: b has \(b.count) elements, \(n) × \(rightHandSides) needs \(needed)")
  guard n > 0, rightHandSides > 0 else { return }
  guard (0..<n).allSatisfy({ (1 / u[$0 * n + $0]).isNormal }) else {
    return substitute(opU, n: n, rightHandSides: rightHandSides, u, into: &b)
  }
  _ = oneThread
  u.withPointer { u in
    b.withMutablePointer { b in
      if rightHandSides == 1 {
        Element.trsv(opU, n, u, n, b)
      } else {
        Element.trsm(opU, n, rightHandSides, 1, u, n, b, rightHandSides)
      }
    }
  }
}

/// The same by division, where a number on the diagonal is so small or large that OpenBLAS, which multiplies by its
/// inverse, would have infinity or a few bits of it.
private func substitute<Element: Scalar>(
  _ opU: Transposition, n: Int, rightHandSides: Int, _ u: Span<Element>, into b: inout MutableSpan<Element>
) {
  for step in 0..<n {
    let i = opU == .none ? n - 1 - step : step
    for column in 0..<rightHandSides {
      var rest = b[i * rightHandSides + column]
      for j in opU == .none ? i + 1..<n : 0..<i {
        rest -= u[opU == .none ? i * n + j : j * n + i] * b[j * rightHandSides + column]
      }
      b[i * rightHandSides + column] = rest / u[i * n + i]
    }
  }
}
