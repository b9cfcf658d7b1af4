/// No penalty.
public struct NoPenalty: Penalty {
  public var l1: Double { 0 }
  public var l2: Double { 0 }
  public var name: String { "none" }

  public init() {}
}
