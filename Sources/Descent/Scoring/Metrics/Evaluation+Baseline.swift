internal import Foundation

extension Evaluation {
  /// What the baseline always answers, of numbers: "the mean", or "the quantile 0.9".
  public var constantAnswer: String {
    if case .quantile(let τ) = answers.score { "the quantile \(τ)" } else { "the mean" }
  }

  /// The same metrics of the best answer that does not look at the features: always the most frequent class, with the
  /// shares of the classes as its probabilities, or always the mean; where quantiles are scored, always the quantile.
  ///
  /// Class, shares and mean are those of the rows that are measured by, not of the training's. So the baseline knows
  /// more than any model may, and what a model is better by is not flattered; R² is defined so, too. What would say
  /// nothing is left out: a constant's calibration error, R² (0).
  public var baseline: [Metric: Double] {
    if case .numbers = answers.kind { return numberBaseline(answers.targets, answers.weights) }
    return confusion.map { classBaseline($0) } ?? [:]
  }

  /// The class that the baseline always answers.
  public var mostFrequentClass: Int? {
    guard let rows = confusion?.classSums, let most = rows.max(), most > 0 else { return nil }
    return rows.firstIndex(of: most)
  }

  private func classBaseline(_ confusion: Confusion) -> [Metric: Double] {
    guard let answer = mostFrequentClass else { return [:] }
    let rows = confusion.classSums
    var counts = ClassCounts(classes: rows.count)
    for (c, count) in rows.enumerated() { counts.count(actual: c, predicted: answer, weight: count) }
    var values = counts.metrics
    let total = rows.reduce(0, +)
    let shares = rows.map { $0 / total }
    if rows.count > 5 { values[.topFiveAccuracy] = shares.sorted(by: >).prefix(5).reduce(0, +) }
    if hasProbabilities { values[.logLoss] = shares.reduce(0) { $1 > 0 ? $0 - $1 * log($1) : $0 } }
    guard case .twoClasses = answers.kind else { return values }
    (values[.precision], values[.recall], values[.f1]) = (counts.precision(1), counts.recall(1), counts.f1(1))
    if hasProbabilities { values[.brierScore] = shares[0] * shares[1] }
    // A constant's one threshold finds all or nothing.
    if shares[1] > 0 { values[.averagePrecision] = shares[1] }
    if shares[0] > 0 && shares[1] > 0 { values[.rocAUC] = 0.5 }
    return values
  }

  private var hasProbabilities: Bool {
    switch answers.kind {
    case .twoClasses(let meaning): meaning != .margin
    case .classes: answers.classified.hasProbabilities
    case .numbers, .other: false
    }
  }

  private func numberBaseline(_ targets: [Double], _ weights: [Double]?) -> [Metric: Double] {
    guard !targets.isEmpty else { return [:] }
    func metrics(_ constant: Double) -> [Metric: Double] {
      let residuals = Residuals(
        constant: constant, targets: targets, weights: weights, score: answers.score)
      var values = residuals.metrics
      (values[.r2], values[.d2]) = (nil, nil)
      return values
    }
    if case .quantile(let τ) = answers.score {
      return metrics(Targets.values(targets[...], width: 1).quantiles(τ, weights)?[0] ?? 0)
    }
    if let weights {
      let total = weights.reduce(0, +)
      var mean = zip(targets, weights).reduce(0) { $0 + $1.0 * ($1.1 / total) }
      mean += zip(targets, weights).reduce(0) { $0 + ($1.0 - mean) * ($1.1 / total) }
      return metrics(mean)
    }
    let rows = Double(targets.count)
    var mean = targets.reduce(0, +) / rows
    // What rounding lost of the sum of numbers far from 0.
    mean += targets.reduce(0) { $0 + ($1 - mean) } / rows
    var (sum, squares) = (0.0, 0.0)
    // The sums take all errors, whatever the quantiles have seen.
    let walk: AscendingWalk = { body in
      AscendingRows(count: targets.count) { abs(targets[$0] - mean) }.walk { row, error in
        sum += error
        squares += error * error
        _ = body(row, error)
        return true
      }
    }
    let found = quantiles([0.5, 0.9].map { CountedQuantile($0, total: rows) }, in: walk) { _ in 1 }
    let residuals = Residuals(constant: mean, targets: targets, weights: nil, score: answers.score)
    var values = residuals.scores { _ in 1 }
    values[.d2] = nil
    return values.merging([
      .meanAbsoluteError: sum / rows, .rootMeanSquaredError: (squares / rows).squareRoot(),
      .medianAbsoluteError: found[0]!, .absoluteError90: found[1]!,
    ]) { $1 }
  }
}
