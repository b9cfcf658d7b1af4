internal import LinearAlgebra

/// What multipliers prove where they are balanced, in the few numbers that it depends on; a mixture of multipliers has the mixture of these.
///
///     D(t·a) = t·Δ·Σa/n − R*(t·V),  V = −∇(a·z)/n,  R*(V) = Σ max(0, |V| − l1)²/(2·l2)
///
/// at the best t in 0...1; with l1 alone, R* is 0 in the box |V| ≤ l1 and infinite outside.
struct MultiplierProof: Codable {
  /// Δ·Σa/n
  fileprivate var linear: Double
  /// −V, `[weights]`
  fileprivate var gradient: [Double]
  /// The mean slope of each class, which should be 0; empty where there are no biases that ask for it.
  fileprivate var slopes: [Double]
  /// What the rounding of an imbalance costs: the size of the biases.
  fileprivate var price: Double
  /// An imbalance up to here is rounding.
  fileprivate var rounding: Double

  private enum CodingKeys: CodingKey { case linear, gradient, slopes, price, rounding }

  fileprivate init(linear: Double, gradient: [Double], slopes: [Double], price: Double, rounding: Double) {
    (self.linear, self.gradient, self.slopes) = (linear, gradient, slopes)
    (self.price, self.rounding) = (price, rounding)
  }

  /// Version 0.1 kept no ``rounding``: that of its multipliers at a margin of 1.
  init(from decoder: any Decoder) throws {
    let fields = try decoder.container(keyedBy: CodingKeys.self)
    linear = try fields.decode(Double.self, forKey: .linear)
    gradient = try fields.decode([Double].self, forKey: .gradient)
    slopes = try fields.decode([Double].self, forKey: .slopes)
    price = try fields.decode(Double.self, forKey: .price)
    rounding =
      try fields.decodeIfPresent(Double.self, forKey: .rounding)
      ?? 100 * MarginPoint<Double>.balanced * Double(slopes.count) * linear
  }

  func mixed(_ share: Double, with new: MultiplierProof) -> MultiplierProof {
    func mix(_ a: Double, _ b: Double) -> Double { (1 - share) * a + share * b }
    return MultiplierProof(
      linear: mix(linear, new.linear), gradient: zip(gradient, new.gradient).map { mix($0, $1) },
      slopes: zip(slopes, new.slopes).map { mix($0, $1) }, price: max(price, new.price),
      rounding: mix(rounding, new.rounding))
  }

  /// Whether the multipliers are balanced up to rounding: else their bound is an estimate and proves nothing.
  var isBalanced: Bool { imbalance <= rounding }

  private var imbalance: Double { slopes.reduce(0) { $0 + abs($1) } }

  /// The bound. What is left of the multipliers' balance is charged for.
  func bound(l1: Double, l2: Double) -> Double {
    bestMultiple(linear - 2 * price * imbalance, gradient[...], l1: l1, l2: l2)
  }

  func fits(weights: Int, classes: Int) -> Bool {
    gradient.count == weights && [0, classes].contains(slopes.count)
  }
}

extension MarginPoint {
  var proof: MultiplierProof {
    MultiplierProof(
      linear: linear, gradient: gradient[..<weights].map { Double($0) },
      slopes: problem.model.hasIntercept ? sums.slopes.map { $0 / total } : [],
      price: margin + (parameters[weights...].map { abs(Double($0)) }.max() ?? 0),
      rounding: 100 * Self.balanced * Double(classes) * sums.multipliers / total)
  }

  /// The bound that the multipliers prove.
  var lowerBound: Double { proof.bound(l1: problem.l1, l2: problem.l2) }

  /// How much of the gap at this point is due to the parameters, which do not minimise the augmented Lagrangian:
  /// R(W) + R*(V) − ⟨V, W⟩. With l2 alone that is ‖∇‖²/(2·l2). The rest is due to the multipliers.
  func share(ofGap gap: Double) -> Double {
    guard problem.l1 > 0 else {
      return squares(fullGradient[..<weights]) / (2 * problem.l2)
    }
    let product = zip(parameters[..<weights], gradient[..<weights]).reduce(0) {
      $0 - Double($1.0) * Double($1.1)
    }
    // hinge − a·z, of margins z = Δ − (the part that is linear in W)
    let complementarity = sums.hinge / total - (linear - product)
    return max(0, gap - max(0, complementarity))
  }

  /// Δ·Σa/n
  private var linear: Double { margin * sums.multipliers / total }
}
