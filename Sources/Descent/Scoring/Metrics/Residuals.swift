internal import LinearAlgebra

/// Numbers that a model predicted beside those that came: what the errors of a regression are measured by.
///
/// ```swift
/// let residuals = Residuals(predictions: [1, -1, 2.5, 6], targets: [1.5, -0.5, 2, 7.25])
/// print(residuals.metrics[.meanAbsoluteError]!)  // 0.6875
/// ```
///
/// Twelve bytes a row, and the targets. NaN has no place in an order and is refused.
public struct Residuals: Sendable {
  public let predictions: [Double]
  public let targets: ArraySlice<Double>
  /// The rows from the least absolute error up.
  private let order: [Int32]
  /// About which squares are summed without loss.
  private let centre: Double
  /// What each row counts for; nil where each counts for 1.
  let weights: [Double]?
  /// What they are measured by beside their errors.
  public let score: NumberScore

  public init(
    predictions: [Double], targets: some Sequence<Double>, weights: [Double]? = nil,
    score: NumberScore = .errors
  ) {
    self.score = score
    let targets = (targets as? ArraySlice<Double>) ?? ArraySlice(targets)
    require(
      predictions.count == targets.count, "\(predictions.count) predictions of \(targets.count) targets")
    require(!predictions.contains(where: \.isNaN), "a prediction that is not a number")
    require(
      weights.map { $0.count == predictions.count } ?? true,
      "\(weights?.count ?? 0) weights of \(predictions.count) predictions")
    (self.predictions, self.weights) = (predictions, weights)
    self.targets = targets
    let start = targets.startIndex
    order = predictions.indices.map { Int32($0) }.sorted {
      abs(predictions[Int($0)] - targets[start + Int($0)])
        < abs(predictions[Int($1)] - targets[start + Int($1)])
    }
    centre = targets.reduce(0, +) / Double(max(1, targets.count))
  }

  public var count: Int { predictions.count }

  public func weight(of row: Int) -> Double { weights?[row] ?? 1 }

  /// The target less the prediction.
  public func residual(_ row: Int) -> Double { targets[targets.startIndex + row] - predictions[row] }

  /// Quantiles of the residuals: of 0.5 the median. Nil where there are no rows. O(n log n)
  public func quantiles(_ places: [Double]) -> [Double]? {
    guard count > 0 else { return nil }
    let order = predictions.indices.map { Int32($0) }.sorted { residual(Int($0)) < residual(Int($1)) }
    let sorted = order.lazy.map { residual(Int($0)) }
    guard weights != nil else { return places.map { quantile($0, of: sorted)! } }
    let found = places.compactMap { weightedQuantile($0, of: sorted) { weight(of: Int(order[$0])) } }
    return found.count == places.count ? found : nil
  }
}

extension Residuals: MeasuredRows {
  /// MAE, median and 90 % absolute error, RMSE, and R² where the targets are not all equal; what the score adds to them.
  public func metrics(weight: (Int) -> Double) -> [Metric: Double] {
    var (total, absolute, squares, sum, variation) = (0.0, 0.0, 0.0, 0.0, 0.0)
    var (least, greatest) = (Double.infinity, -Double.infinity)
    for (row, target) in targets.enumerated() {
      let weight = weight(row)
      guard weight > 0 else { continue }
      let (error, offset) = (target - predictions[row], target - centre)
      total += weight
      absolute += weight * abs(error)
      squares += weight * error * error
      sum += weight * offset
      variation += weight * offset * offset
      (least, greatest) = (min(least, target), max(greatest, target))
    }
    guard total > 0 else { return [:] }
    variation -= sum * sum / total
    var values: [Metric: Double] = [
      .meanAbsoluteError: absolute / total, .rootMeanSquaredError: (squares / total).squareRoot(),
    ]
    if least < greatest, variation > 0 { values[.r2] = 1 - squares / variation }
    let errors = order.lazy.map { abs(residual(Int($0))) }
    let ordered = { weight(Int(order[$0])) }
    values.merge(scores(weight: weight)) { $1 }
    guard weights == nil else {
      values[.medianAbsoluteError] = weightedQuantile(0.5, of: errors, weight: ordered)
      values[.absoluteError90] = weightedQuantile(0.9, of: errors, weight: ordered)
      return values
    }
    values[.medianAbsoluteError] = quantile(0.5, of: errors, total: total, weight: ordered)
    values[.absoluteError90] = quantile(0.9, of: errors, total: total, weight: ordered)
    return values
  }
}
