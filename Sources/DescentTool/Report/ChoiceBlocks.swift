import Descent
import DescentPictures
import Foundation

/// How a penalty was chosen by rows held out in turn: what each did, on the mean of the folds.
struct ChoiceBlocks {
  let table: PenaltyTable
  /// The one that was taken.
  let row: Int
  /// As people are told on the command line.
  let lines: [String]
  /// Whether there was anything to choose from.
  let isSearch: Bool

  var section: Report.Section {
    Report.Section(
      isSearch ? "How the penalty was chosen" : "Cross-validation",
      lines.map { .text($0.prefix(1).uppercased() + $0.dropFirst() + ".") }
        + (isSearch ? [.charts(charts)] : [])
        + [isSearch ? .folded("each penalty that was tried", [penalties]) : folds])
  }

  private var measure: String { table.metric?.title ?? "mean loss" }
  private func strength(_ row: PenaltyTable.Row) -> Double {
    row.penalty.elasticNet.map { $0.l1 + $0.l2 } ?? 0
  }

  /// One series: with a mixture to choose, that of the best share.
  private var shown: [PenaltyTable.Row] {
    table.rows.filter { $0.series == table.rows[row].series && strength($0) > 0 }
  }

  private var charts: [LineChart] {
    func line(_ name: String, _ value: (PenaltyTable.Row) -> Double) -> LineChart.Line {
      LineChart.Line(name, shown.map { (log10(strength($0)), value($0)) })
    }
    let x = "log₁₀ of the penalty's strength"
    return [
      LineChart(
        "\(measure) on the rows held out, by the strength of the penalty", x: x, y: measure,
        lines: [
          line("mean of the folds") { $0.mean },
          line("a standard error above") { $0.mean + $0.standardError },
          line("a standard error below") { $0.mean - $0.standardError },
        ]),
      LineChart(
        "Weights that are not zero, by the strength of the penalty", x: x, y: "weights",
        lines: [line("weights") { Double($0.nonzeros) }]),
    ]
  }

  private var penalties: Report.Block {
    let rows = table.rows.enumerated().map { i, row in
      let (l1, l2) = row.penalty.elasticNet ?? (0, 0)
      return [
        i == self.row ? "\(i + 1), chosen" : "\(i + 1)", format(l1, 4), format(l2, 4), format(row.mean, 6),
        format(row.standardError, 3), format(row.trainingLoss, 6), "\(row.nonzeros)",
      ]
    }
    return .table(
      Report.Table(
        "From the strongest penalty down",
        header: ["", "l1", "l2", measure, "standard error", "training loss", "weights"], rows: rows))
  }

  private var folds: Report.Block {
    let rows = table.rows[row].measures.enumerated().map { ["\($0 + 1)", format($1, 6)] }
    return .table(Report.Table("Each fold", header: ["fold", measure], rows: rows))
  }
}
