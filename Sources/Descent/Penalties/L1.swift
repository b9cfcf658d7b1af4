/// l1·‖W‖₁: makes weights exactly zero that do not earn their keep.
public struct L1: ElasticNetPenalty, ProximablePenalty {
  public let l1: Double
  public var l2: Double { 0 }
  public var name: String { "l1" }

  /// A strength of 0 and more, finite, beside the mean loss, not the sum of losses; others trap.
  public init(_ strength: Double) { l1 = checkedStrength(strength) }

  public func with(_ settings: [Setting]) throws(SettingError) -> L1 {
    L1(try settings.notNegative("l1") ?? l1)
  }

  public func scaled(by factor: Double, price: Double) -> L1 { L1(price * factor * l1) }

  public var kinks: (any ProximablePenalty)? { l1 > 0 ? self : nil }

  public func prox<Element: KernelScalar>(
    _ weights: inout MutableSpan<Element>, _ shape: WeightShape, steps: Span<Element>
  ) {
    softThreshold(&weights, by: l1, steps: steps)
  }

  public func prox<Element: KernelScalar>(
    _ weights: inout MutableSpan<Element>, _ shape: WeightShape, step: Double
  ) {
    softThreshold(&weights, by: step * l1)
  }
}
