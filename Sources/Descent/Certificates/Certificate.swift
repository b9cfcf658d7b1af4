/// A proof of how far a fit can be from the optimum.
///
/// The objective P has a dual, D ≤ P* ≤ P, and any point of the dual's domain gives a D:
///
///     D(θ) = −(1/n)·Σ ℓ*(θᵢ) − R*(V),  V = −(1/n)·Σ θᵢ·xᵢᵀ,  Σ θᵢ = 0
///
/// with θᵢ a slope for each row, ℓ* the loss's conjugate, and R*(V) = Σ max(0, |V| − l1)² / (2·l2) that of the
/// penalty; the last condition stands for the unpenalised bias; without one it falls away. Everything is computed in Double from the
/// final parameters.
/// (Fenchel duality; Shalev-Shwartz and Zhang, JMLR 14, 2013, for linear models.)
public struct Certificate: Sendable, Equatable, Codable {
  /// P at the final parameters: mean loss plus penalty.
  public let objective: Double
  /// D: no parameters whatever have a smaller objective.
  public let lowerBound: Double

  public init(objective: Double, lowerBound: Double) {
    (self.objective, self.lowerBound) = (objective, lowerBound)
  }

  /// The most by which the objective can exceed the optimum.
  public var gap: Double { max(0, objective - lowerBound) }

  /// The gap relative to the objective; 0 where both are 0.
  public var relativeGap: Double { gap == 0 ? 0 : gap / abs(objective) }
}
