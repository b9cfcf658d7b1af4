internal import LinearAlgebra

extension Certifier {
  /// D at the natural dual point, moved so that V is 0 where the penalty asks nothing for a weight; the plain one where it
  /// asks for each. −∞ where the point cannot be moved so.
  ///
  /// Such a weight is to a dual point what a bias is: the slopes θ must have no share along its feature. Those that do not
  /// are ∇ℓ + ∇²ℓ·s with the scores s of a direction along the free weights and the biases, of which all that V had there
  /// is taken away by (Xᵀ∇²ℓX)⁻¹: they stay in the conjugate's domain, and the bound is short by a square of what was moved.
  /// One solution by conjugate gradients is made right by further ones, for what is clipped and rounded.
  func freeBound(_ point: DualPoint, _ θ: [Double], beside objective: Double) -> Double {
    guard let dual = penalty.dual else { return -.infinity }
    let count = pass.model.layout.count
    var direction = [Double](repeating: 0, count: count)
    var isFree = [Bool](repeating: false, count: count)
    if let model = pass.model as? LinearModel { for i in model.learntBiases { isFree[i] = true } }
    var least = Double.infinity
    point.linearise()
    for _ in 0..<40 {
      scoreDirection(direction)
      let rest = point.setTight()
      var v = correlation()
      let own = zip(v, isFree).map { $1 ? $0 : 0 }
      for i in 0..<weights where isFree[i] { v[i] = 0 }
      let more = dual.unbounded(v.span.extracting(0..<weights), shape)
      let left = own[..<weights].enumerated().reduce(0) { $0 + abs($1.element) * (unit + abs(θ[$1.offset])) }
      if more.isEmpty, left <= negligible + 1e-12 * objective, rest < .infinity {
        return bound(rest: rest, θ, v) - left
      }
      for i in more { isFree[i] = true }
      // Further steps would not bring it nearer.
      guard !more.isEmpty || left < 0.5 * least else { return -.infinity }
      least = more.isEmpty ? left : .infinity
      let goal = zip(correlation(), isFree).map { $1 ? $0 : 0 }
      let step = conjugateGradients(goal, tolerance: 1e-10, most: 2 * isFree.count { $0 } + 20) {
        zip(point.multiplyHessian($0), isFree).map { $1 ? $0 : 0 }
      }
      direction = zip(direction, step).map { $0 + $1 }
    }
    return -.infinity
  }
}
