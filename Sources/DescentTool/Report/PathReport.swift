import Descent
import DescentPictures
import Foundation

/// A page about a path of penalties, from its file.
struct PathReport {
  let path: PathFile
  private static let most = 5

  var page: Report {
    Report(
      "A path of penalties",
      subtitle:
        "\(path.points.count) of \(path.count) linear models of \(path.features) features, trained on \(path.rows) rows",
      highlights: highlights, sections: [losses, weights, points, again])
  }

  private var best: PathFile.Point? {
    path.points.filter { $0.heldOutLoss != nil }.min { $0.heldOutLoss! < $1.heldOutLoss! }
  }

  private var highlights: [Report.Highlight] {
    var result: [Report.Highlight] = []
    if let best {
      let place = "at l1 \(format(best.l1, 4)), l2 \(format(best.l2, 4)): the least loss on rows held out"
      let measure =
        best.heldOutAccuracy.map { (percent($0), "accuracy ") } ?? best.heldOutR2.map {
          (format($0, 4), "R² ")
        }
        ?? (format(best.heldOutLoss!, 4), "")
      result.append(Report.Highlight(measure.0, measure.1 + place))
      result.append(Report.Highlight("\(best.nonzeros)", "weights that are not zero there"))
    }
    let proved = path.points.count { $0.isCertified }
    return result + [
      Report.Highlight(
        "\(proved) of \(path.points.count)",
        "models proved within \(format(100 * path.tolerance, 2)) % of their best possible objective")
    ]
  }

  private var strength: (name: String, of: (PathFile.Point) -> Double) { path.strength }

  private func line(_ name: String, _ value: (PathFile.Point) -> Double?) -> LineChart.Line {
    LineChart.Line(
      name, path.points.compactMap { point in value(point).map { (log10(strength.of(point)), $0) } })
  }

  private var x: String { "log₁₀ of \(strength.name)" }

  private var losses: Report.Section {
    Report.Section(
      "What a weaker penalty does",
      [
        .text("The penalty falls from the right to the left."),
        .charts([
          LineChart(
            "The mean loss by the strength of the penalty", x: x, y: "mean loss",
            lines: [line("rows trained on") { $0.loss }, line("rows held out") { $0.heldOutLoss }]),
          LineChart(
            "Weights that are not zero, by the strength of the penalty", x: x, y: "weights",
            lines: [line("weights") { Double($0.nonzeros) }]),
        ]),
      ])
  }

  private var weights: Report.Section {
    let all = path.largestWeights
    let lines = all.prefix(Self.most).map { weight in
      LineChart.Line(weight.name, zip(path.points, weight.values).map { (log10(strength.of($0)), $1) })
    }
    let others = all.dropFirst(Self.most).prefix(95).map { weight in
      zip(path.points, weight.values).map { (x: log10(strength.of($0)), y: $1) }
    }
    let table = all.prefix(30).map { weight in
      [
        weight.name, format(weight.values.last ?? 0, 4),
        weight.entry.map { format(strength.of(path.points[$0]), 4) } ?? "–",
      ]
    }
    return Report.Section(
      "Which weights come in, and when",
      [
        .charts([
          LineChart(
            "The \(lines.count + others.count) largest weights of \(all.count), \(path.weightUnit); \(lines.count) of them by name",
            x: x, y: "weight",
            lines: Array(lines), background: Array(others))
        ]),
        .table(
          Report.Table(
            "The largest weights, \(path.weightUnit)",
            header: ["", "at the last point", "not zero from \(strength.name)"],
            rows: table)),
      ])
  }

  private var points: Report.Section {
    let rows = path.points.enumerated().map { i, point in
      [
        "\(i + 1)", format(point.l1, 4), format(point.l2, 4), format(point.loss, 6),
        point.heldOutLoss.map { format($0, 6) } ?? "–",
        point.heldOutAccuracy.map { percent($0) } ?? point.heldOutR2.map { format($0, 4) } ?? "–",
        "\(point.nonzeros)", point.gap.map { format($0, 2) } ?? "–",
      ]
    }
    return Report.Section(
      "Each point",
      [
        .folded(
          "\(rows.count) points",
          [
            .table(
              Report.Table(
                "From the strongest penalty down",
                header: ["", "l1", "l2", "loss", "held out", "accuracy or R²", "weights", "proved gap"],
                rows: rows))
          ])
      ])
  }

  private var again: Report.Section {
    let facts =
      path.facts.map { (name: $0.name, value: shortened($0.value, to: 200)) } + [
        ("report made by", "descent \(Provenance.currentVersion)"), ("machine", Machine.description),
        ("took", duration(path.seconds)),
      ]
    return Report.Section(
      "How to make it again",
      [.code(path.command), .folded("all that the points depend on", [.facts(facts)])])
  }
}
