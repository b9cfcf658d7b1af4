internal import Foundation
internal import LinearAlgebra

extension PenaltyPath {
  /// The largest strength along a direction that is of interest: from it on all weights are zero where there is ‖W‖₁ in it,
  /// and small else. See ``PathDirection``.
  ///
  /// - Throws: ``TrainingError/unsupported(_:)`` where no strength at all makes any weight other than zero.
  public func largest(along direction: PathDirection = .l1) throws(TrainingError) -> Double {
    let steepest = null.steepest
    guard steepest.isFinite, steepest > 1e-14 * null.noise(of: objective) else {
      throw .unsupported(
        data.targets.areConstant
          ? "the target is the same number in all rows, so that all weights are 0 under any penalty: there is no path"
          : "no feature goes along with the target, so that all weights are 0 under any penalty: there is no path"
      )
    }
    return steepest / direction.share
  }

  /// What stays of the trainer's penalty along a path.
  var fixedStrengths: (l1: Double, l2: Double) {
    get throws(TrainingError) {
      guard let fixed = trainer.penalty.elasticNet else {
        throw .unsupported(
          "a path goes along l1 or l2 of an elastic net, and the largest strength of '\(trainer.penalty.name)' is not "
            + "known: leave out what makes it another penalty")
      }
      return fixed
    }
  }

  /// Penalties from the largest strength that is of interest down to a share of it, at equal steps of the logarithm.
  ///
  /// - Parameters:
  ///   - direction: which strength falls.
  ///   - points: how many penalties.
  ///   - smallest: the last strength, as a share of the first. By default glmnet's: 1e-4, and 1e-2 where there are fewer rows
  ///     than features.
  /// - Throws: ``TrainingError/unsupported(_:)`` where there is no largest strength, or the trainer's penalty is no elastic net.
  public func penalties(
    along direction: PathDirection = .l1, points: Int = 100, smallest: Double? = nil
  ) throws(TrainingError) -> [any Penalty] {
    let share = smallest ?? usualShare
    require(points >= 1 && share > 0 && share < 1, "\(points) points down to a share of \(share)")
    let fixed = try fixedStrengths
    let largest = try largest(along: direction)
    return Self.strengths(from: largest, toShare: share, points: points).map {
      direction.penalty($0, beside: fixed)
    }
  }

  /// glmnet's: what it takes where nothing else is asked for.
  var usualShare: Double { data.rows < data.columns ? 1e-2 : 1e-4 }

  /// Numbers that fall to a share of the first at equal steps of the logarithm.
  static func strengths(from largest: Double, toShare share: Double, points: Int) -> [Double] {
    (0..<points).map { largest * pow(share, points == 1 ? 0 : Double($0) / Double(points - 1)) }
  }
}

extension NullModel {
  /// What rounding may make of slopes that are 0: of targets that are numbers about their size.
  fileprivate func noise<Element>(of objective: DataObjective<Element>) -> Double {
    guard case .values(let values, _) = objective.rowLoss.targets else { return 1 }
    return values.reduce(0) { max($0, abs($1)) }
  }
}

extension Targets {
  /// Whether they are numbers, and each column has but one.
  fileprivate var areConstant: Bool {
    guard case .values(let values, let width) = self, width > 0, !values.isEmpty else { return false }
    return values.indices.allSatisfy {
      values[$0] == values[values.startIndex + ($0 - values.startIndex) % width]
    }
  }
}
