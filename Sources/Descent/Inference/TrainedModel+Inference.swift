internal import LinearAlgebra

extension TrainedModel {
  /// Standard errors, tests and intervals of the coefficients of a linear model, from the rows that it was trained on.
  ///
  /// Newton's steps in Double go on from the model's weights to the optimum on these rows, so that a training's tolerance
  /// and precision are in none of the numbers. Without a penalty, or with l2 alone, for the losses that conform to
  /// ``EstimatingLoss``. Of several classes the coefficients are differences to the first class's, which alone the
  /// rows tell; so are those of a column of categories to one of them where there is no penalty.
  ///
  /// - Parameters:
  ///   - data: the rows, whose columns are the model's features; labels are numbered as its classes are.
  ///   - covariance: where the standard errors come from.
  ///   - level: what the intervals cover.
  /// - Throws: ``InferenceError`` where loss, penalty, columns or rows forbid it, with the reason.
  /// - Complexity: O(rows · c²) a step for c coefficients, in memory for a few matrices of c².
  public func inference(
    on data: Dataset, covariance: Inference.Covariance = .information, level: Double = 0.95
  ) throws(InferenceError) -> Inference {
    require(level > 0 && level < 1, "a level of \(level), not between 0 and 1")
    require(data.columns == inputs, "rows of \(data.columns) features for a model of \(inputs)")
    return try Estimation(of: converted(to: Double.self), on: data, covariance).inference(level: level)
  }
}
