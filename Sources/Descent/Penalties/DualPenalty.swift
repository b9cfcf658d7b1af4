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
}

extension DualPenalty { public var dual: (any DualPenalty)? { self } }
