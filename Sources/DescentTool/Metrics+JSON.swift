import Descent

extension Metrics {
  /// One object. Keys that do not apply are null, never absent.
  func json() throws -> String { try JSONValue.object(described.merging(measured) { $1 }).json() }

  /// What was asked for.
  private var described: [String: JSONValue] {
    [
      "command": .text(run.command), "options": .object(run.options), "date": .text(run.date),
      "descent_version": .text(Provenance.currentVersion),
      "data": .object([
        "name": .text(run.data), "hash": .text(run.fingerprint), "rows": .count(run.rows),
      ]),
      "rows": .count(rows), "features": .count(features), "classes": .count(classes),
      "weight": .number(weight),
      "class_weights": classWeights.map { .object($0.mapValues { .number($0) }) } ?? .null,
      "intercept": intercept.map { .flag($0) } ?? .null, "solver": .text(solver), "settings": settings.object,
      "seed": .whole(Int128(seed)), "precision": .text(precision), "threads": .count(threads),
    ]
  }

  /// What came of it.
  private var measured: [String: JSONValue] {
    [
      "objective": .number(objective), "loss": .number(loss), "penalty": .number(penalty),
      "gap": .number(gap), "gap_relative": .number(gapRelative), "gap_reason": .text(gapReason),
      "certified": .flag(certified), "converged": .flag(converged),
      "stop_reason": .text(stopReason), "iterations": .count(iterations), "passes": .number(passes),
      "epochs": .count(epochs), "nonzeros": .count(nonzeros),
      "seconds_fit": .number(secondsFit), "seconds_load": .number(secondsLoad),
      "peak_rss_bytes": .count(peakRSSBytes), "cross_validation": crossValidation,
      "history": .list(history.map(\.json)),
      "train_accuracy": .number(onTraining.accuracy), "train_rmse": .number(onTraining.rmse),
      "test_rows": .count(onTest?.rows), "test_loss": .number(onTest?.loss),
      "test_accuracy": .number(onTest?.accuracy), "test_rmse": .number(onTest?.rmse),
      "r2": .number((onTest ?? onTraining).r2),
      "test_scores": scores { $0.bestMetrics }, "test_baseline": scores { $0.baseline },
    ]
  }

  /// By the names that `evaluate --json` gives them.
  private func scores(_ metrics: (Evaluation) -> [Metric: Double]) -> JSONValue {
    guard let onTest else { return .null }
    let found = metrics(onTest)
    return .object(
      Dictionary(uniqueKeysWithValues: Metric.allCases.map { ($0.rawValue, .number(found[$0])) }))
  }
}

extension Milestone {
  fileprivate var json: JSONValue {
    .object([
      "seconds": .number(seconds), "passes": .number(passes), "objective": .number(objective),
      "loss": .number(loss), "gap": .number(gap), "held_out_loss": .number(heldOutLoss),
    ])
  }
}

extension Evaluation {
  /// All that can be told of these rows: of two classes and of numbers more than of many classes.
  fileprivate var bestMetrics: [Metric: Double] {
    let sorted: (any MeasuredRows)? = ranking ?? residuals
    return sorted?.metrics ?? metrics
  }
}
