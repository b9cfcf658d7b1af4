/// A proof of how far a fit can be from the optimum.
///
/// The objective P has a dual, D ≤ P* ≤ P, and any point of the dual's domain gives a D:
///
///     D(θ) = −(1/n)·Σ ℓ*(θᵢ) − R*(V),  V = −(1/n)·Σ θᵢ·xᵢᵀ,  Σ θᵢ = 0
///
/// with θᵢ a slope for each row, ℓ* the loss's conjugate, and R* that of the penalty, Σ max(0, |V| − l1)² / (2·l2) of an
/// elastic net; the last condition stands for the unpenalised bias, and falls away without one. Everything is computed in Double
/// from the numbers of the data as they are stored and the final parameters as they are written: folded with the scaling, and
/// rounded.
/// (Fenchel duality; Shalev-Shwartz and Zhang, JMLR 14, 2013, for linear models.)
public struct Certificate: Sendable, Equatable, Codable {
  /// P of the model as it is written: mean loss plus penalty.
  public let objective: Double
  /// D: no parameters whatever have a smaller objective.
  public let lowerBound: Double

  /// Objectives up to here are as good as 0: what rounding makes of targets that can be met exactly. Nil is 0.
  public let negligible: Double?

  /// Nothing is checked: a bound above the objective, as rounding may leave one, has a gap of 0.
  public init(objective: Double, lowerBound: Double, negligible: Double? = nil) {
    (self.objective, self.lowerBound, self.negligible) = (objective, lowerBound, negligible)
  }

  /// The same bound for parameters of another objective: it holds wherever it was found.
  func moved(to objective: Double) -> Certificate {
    Certificate(objective: objective, lowerBound: lowerBound, negligible: negligible)
  }

  /// The most by which the objective can exceed the optimum.
  public var gap: Double { max(0, objective - lowerBound) }

  /// The gap relative to the objective; 0 where both are negligible.
  public var relativeGap: Double {
    let least = max(1e-300, negligible ?? 0)
    return gap <= least && abs(objective) <= 10 * least ? 0 : gap / abs(objective)
  }
}
