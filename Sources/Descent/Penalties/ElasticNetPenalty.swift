internal import LinearAlgebra

/// A penalty l1·‖W‖₁ + (l2/2)·‖W‖², of which either may be 0.
public protocol ElasticNetPenalty: Penalty {
  /// The strength of ‖W‖₁, at least 0: above 0 the penalty has kinks.
  var l1: Double { get }
  /// The strength of ½‖W‖², at least 0: the smooth part.
  var l2: Double { get }
}

extension ElasticNetPenalty {
  public var formula: String { "l1·‖W‖₁ + (l2/2)·‖W‖²" }
  public var settings: [Setting] { [Setting("l1", l1), Setting("l2", l2)] }
  public var unit: WeightUnit { .weight }
  public var elasticNet: (l1: Double, l2: Double)? { (l1, l2) }
  public var kinks: (any ProximablePenalty)? { l1 > 0 ? L1(l1) : nil }
  public var dual: (any DualPenalty)? { l1 > 0 || l2 > 0 ? ElasticNet(l1: l1, l2: l2) : nil }

  public func value<Element: KernelScalar>(_ weights: Span<Element>, _ shape: WeightShape) -> Double {
    let (absolute, squares) = norms(weights)
    // Spares 0 · ∞ where one of the two is switched off.
    return (l1 == 0 ? 0 : l1 * absolute) + (l2 == 0 ? 0 : l2 / 2 * squares)
  }

  public func addGradient<Element: KernelScalar>(
    _ weights: Span<Element>, _ shape: WeightShape, to gradient: inout MutableSpan<Element>
  ) {
    axpy(Element(l2), weights, into: &gradient)
  }
}

/// ‖w‖₁ and ‖w‖², summed in Double.
@specialized(where Element == Float)
@specialized(where Element == Double)
private func norms<Element: KernelScalar>(_ weights: Span<Element>) -> (absolute: Double, squares: Double) {
  weights.withUnsafeBufferPointer { w in
    var (absolute, squares) = (0.0, 0.0)
    for x in w {
      absolute += Double(abs(x))
      squares += Double(x) * Double(x)
    }
    return (absolute, squares)
  }
}
