import Descent

/// The model that is measured, as far as the answer names it.
struct MeasuredModel {
  let lossName: String
  let classNames: [String]
}

/// All that `evaluate` tells of a model, each computed once.
struct Measures {
  let evaluation: Evaluation
  let model: MeasuredModel
  let metrics: [Metric: Double]
  let baseline: [Metric: Double]
  let ranking: RankedScores?
  let residuals: Residuals?
  let intervals: [Metric: ClosedRange<Double>]
  let bootstrap: Int?
  let seed: UInt64
  let cost: MistakeCosts?

  /// The shares of the rows that the table of thresholds takes for positive.
  private static let shares = [0.01, 0.02, 0.05, 0.1, 0.2, 0.3, 0.5]
  /// Of the residuals.
  static let quantiles = [0, 0.05, 0.25, 0.5, 0.75, 0.95, 1]

  init(_ evaluation: Evaluation, _ model: MeasuredModel, cost: MistakeCosts?, bootstrap: Int?, seed: UInt64) {
    (self.evaluation, self.model, self.cost) = (evaluation, model, cost)
    (self.bootstrap, self.seed) = (bootstrap, seed)
    baseline = evaluation.baseline
    (ranking, residuals) = (evaluation.ranking, evaluation.residuals)
    let sorted: (any MeasuredRows)? = ranking ?? residuals
    metrics = sorted?.metrics ?? evaluation.metrics
    guard let bootstrap else {
      intervals = [:]
      return
    }
    let resampling = Bootstrap(replicates: bootstrap)
    var generator = SeededGenerator(seed: seed)
    intervals =
      sorted.map { resampling.intervals(of: $0, using: &generator) }
      ?? evaluation.intervals(resampling, using: &generator)
  }

  /// Thresholds that take the first shares of the rows for positive.
  var points: [OperatingPoint] { ranking?.operatingPoints(flagging: Self.shares) ?? [] }

  /// What the model's own decision does.
  var decision: OperatingPoint? { ranking?.decided }

  var leastCost: OperatingPoint? {
    guard let ranking, let cost else { return nil }
    return ranking.leastCost(falsePositive: cost.falsePositive, falseNegative: cost.falseNegative)
  }

  func cost(of point: OperatingPoint) -> Double? {
    cost.map { point.cost(falsePositive: $0.falsePositive, falseNegative: $0.falseNegative) }
  }
}
