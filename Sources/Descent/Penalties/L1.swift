/// l1·‖W‖₁: makes weights exactly zero that do not earn their keep.
public struct L1: Penalty {
  public let l1: Double
  public var l2: Double { 0 }
  public var name: String { "l1" }

  public init(_ strength: Double) { l1 = checkedStrength(strength) }

  public func with(_ settings: [Setting]) throws(SettingError) -> L1 {
    L1(try settings.notNegative("l1") ?? l1)
  }
}
