/// No penalty.
public struct NoPenalty: ElasticNetPenalty {
  public var l1: Double { 0 }
  public var l2: Double { 0 }
  public var name: String { "none" }

  public init() {}

  public func scaled(by factor: Double, price: Double) -> NoPenalty { self }
}
