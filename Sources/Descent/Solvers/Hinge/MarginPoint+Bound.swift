internal import LinearAlgebra

/// What the multipliers of a ``MarginPoint`` prove.
///
///     D(t·a) = t·Δ·Σa/n − R*(t·V),  V = −∇(a·z)/n,  R*(V) = Σ max(0, |V| − l1)²/(2·l2)
///
/// at the best t in 0...1; with l1 alone, R* is 0 in the box |V| ≤ l1 and infinite outside.
extension MarginPoint {
  /// The bound that the best multiple of the multipliers proves. What rounding left of their balance is charged
  /// for at the price of the biases' size.
  var lowerBound: Double {
    let price = margin + (parameters[weights...].map { abs(Double($0)) }.max() ?? 0)
    let imbalance = sums.slopes.reduce(0) { $0 + abs($1) } / Double(rows)
    let linear = self.linear
    let charge = 2 * price * imbalance
    let (l1, l2) = (objective.penalty.l1, objective.penalty.l2)
    if l1 > 0 {
      return bestMultiple(linear - charge, gradient[..<weights].map { Double($0) }[...], l1: l1, l2: l2)
    }
    let square = squares(gradient[..<weights]) / (2 * l2)
    let t = linear < 2 * square ? linear / (2 * square) : 1
    return t * (linear - charge) - t * t * square
  }

  /// How much of the gap at this point is due to the parameters, which do not minimise the augmented Lagrangian:
  /// R(W) + R*(V) − ⟨V, W⟩. With l2 alone that is ‖∇‖²/(2·l2). The rest is due to the multipliers.
  func share(ofGap gap: Double) -> Double {
    guard objective.penalty.l1 > 0 else {
      return squares(fullGradient[..<weights]) / (2 * objective.penalty.l2)
    }
    let product = zip(parameters[..<weights], gradient[..<weights]).reduce(0) {
      $0 - Double($1.0) * Double($1.1)
    }
    // hinge − a·z, of margins z = Δ − (the part that is linear in W)
    let complementarity = sums.hinge / Double(rows) - (linear - product)
    return max(0, gap - max(0, complementarity))
  }

  /// Δ·Σa/n
  private var linear: Double { margin * sums.multipliers / Double(rows) }
}
