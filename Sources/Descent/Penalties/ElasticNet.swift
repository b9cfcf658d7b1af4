/// l1·‖W‖₁ + (l2/2)·‖W‖²: sparse, and stable among correlated features.
/// (Zou and Hastie, Regularization and variable selection via the elastic net, JRSS B 67, 2005.)
public struct ElasticNet: ElasticNetPenalty, DualPenalty {
  public let l1: Double
  public let l2: Double
  public var name: String { "elastic-net" }

  /// Strengths of 0 and more, finite, beside the mean loss, not the sum of losses; others trap.
  public init(l1: Double, l2: Double) {
    self.l1 = checkedStrength(l1)
    self.l2 = checkedStrength(l2)
  }

  public func with(_ settings: [Setting]) throws(SettingError) -> ElasticNet {
    ElasticNet(l1: try settings.notNegative("l1") ?? l1, l2: try settings.notNegative("l2") ?? l2)
  }

  public func scaled(by factor: Double, price: Double) -> ElasticNet {
    ElasticNet(l1: price * factor * l1, l2: price * factor * factor * l2)
  }

  public var dual: (any DualPenalty)? { l1 > 0 || l2 > 0 ? self : nil }

  /// Of l1 alone: what brings V into the box |V| ≤ l1.
  public func reach(_ v: Span<Double>, _ shape: WeightShape) -> Double {
    guard l2 == 0 else { return 1 }
    let largest = v.withUnsafeBufferPointer { $0.reduce(0) { max($0, abs($1)) } }
    return largest <= l1 ? 1 : l1 / largest * (1 - 1e-15)
  }

  /// Σ max(0, |V| − l1)² / (2·l2), and 0 in the box of l1 alone.
  public func conjugate(_ v: Span<Double>, times t: Double, _ shape: WeightShape) -> Double {
    guard l2 > 0 else { return 0 }
    let squares = v.withUnsafeBufferPointer {
      $0.reduce(0) { sum, x in
        let excess = max(0, t * abs(x) - l1)
        return sum + excess * excess
      }
    }
    return squares / (2 * l2)
  }
}
