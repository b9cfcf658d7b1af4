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

  /// Series of penalties, each from the strongest down: by default 25, and 50 along l1.
  ///
  /// - Throws: ``TrainingError/unsupported(_:)`` where no strength makes any weight other than zero.
  func series<Element: KernelScalar>(
    of path: PenaltyPath<Element>, points: Int?
  ) throws(TrainingError) -> [[any Penalty]] {
    var result: [[any Penalty]] = []
    let fixed = try path.fixedStrengths
    for direction in directions {
      // Where nothing goes along with the target there is nothing to choose.
      let steepest = try path.largest(along: direction)
      let (largest, share) =
        direction == .l2
        ? (path.largestOfRidge, 1e-8) : (steepest, path.usualShare)
      let strengths = PenaltyPath<Element>.strengths(
        from: largest, toShare: share, points: points ?? (self == .l1 ? 50 : 25))
      result.append(strengths.map { direction.penalty($0.short, beside: fixed) })
    }
    return result
  }

  private var directions: [PathDirection] {
    switch self {
    case .l1: [.l1]
    case .l2: [.l2]
    case .mixture(let ratios):
      ratios.map { ratio in
        require(ratio > 0 && ratio <= 1, "a share of l1 of \(ratio), not above 0 and up to 1")
        return .mixture(l1Ratio: ratio)
      }
    }
  }
}

extension Double {
  /// To four digits, which can be said again.
  fileprivate var short: Double { Double(String(format: "%.3e", self)) ?? self }
}

extension PenaltyPath {
  /// Ten times the sum of the scaled features' mean squares, about their means where the model has an intercept.
  ///
  /// A ridge shrinks a direction of variance d by d/(d + l2): at ten times their sum all are shrunk to a tenth and less,
  /// whatever unit the targets have, which the slopes at weights of 0 go along with. (Hoerl and Kennard, Ridge
  /// Regression, Technometrics 12, 1970.)
  var largestOfRidge: Double {
    let (means, deviations) = objective.features.columnMoments(data.weights)
    return 10
      * deviations.indices.reduce(0) { sum, j in
        let centre = objective.model.hasIntercept ? 0 : means[j] - objective.scaling.shift(j)
        let size = hypot(centre, deviations[j]) * objective.scaling.factor(j)
        return sum + size * size
      }
  }
}
