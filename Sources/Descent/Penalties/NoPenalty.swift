/// No penalty.
public struct NoPenalty: ElasticNetPenalty {
  public var l1: Double { 0 }
  public var l2: Double { 0 }
  public var name: String { "none" }

  /// Where classes can be told apart without a mistake there may be no minimum then, see ``StopReason/noMinimum``.
  public init() {}

  public func scaled(by factor: Double, price: Double) -> NoPenalty { self }
}
