internal import LinearAlgebra

/// Numbers that a model predicted beside those that came: what the errors of a regression are measured by.
///
/// ```swift
/// let residuals = Residuals(predictions: [1, -1, 2.5, 6], targets: [1.5, -0.5, 2, 7.25])
/// print(residuals.metrics[.meanAbsoluteError]!)  // 0.6875
/// ```
///
/// What is measured in their order takes a sixteenth of the rows at a time, so that they need hardly more memory than the numbers
/// do. NaN has no place in an order and is refused.
public struct Residuals: Sendable {
  /// Empty where each row has the same.
  public let predictions: [Double]
  private let constant: Double?
  /// The numbers that came, a row each: a slice, whose first index need not be 0.
  public let targets: ArraySlice<Double>
  /// The rows from the least absolute error up; nil where they are sought anew each time.
  private var order: [Int32]?
  /// About which squares are summed without loss.
  private let centre: Double
  /// What each row counts for; nil where each counts for 1.
  let weights: [Double]?
  /// What they are measured by beside their errors.
  public let score: NumberScore

  /// A prediction and a target a row. Traps where their counts differ, where a prediction is NaN, and where there are weights
  /// but not one a row; nil counts each row once. O(rows)
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
    (self.predictions, constant, self.weights) = (predictions, nil, weights)
    self.targets = targets
    centre = targets.reduce(0, +) / Double(max(1, targets.count))
  }

  /// Those of one prediction for all rows.
  init(constant: Double, targets: [Double], weights: [Double]?, score: NumberScore) {
    (predictions, self.constant, self.targets) = ([], constant, targets[...])
    (self.weights, self.score) = (weights, score)
    centre = targets.reduce(0, +) / Double(max(1, targets.count))
  }

  public var count: Int { targets.count }

  func prediction(_ row: Int) -> Double { constant ?? predictions[row] }

  public func weight(of row: Int) -> Double { weights?[row] ?? 1 }

  /// The target less the prediction.
  public func residual(_ row: Int) -> Double { targets[targets.startIndex + row] - prediction(row) }

  /// Quantiles of the residuals: of 0.5 the median. Nil where there are no rows. O(n log n)
  public func quantiles(_ places: [Double]) -> [Double]? {
    guard count > 0 else { return nil }
    let walk = AscendingRows(count: count, number: residual).walk
    let total = weights?.reduce(0, +) ?? Double(count)
    let found = quantiles(places, total: total, in: walk, weight: weight(of:)).compactMap(\.self)
    return found.count == places.count ? found : nil
  }

  /// Those of numbers of the rows: of whole counts where rows have no weights of their own.
  private func quantiles(
    _ places: [Double], total: Double, in walk: @escaping AscendingWalk, weight: (Int) -> Double
  ) -> [Double?] {
    weights == nil
      ? Descent.quantiles(places.map { CountedQuantile($0, total: total) }, in: walk, weight: weight)
      : Descent.quantiles(places.map { WeightedQuantile($0, total: total) }, in: walk, weight: weight)
  }

  /// Goes over the rows from the least absolute error up.
  private func walkErrors(_ body: (Int, Double) -> Bool) {
    guard let order else { return AscendingRows(count: count) { abs(residual($0)) }.walk(body) }
    for row in order where !body(Int(row), abs(residual(Int(row)))) { return }
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
      let (error, offset) = (target - prediction(row), target - centre)
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
    values.merge(scores(weight: weight)) { $1 }
    let found = quantiles([0.5, 0.9], total: total, in: walkErrors, weight: weight)
    (values[.medianAbsoluteError], values[.absoluteError90]) = (found[0], found[1])
    return values
  }

  public var prepared: Residuals {
    var result = self
    var order: [Int32] = []
    order.reserveCapacity(count)
    walkErrors { row, _ in
      order.append(Int32(row))
      return true
    }
    result.order = order
    return result
  }
}
