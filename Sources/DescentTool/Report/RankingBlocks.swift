import Descent
import DescentPictures

/// What thresholds do to the answers of two classes, and whether probabilities come true.
struct RankingBlocks {
  private let ranking: RankedScores
  private let positive: String

  /// - Parameter positive: the second class.
  init(_ ranking: RankedScores, positive: String) { (self.ranking, self.positive) = (ranking, positive) }

  func blocks(shares: [OperatingPoint]) -> [Report.Block] {
    guard hasBothClasses else {
      return [.text("All rows are of one class: thresholds, and whether probabilities come true, need both.")]
    }
    return [.heading("What a threshold does"), .charts([roc, precision, thresholds]), table(shares)]
      + (reliability.map { [.heading("Whether probabilities come true"), .charts([$0])] } ?? [])
  }

  /// Whether there are rows of the positive class, and others.
  var hasBothClasses: Bool {
    ranking.operatingPoints(flagging: [1]).contains { $0.recall != nil && $0.falsePositiveRate != nil }
  }

  private var points: [OperatingPoint] {
    // Each row at first, and then steps of 3 %: of a rare class the first ones are what matters.
    let rows = Double(max(1, ranking.count))
    var taken = [1.0]
    while taken[taken.count - 1] < rows {
      taken.append(max(taken[taken.count - 1] * 1.03, taken[taken.count - 1] + 1))
    }
    return ranking.operatingPoints(flagging: taken.map { min(1, $0 / rows) })
  }

  var roc: LineChart {
    let corner = (x: 0.0, y: 0.0)
    let found = points.compactMap { point in
      point.recall.flatMap { recall in point.falsePositiveRate.map { (x: $0, y: recall) } }
    }
    return LineChart(
      "Of the rows of '\(positive)', the share that is found, against the share of the others that is taken for it (ROC)",
      x: "false positive rate", y: "true positive rate",
      lines: [LineChart.Line("model", [corner] + found), LineChart.Line("chance", [corner, (1, 1)])],
      yRange: 0...1)
  }

  var precision: LineChart {
    let found = points.compactMap { point in
      point.precision.flatMap { precision in point.recall.map { (x: $0, y: precision) } }
    }
    return LineChart(
      "Of the rows taken for '\(positive)', the share that is, against the share of them that is found",
      x: "recall", y: "precision", lines: [LineChart.Line("model", found)], yRange: 0...1)
  }

  var thresholds: LineChart {
    let points = points
    func line(_ name: String, _ share: (OperatingPoint) -> Double?) -> LineChart.Line {
      LineChart.Line(
        name,
        points.compactMap { point in
          share(point).map { (x: ranking.probability(of: point.score) ?? point.score, y: $0) }
        })
    }
    return LineChart(
      "What is taken for '\(positive)' from this \(ranking.meaning == .margin ? "score" : "probability") on",
      x: ranking.meaning == .margin ? "threshold on the score" : "threshold on the probability", y: "share",
      lines: [
        line("precision: of the rows taken, those that are", \.precision),
        line("recall: of those that are, the rows taken", \.recall),
        line("all rows taken", \.flagged),
      ], yRange: 0...1)
  }

  private func table(_ points: [OperatingPoint]) -> Report.Block {
    let rows = points.map { point in
      [
        format(ranking.threshold(of: point), 9), percent(point.flagged), percent(point.precision),
        percent(point.recall), point.lift.map { format($0, 3) } ?? "–",
      ]
    }
    return .table(
      Report.Table(
        "Rows taken for '\(positive)' from a threshold on",
        header: ["threshold", "taken", "precision", "recall", "times chance"], rows: rows))
  }

  /// Nil where the model gives no probabilities.
  var reliability: LineChart? {
    guard let reliability = ranking.reliability() else { return nil }
    let bins = reliability.bins.compactMap { bin in
      bin.meanProbability.flatMap { p in bin.frequency.map { (x: p, y: $0) } }
    }
    return LineChart(
      "How often it was '\(positive)' where the model gave this probability", x: "probability",
      y: "frequency",
      lines: [LineChart.Line("model", bins), LineChart.Line("as foretold", [(0, 0), (1, 1)])], yRange: 0...1)
  }
}
