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

  init(_ metrics: Metrics, findings: [Finding]) {
    (history, self.findings, command) = (metrics.history, findings, metrics.run.command)
    (seconds, threads) = (metrics.secondsFit, metrics.threads)
    options = metrics.run.options.inOrder.compactMap { name, value in
      value.words.map { (name, $0) }
    }
  }

  var machine: String {
    "\(availableCores) cores, \(threads) of them used"
  }

  /// Nil where there was but one step, of which a curve tells nothing.
  var section: Report.Section? {
    guard history.count > 1 else { return nil }
    func line(_ name: String, _ x: KeyPath<Milestone, Double>, _ y: (Milestone) -> Double?) -> LineChart.Line
    {
      LineChart.Line(
        name, history.compactMap { milestone in y(milestone).map { (milestone[keyPath: x], $0) } })
    }
    let least = history.map(\.objective).min() ?? 0
    var blocks: [Report.Block] = [
      .text("\(history.count) steps in \(duration(seconds)).")
    ]
    for (x, name) in [(\Milestone.passes, "passes over the rows"), (\.seconds, "seconds")] {
      blocks.append(
        .chart(
          LineChart(
            "Objective and proved gap by \(name)", x: name, y: "objective, gap",
            lines: [line("objective", x) { $0.objective }, line("proved gap", x) { $0.gap }],
            isLogarithmic: least > 0)))
    }
    if history.contains(where: { $0.heldOutLoss != nil }) {
      blocks.append(
        .chart(
          LineChart(
            "The loss on rows held out, as the training went on", x: "passes over the rows", y: "mean loss",
            lines: [
              line("rows held out", \.passes) { $0.heldOutLoss },
              line("objective of the training", \.passes) { $0.objective },
            ],
            isLogarithmic: least > 0)))
    }
    return Report.Section("How the training went", blocks)
  }
}
