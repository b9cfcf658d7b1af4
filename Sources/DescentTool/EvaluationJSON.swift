import Descent

/// An evaluation as one JSON object. What does not apply is null, never absent.
struct EvaluationJSON {
  private let measures: Measures

  init(_ measures: Measures) { self.measures = measures }

  /// The object and a line's end.
  func text() throws -> String { try JSONValue.object(members).json() }

  var members: [String: JSONValue] {
    let evaluation = measures.evaluation
    let names = measures.model.classNames
    var members: [String: JSONValue] = values(measures.metrics)
    members["rows"] = .number(Double(evaluation.rows))
    members["weight"] = .number(evaluation.weight)
    members["loss"] = .number(evaluation.loss)
    members["loss_name"] = .text(measures.model.lossName)
    members["baseline"] = .object(values(measures.baseline))
    members["baseline_class"] = .text(evaluation.mostFrequentClass.map { names[$0] })
    members["intervals"] = intervals
    members["classes"] = evaluation.confusion.map { .list(classes($0)) } ?? .null
    let ranking = measures.ranking
    members["positive_class"] = .text(ranking == nil ? nil : names[1])
    members["thresholds"] = ranking == nil ? .null : .list(measures.points.map(point))
    members["decision"] = measures.decision.map(point) ?? .null
    members["best_f1"] = ranking?.bestF1.map(point) ?? .null
    members["least_cost"] = measures.leastCost.map(point) ?? .null
    members["reliability"] = ranking?.reliability().map { .list($0.bins.map(bin)) } ?? .null
    members["bias_by_decile"] = measures.residuals.map { .list($0.bias().map(bin)) } ?? .null
    members["residual_quantiles"] =
      measures.residuals?.quantiles(Measures.quantiles).map { quantiles in
        .object(
          Dictionary(
            uniqueKeysWithValues: zip(Measures.quantiles.map { "\($0)" }, quantiles.map { .number($0) })))
      } ?? .null
    return members
  }

  private func values(_ metrics: [Metric: Double]) -> [String: JSONValue] {
    Dictionary(uniqueKeysWithValues: Metric.allCases.map { ($0.rawValue, .number(metrics[$0])) })
  }

  private var intervals: JSONValue {
    guard let replicates = measures.bootstrap else { return .null }
    var members = Dictionary(
      uniqueKeysWithValues: Metric.allCases.map { metric in
        let range = measures.intervals[metric]
        return (
          metric.rawValue,
          range.map { JSONValue.list([.number($0.lowerBound), .number($0.upperBound)]) } ?? .null
        )
      })
    members["level"] = .number(Bootstrap().level)
    members["replicates"] = .number(Double(replicates))
    members["seed"] = .text("\(measures.seed)")
    return .object(members)
  }

  private func classes(_ confusion: Confusion) -> [JSONValue] {
    zip(confusion.classNames.indices, confusion.classRows).map { c, rows in
      .object([
        "class": .text(confusion.classNames[c]), "rows": .number(Double(rows)),
        "precision": .number(confusion.precision(c)), "recall": .number(confusion.recall(c)),
        "f1": .number(confusion.f1(c)),
      ])
    }
  }

  private func point(_ point: OperatingPoint) -> JSONValue {
    .object([
      "threshold": .number(measures.ranking?.threshold(of: point)), "score": .number(point.score),
      "flagged": .number(point.flagged), "precision": .number(point.precision),
      "recall": .number(point.recall),
      "f1": .number(point.f1), "lift": .number(point.lift), "cost": .number(measures.cost(of: point)),
    ])
  }

  private func bin(_ bin: Reliability.Bin) -> JSONValue {
    .object([
      "lower": .number(bin.lower), "upper": .number(bin.upper), "rows": .number(bin.rows),
      "mean_probability": .number(bin.meanProbability), "frequency": .number(bin.frequency),
    ])
  }

  private func bin(_ bin: Residuals.Bin) -> JSONValue {
    .object([
      "lowest": .number(bin.lowest), "highest": .number(bin.highest), "rows": .number(Double(bin.rows)),
      "mean_prediction": .number(bin.meanPrediction), "mean_target": .number(bin.meanTarget),
      "bias": .number(bin.bias),
    ])
  }
}
