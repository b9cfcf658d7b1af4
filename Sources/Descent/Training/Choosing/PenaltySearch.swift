internal import Foundation
internal import LinearAlgebra

/// Which strengths a cross-validation chooses among.
public enum PenaltySearch: Sendable, Equatable {
  /// Of ‖W‖₁; l2 stays the trainer's.
  case l1
  /// Of ½‖W‖²; l1 stays the trainer's.
  case l2
  /// Of both together, a series for each of these shares of l1: see ``PathDirection/mixture(l1Ratio:)``.
  case mixture(l1Ratios: [Double])

  /// The shares of l1 that people try: more of them where weights become zero.
  public static let usualRatios = [0.1, 0.5, 0.7, 0.9, 0.95, 1]

  /// Series of penalties, each from the strongest down.
  ///
  /// - Parameter points: of a series; by default 25, and 50 of one along l1.
  /// - Throws: ``TrainingError/unsupported(_:)`` where no strength makes any weight other than zero.
  func series<Element: KernelScalar>(
    of path: PenaltyPath<Element>, points: Int?
  ) throws(TrainingError) -> [[any Penalty]] {
    switch self {
    case .l1: return [try path.penalties(along: .l1, points: points ?? 50)]
    case .l2: return [try path.ridgePenalties(points: points ?? 25)]
    case .mixture(let ratios):
      var result: [[any Penalty]] = []
      for ratio in ratios {
        require(ratio > 0 && ratio <= 1, "a share of l1 of \(ratio), not above 0 and up to 1")
        result.append(try path.penalties(along: .mixture(l1Ratio: ratio), points: points ?? 25))
      }
      return result
    }
  }
}

extension PenaltyPath {
  /// Strengths of ½‖W‖² from ten times the trace of the features' second moments down by eight decades.
  ///
  /// A ridge shrinks the direction of a moment d by d/(d + l2): at ten times their sum all are shrunk to a tenth and less,
  /// whatever unit the targets have, which the slopes at weights of 0 go along with. (Hoerl and Kennard, Ridge
  /// Regression, Technometrics 12, 1970.)
  func ridgePenalties(points: Int) throws(TrainingError) -> [any Penalty] {
    _ = try largest()
    let largest = 10 * spread
    return (0..<points).map { point in
      let share = points == 1 ? 0 : Double(point) / Double(points - 1)
      return PathDirection.l2.penalty(largest * pow(1e-8, share), beside: trainer.penalty)
    }
  }

  /// Σ of the scaled features' mean squares, about their means where the model has an intercept.
  private var spread: Double {
    let (features, weights) = (objective.features, data.weights)
    let (means, deviations): ([Double], [Double])
    if let sparse = features as? SparseStorage {
      (means, deviations) = sparse.moments(weights)
    } else {
      let moments = ColumnMoments.of(features, weights: weights)
      (means, deviations) = (moments.means, moments.deviations)
    }
    return deviations.indices.reduce(0) { sum, j in
      let centre = objective.model.hasIntercept ? 0 : means[j] - objective.scaling.shift(j)
      let size = hypot(centre, deviations[j]) * objective.scaling.factor(j)
      return sum + size * size
    }
  }
}
