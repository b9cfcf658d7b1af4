// R is a sum over the groups, and so is R*: of price·‖w‖ + l1·‖w‖₁ + (l2/2)·‖w‖² it is max(0, ‖S(v)‖ − price)²/(2·l2) with S
// the soft threshold by l1, and without l2 it is 0 where ‖S(v)‖ ≤ price and infinite beyond: that is the dual norm's ball.
// (Ndiaye, Fercoq, Gramfort and Salmon, GAP safe screening rules for sparse-group lasso, NeurIPS 2016.)

extension GroupPenalty {
  public func reach(_ v: Span<Double>, _ shape: WeightShape) -> Double {
    guard l2 == 0 else { return 1 }
    var most = 1.0
    forEachGroup(shape) { places, price in
      let v = places.map { v[$0] }
      guard excess(v, times: most, price) > 0 else { return }
      guard l1 > 0 else {
        most = min(most, price / v.reduce(0) { $0 + $1 * $1 }.squareRoot() * (1 - 1e-14))
        return
      }
      // ‖S(t·v)‖ rises with t.
      var (low, high) = (0.0, most)
      for _ in 0..<60 {
        let middle = (low + high) / 2
        if excess(v, times: middle, price) > 0 { high = middle } else { low = middle }
      }
      most = low * (1 - 1e-14)
    }
    return most
  }

  public func conjugate(_ v: Span<Double>, times t: Double, _ shape: WeightShape) -> Double {
    guard l2 > 0 else { return 0 }
    var sum = 0.0
    forEachGroup(shape) { places, price in
      let length = max(0, excess(places.map { v[$0] }, times: t, price))
      sum += length * length
    }
    return sum / (2 * l2)
  }

  /// ‖S(t·v)‖ − price
  private func excess(_ v: [Double], times t: Double, _ price: Double) -> Double {
    v.reduce(0) { sum, x in
      let rest = softThreshold(t * x, l1)
      return sum + rest * rest
    }.squareRoot() - price
  }
}
