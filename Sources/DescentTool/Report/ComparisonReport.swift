import Descent
import DescentPictures

/// A page about models that were measured by the same rows.
struct ComparisonReport {
  let answer: ComparisonAnswer
  let evaluations: [Evaluation]
  /// The data's file.
  let data: String
  let command: String

  private var comparison: ModelComparison { answer.comparison }
  private var models: [String] { answer.models }
  private var first: String { models[0] }

  var page: Report {
    Report(
      "\(models.count) models compared", subtitle: "By the same \(answer.rows) rows of \(data)",
      highlights: highlights, sections: [metrics] + models.indices.dropFirst().map(difference) + [again])
  }

  private var highlights: [Report.Highlight] {
    let metric = [Metric.rocAUC, .accuracy, .r2, .rootMeanSquaredError].first {
      comparison.metrics[0][$0] != nil
    }
    guard let metric else { return [] }
    return models.indices.prefix(4).map {
      Report.Highlight(metric.text(comparison.metrics[$0][metric]), "\(metric.title) of \(models[$0])")
    }
  }

  private var metrics: Report.Section {
    let rows = answer.shown.map { metric in
      [metric.title] + comparison.metrics.map { metric.text($0[metric]) }
    }
    return Report.Section(
      "How good each is", [.table(Report.Table("Each metric", header: [""] + models, rows: rows))] + curves)
  }

  /// Of two classes, and of as many models as a chart tells apart.
  private var curves: [Report.Block] {
    let rankings = evaluations.compactMap(\.ranking)
    guard rankings.count == models.count, models.count <= 5 else { return [] }
    let names = evaluations[0].confusion?.classNames ?? []
    guard names.count == 2 else { return [] }
    let blocks = rankings.map { RankingBlocks($0, positive: names[1]) }
    return [.charts([merged(blocks.map(\.roc)), merged(blocks.map(\.precision))])]
  }

  /// One chart of the first line of each.
  private func merged(_ charts: [LineChart]) -> LineChart {
    var chart = charts[0]
    chart.lines = zip(models, charts).compactMap { name, chart in
      chart.lines.first.map { LineChart.Line(name, $0.points) }
    }
    return chart
  }

  private func difference(_ model: Int) -> Report.Section {
    let against = comparison.others[model - 1]
    let rows = answer.shown.compactMap { metric in
      against.differences[metric].map { difference in
        let interval = difference.interval
        return [
          metric.title, metric.text(difference.value), metric.text(interval?.lowerBound),
          metric.text(interval?.upperBound),
          interval.map { $0.contains(0) ? "may be chance" : "beyond chance" } ?? "–",
        ]
      }
    }
    var blocks: [Report.Block] = [
      .table(
        Report.Table(
          "Intervals of \(answer.level) by \(comparison.bootstrap.replicates) resamples of the rows, the same for all models",
          header: ["", "difference", "from", "to", "verdict"], rows: rows))
    ]
    if let test = against.mcNemar {
      blocks.append(
        .text(
          "\(first) alone is right on \(test.firstAlone) rows, \(models[model]) alone on \(test.thisAlone). By chance such a split, or a more uneven one, would come with a probability of \(format(test.pValue, 3)) (McNemar)."
        ))
    }
    return Report.Section("\(models[model]) less \(first)", blocks)
  }

  private var again: Report.Section {
    Report.Section(
      "How to make it again",
      [
        .code(command),
        .facts([
          ("seed of the resamples", "\(answer.seed)"),
          ("report made by", "descent \(Provenance.currentVersion)"),
          ("machine", Machine.description),
        ]),
      ])
  }
}
