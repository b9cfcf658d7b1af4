internal import LinearAlgebra

extension Certifier {
  /// The certificate of `parameters`, with the bound that the Newton direction at `start` proves once its residual is
  /// corrected in Double: of columns far from 0 the gradient in Float leaves more of one than the proof can bear.
  ///
  /// The tight dual point of a direction D has V − l2·(W + D) = −(∇P + H·D), the residual of Newton's system, whose square
  /// over 2·l2 is missing from the bound.
  ///
  /// - Parameters:
  ///   - enough: what may be missing.
  ///   - solve: H⁻¹·v, about.
  func certify<Element: KernelScalar>(
    _ parameters: [Element], start: [Element], direction: [Element], l2: Double, enough: Double,
    solve: ([Double]) -> [Double]
  ) -> Certificate {
    let before = start.map { Double($0) }
    var direction = direction.map { Double($0) }
    _ = score(before)
    dual.linearise()
    for _ in 0..<3 {
      scoreDirection(direction)
      let rest = dual.setTight()
      guard rest < .infinity else { break }
      var v = correlation()
      raise(to: bound(rest: rest, before, v))
      for i in 0..<shape.count { v[i] -= l2 * (before[i] + direction[i]) }
      let missing = v[..<shape.count].reduce(0) { $0 + $1 * $1 } / (2 * l2)
      guard missing > enough else { break }
      let correction = solve(v)
      guard correction.allSatisfy(\.isFinite) else { break }
      direction = zip(direction, correction).map { $0 + $1 }
    }
    return certificate(value(at: written(parameters)))
  }
}
