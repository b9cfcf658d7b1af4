/// (l2/2)·‖W‖²: spreads weight over features that say the same, rather than resting on one.
public struct L2: ElasticNetPenalty {
  public let l2: Double
  public var l1: Double { 0 }
  public var name: String { "l2" }

  /// The λ of (λ/2)·‖W‖² beside the mean loss, at least 0 and finite; others trap.
  public init(_ strength: Double) { l2 = checkedStrength(strength) }

  public func with(_ settings: [Setting]) throws(SettingError) -> L2 {
    L2(try settings.notNegative("l2") ?? l2)
  }

  public func scaled(by factor: Double, price: Double) -> L2 { L2(price * factor * factor * l2) }
}
