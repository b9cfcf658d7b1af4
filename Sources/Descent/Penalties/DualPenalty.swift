/// A convex penalty whose conjugate R*(V) = sup_W ⟨V, W⟩ − R(W) is known: what certificates ask of it.
///
/// Where R*(V) is finite it bounds the penalty from below, R(W) ≥ ⟨V, W⟩ − R*(V) at every W, with equality where V is a
/// subgradient. Of λ times a norm it is 0 where the dual norm of V is at most λ, and infinite beyond.
/// (Fenchel; Boyd and Vandenberghe, Convex Optimization, section 3.3.)
public protocol DualPenalty: Penalty {
  /// The largest t in 0...1 at which R*(t·V) is finite, rounded down: of λ times a norm λ / (the dual norm of V), of a
  /// penalty that outgrows all norms 1. O(weights).
  func reach(_ v: Span<Double>, _ shape: WeightShape) -> Double

  /// R*(t·V), for t up to that. O(weights).
  func conjugate(_ v: Span<Double>, times t: Double, _ shape: WeightShape) -> Double

  /// The places in V at which R*(t·V) is infinite for every t above 0, because the penalty asks nothing for a weight there:
  /// who wants a bound makes V 0 at these. By default there are none. O(weights).
  func unbounded(_ v: Span<Double>, _ shape: WeightShape) -> [Int]
}

extension DualPenalty {
  public var dual: (any DualPenalty)? { self }
  public func unbounded(_ v: Span<Double>, _ shape: WeightShape) -> [Int] { [] }
}
