internal import LinearAlgebra

/// A step of the l1 model, and whether it stays on the face of its start: the same zeros and the same signs.
struct Face<Element: KernelScalar> {
  let change: [Element]
  /// The gradient on the face, the price of ‖W‖₁ included; 0 off it.
  let residual: [Element]
  /// gᵀd + Σ price·(|u| − |w|), which bounds the fall of the objective to first order.
  let fall: Double
  let isKept: Bool

  init(_ w: [Element], to u: [Element], gradient: [Element], prices: [Element]) {
    change = zip(u, w).map { $0 - $1 }
    var residual = [Element](repeating: 0, count: w.count)
    var isKept = true
    var fall = 0.0
    for j in w.indices {
      fall += Double(gradient[j] * (u[j] - w[j])) + Double(prices[j]) * Double(abs(u[j]) - abs(w[j]))
      if prices[j] > 0, w[j] == 0 ? u[j] != 0 : u[j] * w[j] <= 0 { isKept = false }
      guard prices[j] == 0 || w[j] != 0 else { continue }
      residual[j] = gradient[j] + (w[j] > 0 ? prices[j] : w[j] < 0 ? -prices[j] : 0)
    }
    self.residual = residual
    (self.fall, self.isKept) = (fall, isKept)
  }
}
