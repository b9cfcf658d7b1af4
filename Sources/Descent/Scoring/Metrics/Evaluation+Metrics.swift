extension Evaluation {
  /// The metrics that apply: areas and probabilities for classes, errors for numbers. O(n log n): keep them where they are
  /// needed twice.
  public var metrics: [Metric: Double] {
    measured?.metrics ?? confusion.map { ClassCounts($0).metrics } ?? [:]
  }

  /// Of a model of two classes, the scores of the second class, in order: for its thresholds, and how reliable its
  /// probabilities are. Nil for other models, and where a score is not a number. O(n log n)
  public var ranking: RankedScores? {
    guard case .twoClasses(let meaning) = answers.kind else { return nil }
    let (positives, negatives) = (answers.positives, answers.negatives)
    if positives.contains(where: \.isNaN) || negatives.contains(where: \.isNaN) { return nil }
    return RankedScores(
      positives: positives, negatives: negatives, positiveWeights: answers.positiveWeights,
      negativeWeights: answers.negativeWeights, as: meaning)
  }

  /// Of a model of one number, its errors. Nil for other models, and where a prediction is not a number. O(n log n)
  public var residuals: Residuals? {
    guard case .numbers = answers.kind, !answers.predictions.contains(where: \.isNaN) else { return nil }
    return Residuals(
      predictions: answers.predictions, targets: answers.targets, weights: answers.weights,
      score: answers.score)
  }

  /// Confidence intervals of ``metrics``, by resampling the rows.
  ///
  /// ```swift
  /// var generator = SeededGenerator(seed: 0)
  /// let intervals = evaluation.intervals(Bootstrap(replicates: 1000), using: &generator)
  /// print(intervals[.rocAUC]!)
  /// ```
  public func intervals(
    _ bootstrap: Bootstrap = Bootstrap(), using generator: inout some RandomNumberGenerator
  ) -> [Metric: ClosedRange<Double>] {
    measured.map { bootstrap.intervals(of: $0, using: &generator) } ?? [:]
  }

  private var measured: (any MeasuredRows)? {
    switch answers.kind {
    case .twoClasses: ranking
    case .classes: answers.classified
    case .numbers: residuals
    case .other: nil
    }
  }
}
