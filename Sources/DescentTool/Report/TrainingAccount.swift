import Descent
import DescentPictures
import Foundation

/// What a report tells of a training, and a model's file does not.
struct TrainingAccount {
  let history: [Milestone]
  let findings: [Finding]
  /// As it was typed.
  let command: String
  let options: [(name: String, value: String)]
  let seconds: Double
  let threads: Int
  /// How the penalty was chosen; nil where it was given.
  let choice: Report.Section?
  /// What is to be known of the curves.
  private let remarks: [String]

  init(_ metrics: Metrics, findings: [Finding], choice: Report.Section?) {
    (history, self.findings, command) = (metrics.history, findings, metrics.run.command)
    (seconds, threads, self.choice) = (metrics.secondsFit, metrics.threads, choice)
    var remarks: [String] = []
    if metrics.epochs != nil {
      remarks.append(
        "Each point but those of rows held out is the mean over an epoch's batches, each by the weights that it met: the model, "
          + "which has the last or the best of them, is mostly better.")
    }
    if let unit = metrics.targetScaling?.sentence("the losses here, and the objective") {
      remarks.append(unit)
    }
    self.remarks = remarks
    options = metrics.run.options.inOrder.compactMap { name, value in
      value.words.map { (name, $0) }
    }
  }

  var machine: String { "\(Machine.description); \(threads) threads were used" }

  var section: Report.Section {
    let remarks = remarks.map { Report.Block.text($0) }
    guard history.count > 1 else {
      let text = "The solver came to its end in one step, in \(duration(seconds)): there is no curve to draw."
      return Report.Section("How the training went", [.text(text)] + remarks)
    }
    return Report.Section(
      "How the training went",
      [.text("\(history.count) points in \(duration(seconds)).")] + remarks + [.charts(losses + gaps)])
  }

  private typealias Unit = (place: KeyPath<Milestone, Double>, name: String)
  private var units: [Unit] { [(\.passes, "passes over the rows"), (\.seconds, "seconds")] }

  private var losses: [LineChart] {
    let isPenalised = history.contains { ($0.loss ?? $0.objective) != $0.objective }
    return units.map { unit in
      let lines = [
        line("objective", unit) { $0.objective },
        line("loss on the rows trained on", unit) { isPenalised ? $0.loss : nil },
        line("loss on the rows held out", unit) { $0.heldOutLoss },
      ]
      let numbers = lines.flatMap { $0.points.map(\.y) }.filter(\.isFinite)
      let (least, most) = (numbers.min() ?? 0, numbers.max() ?? 0)
      return LineChart(
        "What was minimised, by \(unit.name)", x: unit.name, y: "mean over the rows", lines: lines,
        isLogarithmic: least > 0 && most > 10 * least)
    }
  }

  /// None where nothing was proved on the way there.
  private var gaps: [LineChart] {
    units.map { unit in
      LineChart(
        "The proved gap to the best possible, by \(unit.name)", x: unit.name, y: "gap",
        lines: [line("proved gap", unit) { $0.gap }], isLogarithmic: true)
    }.filter { ($0.lines.first?.points.count ?? 0) > 1 }
  }

  private func line(_ name: String, _ unit: Unit, _ value: (Milestone) -> Double?) -> LineChart.Line {
    LineChart.Line(
      name, history.compactMap { point in value(point).map { (point[keyPath: unit.place], $0) } })
  }
}
