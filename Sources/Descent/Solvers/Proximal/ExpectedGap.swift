internal import LinearAlgebra

extension LinearProblem {
  /// About the gap that the natural dual point will prove at a point, from the gradient alone.
  ///
  /// The point scaled by t has to first order in 1 − t the gap
  ///
  ///     l1·‖W‖₁ + (l2/2)·‖W‖² + R*(t·V) − t·⟨V, W⟩ + Σ |∂/∂b|·(1 + |b|),  V = −∇loss
  ///
  /// of which the last stands for what biases that are not optimal cost. The best of some t counts.
  /// (See ``Certificate``.)
  func expectedGap(at point: ScoredPoint<Element>) -> Double {
    var (v, product, biases) = ([Double](), 0.0, 0.0)
    for part in objective.layout.parts {
      for i in part.range {
        let (w, g) = (Double(point.parameters[i]), Double(point.gradient[i]))
        if part.isPenalised {
          v.append(l2 * w - g)
          product += (l2 * w - g) * w
        } else {
          biases += abs(g) * (1 + abs(w))
        }
      }
    }
    let penalty = objective.penaltyValue(at: point.parameters) + biases
    let largest = v.reduce(0) { max($0, abs($1)) }
    let inside = largest <= l1 ? 1 : l1 / largest
    func gap(_ t: Double) -> Double {
      let squares = l2 > 0 ? v.reduce(0) { $0 + max(0, t * abs($1) - l1) * max(0, t * abs($1) - l1) } : 0
      return penalty - t * product + (l2 > 0 ? squares / (2 * l2) : 0)
    }
    guard l2 > 0 else { return gap(inside) }
    return (0...8).reduce(.infinity) { min($0, gap(1 - Double($1) / 8 * (1 - inside))) }
  }
}
