/// A convex penalty, with kinks throughout, whose proximal operator is known.
/// (Parikh and Boyd, Proximal Algorithms, Foundations and Trends in Optimization 1, 2014.)
public protocol ProximablePenalty: Penalty {
  /// W ← argmin_U Σ (Uᵢ − Wᵢ)²/(2·stepᵢ) + R(U), with a step size for each weight: the proximal operator in the metric of
  /// an adaptive update rule. Nothing but that metric has the optimum as the point where steps end.
  func prox<Element: KernelScalar>(
    _ weights: inout MutableSpan<Element>, _ shape: WeightShape, steps: Span<Element>)

  /// The same with one step size.
  func prox<Element: KernelScalar>(_ weights: inout MutableSpan<Element>, _ shape: WeightShape, step: Double)
}

extension ProximablePenalty {
  public func prox<Element: KernelScalar>(
    _ weights: inout MutableSpan<Element>, _ shape: WeightShape, step: Double
  ) {
    let steps = [Element](repeating: Element(step), count: shape.count)
    prox(&weights, shape, steps: steps.span)
  }

  public var kinks: (any ProximablePenalty)? { self }
}
