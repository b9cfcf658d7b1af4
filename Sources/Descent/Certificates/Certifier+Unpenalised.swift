internal import LinearAlgebra

extension Certifier {
  /// The certificate of `parameters` for an objective without a penalty.
  ///
  /// There V must be 0 as the means of the slopes must. The tight dual point of a direction that solves Newton's system
  /// H·D = −∇P has V = −(∇P + H·D): 0, but for what rounding left of the solution. `solve` corrects that, and what remains
  /// in the end is priced by the step that it stands for. A V that is not rounding proves nothing.
  ///
  /// - Parameters:
  ///   - sizes: the root mean square of each parameter's feature.
  ///   - solve: H⁺·v.
  func certify<Element: KernelScalar>(
    _ parameters: [Element], start: [Double], direction: [Double], sizes: [Double],
    solve: ([Double]) -> [Double]
  ) -> Certificate {
    let value = score(start)
    dual.linearise()
    var direction = direction
    for _ in 0..<3 {
      guard direction.allSatisfy(\.isFinite) else { break }
      scoreDirection(direction)
      let rest = dual.setTight()
      guard rest < .infinity else { break }
      let v = correlation()
      let correction = solve(v)
      let slope = meanSquareSlope().squareRoot()
      if zip(v, sizes).allSatisfy({ abs($0) <= 1e-11 * slope * $1 }) {
        let bound = -meanConjugate(times: 1) - inner(v, start)
        let share = max(0, 0.5 * inner(v, correction))
        let price = unit + (start.map { abs($0) }.max() ?? 0)
        raise(
          to: bound - 2 * (max(share, value - bound) * share).squareRoot() - price * rest
            - 1e-14 * max(1e-300, abs(bound)))
      }
      direction = zip(direction, correction).map { $0 + $1 }
    }
    return certificate(self.value(at: written(parameters)))
  }

  /// The certificate of `parameters` for an objective without a penalty, with the bound that slopes `[rows, outputs]` prove
  /// whose V is nothing but rounding. It is priced by the size of parameters near the optimum, `near`.
  func certify<Element: KernelScalar>(
    _ parameters: [Element], balanced slopes: RowBuffer<Double>, at near: [Double], sizes: [Double]
  ) -> Certificate {
    _ = pass.sweep { [point = dual.point, rowLoss] range in
      point.update(range) { θ in
        slopes.read(range) { a in for i in 0..<a.count { θ[i] = a[i] } }
        rowLoss.clip(range, &θ)
      }
      return 0
    }
    var v = correlation()
    for bias in pass.model.layout.count - 1..<pass.model.layout.count where !dual.isBalanced { v[bias] = 0 }
    let slope = meanSquareSlope().squareRoot()
    if zip(v, sizes).allSatisfy({ abs($0) <= 1e-11 * slope * $1 }) {
      let bound = -meanConjugate(times: 1)
      let price = v.indices.reduce(0) {
        $0 + 2 * abs(v[$1]) * ((sizes[$1] > 0 ? unit / sizes[$1] : 0) + abs(near[$1]))
      }
      raise(to: bound - price - 1e-14 * max(1e-300, abs(bound)))
    }
    return certificate(value(at: written(parameters)))
  }

  /// Of the dual point.
  private func meanSquareSlope() -> Double {
    pass.sweep { [point = dual.point, rowLoss] range in
      let columns = rowLoss.columns
      return point.read(range) { θ in
        (0..<θ.count).reduce(0) {
          $0 + rowLoss.weight(of: range.lowerBound + $1 / columns) * θ[$1] * θ[$1]
        }
      }
    } / rowLoss.total
  }
}
