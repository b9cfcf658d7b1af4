internal import Foundation

/// What a cross-validation measured: a row for each penalty, from the strongest down.
public struct PenaltyTable: Sendable {
  /// One penalty: how the models of the folds did on the rows held out from them, and what the model of all rows came to.
  public struct Row: Sendable {
    /// The whole of it: the strength that is searched for, and what stays the trainer's.
    public let penalty: any Penalty
    /// Which series of falling penalties it belongs to, from 0.
    public let series: Int
    /// The mean loss over each fold's rows that were held out, by their weights.
    public let losses: [Double]
    /// The metric that the choice goes by, a fold each; nil where it goes by the losses. NaN where it is not defined.
    public let scores: [Double]?
    /// The mean loss of the model that is trained on all rows, over these.
    public let trainingLoss: Double
    /// That model's weights that are not exactly zero.
    public let nonzeros: Int
    /// That model's gap to the optimum, relative to the objective; nil where no proof is known.
    public let relativeGap: Double?
    /// Folds that hold each row once.
    let folds: Int

    /// What the choice goes by, a fold each.
    public var measures: [Double] { scores ?? losses }

    /// The mean over the folds, each of which counts alike. It does not depend on their order.
    public var mean: Double { measures.sorted().reduce(0, +) / Double(measures.count) }

    /// The folds' standard deviation over √K, as if K folds were drawn independently. Repeats deal the same rows again: they
    /// make the deviation surer, and K no larger.
    public var standardError: Double {
      let mean = mean
      let deviations = measures.map { abs($0 - mean) }.sorted()
      // In units of the largest, so that no square overflows.
      guard mean.isFinite, let largest = deviations.last, largest > 0 else {
        return mean.isFinite ? 0 : .infinity
      }
      let squares = deviations.reduce(0) { $0 + ($1 / largest) * ($1 / largest) }
      return largest * (squares / Double(measures.count - 1) / Double(folds)).squareRoot()
    }
  }

  /// Series after series, each from its strongest penalty down.
  public let rows: [Row]
  /// Nil where the choice goes by the loss.
  public let metric: Metric?

  /// The index of the row that a rule takes. Of equal means it is the strongest penalty's.
  public func row(by rule: ChoiceRule) -> Int {
    let best = rows.indices.min { cost($0) < cost($1) }!
    guard rule == .oneStandardError else { return best }
    let most = cost(best) + rows[best].standardError
    return rows.indices.first { rows[$0].series == rows[best].series && cost($0) <= most } ?? best
  }

  /// Less is better; what is not defined is worse than all that is.
  private func cost(_ row: Int) -> Double {
    let mean = rows[row].mean
    return !mean.isFinite ? .infinity : metric?.isGain == true ? -mean : mean
  }

  /// Whether no penalty has a mean that is a number.
  var isUndefined: Bool { rows.allSatisfy { !$0.mean.isFinite } }
}
