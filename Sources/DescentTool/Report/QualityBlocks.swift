import Descent
import DescentPictures
import LinearAlgebra

/// How good a model is by the rows that it was measured by: numbers beside the baseline's, and what suits the kind of answer.
struct QualityBlocks<Element: KernelScalar & StoredNumber> {
  private let measures: Measures
  private let rows: Dataset
  private let numbers: [Int]?
  private let model: TrainedModel<Element>

  /// - Parameter numbers: which the rows are of those that were read; nil for all of them.
  init(_ measures: Measures, rows: Dataset, numbers: [Int]?, model: TrainedModel<Element>) {
    (self.measures, self.rows, self.numbers, self.model) = (measures, rows, numbers, model)
  }

  var blocks: [Report.Block] {
    var blocks: [Report.Block] = [metrics]
    if let ranking = measures.ranking {
      blocks += RankingBlocks(ranking, positive: model.classNames[1]).blocks(shares: measures.points)
    }
    if let residuals = measures.residuals { blocks += ResidualBlocks(residuals).blocks }
    if let confusion = measures.evaluation.confusion { blocks += self.confusion(confusion) }
    return blocks + SureAnswers(rows, model).blocks
  }

  private var metrics: Report.Block {
    let isOfTwo = measures.ranking != nil
    let shown = Metric.allCases.filter { measures.metrics[$0] != nil && !(isOfTwo && $0.isAverage) }
    let loss = ["mean \(measures.model.lossName) loss", format(measures.evaluation.loss, 6), ""]
    let rows = shown.map { [$0.title, $0.text(measures.metrics[$0]), $0.text(measures.baseline[$0])] }
    let baseline =
      measures.evaluation.mostFrequentClass.map { "always '\(measures.model.classNames[$0])'" }
      ?? "always \(measures.evaluation.constantAnswer)"
    return .table(
      Report.Table(
        "Without looking at the features: \(baseline)", header: ["", "model", "without features"],
        rows: [loss] + rows))
  }

  private static var mostColumns: Int { 25 }

  private func confusion(_ confusion: Confusion) -> [Report.Block] {
    let names = ShortNames(confusion.classNames, columns: 28).texts
    var blocks: [Report.Block] = [.heading("Which class is taken for which")]
    if names.count <= Self.mostColumns {
      let cells = names.indices.map { actual in
        [names[actual]] + names.indices.map { confusion.text(actual, $0) }
      }
      let shades = names.indices.map { actual in names.indices.map { confusion.share(actual, $0) } }
      blocks.append(
        .table(
          Report.Table(
            "A row for each actual class, a column for each answer", header: ["actual"] + names, rows: cells,
            shades: shades)))
    }
    let pairs = confusion.mistakes.prefix(8)
    if !pairs.isEmpty, names.count > 2 {
      blocks.append(
        .table(
          Report.Table(
            "The commonest mistakes", header: ["actual", "answer", "rows"],
            rows: pairs.map { [names[$0.actual], names[$0.answer], confusion.text($0.actual, $0.answer)] })))
    }
    blocks += MistakenRows(rows, numbers, model).blocks(of: Array(pairs))
    let each = names.indices.map { c in
      [
        names[c], percent(confusion.precision(c)), percent(confusion.recall(c)), percent(confusion.f1(c)),
        "\(confusion.counts[c].reduce(0, +))",
      ]
    }
    let table = Report.Block.table(
      Report.Table("Each class", header: ["class", "precision", "recall", "F1", "rows"], rows: each))
    return blocks
      + (names.count <= Self.mostColumns ? [table] : [.folded("each of the \(names.count) classes", [table])])
  }
}
