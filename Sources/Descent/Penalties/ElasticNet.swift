/// l1·‖W‖₁ + (l2/2)·‖W‖²: sparse, and stable among correlated features.
/// (Zou and Hastie, Regularization and variable selection via the elastic net, JRSS B 67, 2005.)
public struct ElasticNet: Penalty {
  public let l1: Double
  public let l2: Double
  public var name: String { "elastic-net" }

  public init(l1: Double, l2: Double) {
    self.l1 = checkedStrength(l1)
    self.l2 = checkedStrength(l2)
  }

  public func with(_ settings: [Setting]) throws(SettingError) -> ElasticNet {
    ElasticNet(l1: try settings.notNegative("l1") ?? l1, l2: try settings.notNegative("l2") ?? l2)
  }
}
