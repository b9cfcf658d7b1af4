import Descent

extension EvaluationText {
  /// What thresholds do: those that flag the first rows, the model's own, and the best.
  func thresholds(_ ranking: RankedScores) -> [String] {
    var points = measures.points.map { ("first \(format(100 * ($0.flagged ?? 0), 3)) %", $0) }
    if let own = measures.decision { points.append(("the model's", own)) }
    if let best = ranking.bestF1 { points.append(("best f1", best)) }
    if let cost = measures.cost, let least = measures.leastCost {
      points.append(("least cost \(cost.text)", least))
    }
    let hasCost = measures.cost != nil
    let name = shortened(measures.model.classNames[1], to: 24)
    let subject = ranking.meaning == .margin ? "score (distance from the other's)" : "probability"
    let header =
      ["rows", "threshold", "flagged", "precision", "recall", "f1", "lift"] + (hasCost ? ["cost"] : [])
    return ["thresholds: rows whose \(subject) of '\(name)' is as much or more are taken for it"]
      + aligned(
        [header]
          + points.map { label, point in
            [
              label, format(ranking.threshold(of: point), 6), percent(point.flagged),
              percent(point.precision),
              percent(point.recall), percent(point.f1), point.lift.map { format($0, 3) } ?? "–",
            ] + (hasCost ? [measures.cost(of: point).map { format($0, 6) } ?? "–"] : [])
          })
  }

  func reliability(_ ranking: RankedScores) -> [String] {
    guard let reliability = ranking.reliability() else { return [] }
    let name = shortened(measures.model.classNames[1], to: 24)
    return ["reliability: the probability of '\(name)' beside how often it came"]
      + aligned(
        [["probability", "rows", "mean", "frequency"]]
          + reliability.bins.filter { $0.rows > 0 }.map {
            [
              "\(format($0.lower, 3)) to \(format($0.upper, 3))", format($0.rows, 12),
              percent($0.meanProbability),
              percent($0.frequency),
            ]
          })
  }

  func bias(_ residuals: Residuals) -> [String] {
    ["bias: tenths of the rows, from the lowest predictions up; above 0 they are too high"]
      + aligned(
        [["predictions", "rows", "mean", "mean target", "bias"]]
          + residuals.bias().map {
            [
              "\(format($0.lowest, 4)) to \(format($0.highest, 4))", "\($0.rows)",
              format($0.meanPrediction, 6),
              format($0.meanTarget, 6), format($0.bias, 3),
            ]
          })
  }

  func quantiles(_ residuals: Residuals) -> [String] {
    guard let quantiles = residuals.quantiles(Measures.quantiles) else { return [] }
    return ["residuals: target − prediction"]
      + aligned([
        ["share of rows"] + Measures.quantiles.map { "\(format(100 * $0, 3)) %" },
        ["at most"] + quantiles.map { format($0, 4) },
      ])
  }
}

extension Metric {
  /// As the table names it.
  var title: String {
    switch self {
    case .topFiveAccuracy: "top-5 accuracy"
    case .logLoss: "log loss"
    case .rocAUC: "ROC AUC"
    case .averagePrecision: "average precision"
    case .brierScore: "Brier score"
    case .calibrationError: "calibration error"
    case .meanAbsoluteError: "mean absolute error"
    case .medianAbsoluteError: "median absolute error"
    case .absoluteError90: "90 % absolute error"
    case .rootMeanSquaredError: "rmse"
    case .r2: "R²"
    case .poissonDeviance: "Poisson deviance"
    case .d2: "D²"
    case .pinballLoss: "pinball loss"
    case .fractionBelow: "share below"
    default: rawValue.replacing("_", with: " ")
    }
  }

  /// Of several classes.
  var isAverage: Bool { rawValue.hasPrefix("macro_") || rawValue.hasPrefix("weighted_") }

  func text(_ value: Double?) -> String {
    guard let value else { return "–" }
    switch self {
    case .accuracy, .topFiveAccuracy, .precision, .recall, .f1: return percent(value)
    case _ where isAverage: return percent(value)
    default: return format(value, 6)
    }
  }
}
