import Descent
import DescentPictures
import Foundation
import LinearAlgebra
import Synchronization

/// The choice of a penalty: run, told to people, and kept in the metrics.
struct ChoiceRun<Element: KernelScalar> {
  let choice: PenaltyChoice<Element>
  private let search: CrossValidation
  private let groupColumn: String?

  private init(_ choice: PenaltyChoice<Element>, _ search: CrossValidation, groupColumn: String?) {
    (self.choice, self.search, self.groupColumn) = (choice, search, groupColumn)
  }

  /// Nil where nothing is to be measured by folds.
  ///
  /// - Parameter trainer: with the penalty that is not chosen.
  static func run(
    _ asked: ChoiceOptions, _ options: TrainOptions, _ solver: SolverOptions, _ trainer: Trainer,
    on data: Dataset, _ watch: TrainingWatch, isQuiet: Bool
  ) throws(TrainingError) -> ChoiceRun? {
    guard let folds = asked.folds(options, groups: asked.cvBy == nil ? nil : data.groups) else { return nil }
    var trainer = trainer
    // What suits each penalty, of which there are many.
    if solver.solver == .auto { trainer.solver = Automatic(tolerance: solver.tolerance ?? 1e-4) }
    trainer.timeLimit = watch.timeLeft
    let search = CrossValidation(
      trainer, over: asked.search(options), folds: folds, metric: asked.metric?.metric,
      rule: asked.choose ?? .minimum)
    let progress = ChoiceProgress(isQuiet: isQuiet)
    defer { StatusLine.clear() }
    let choice: PenaltyChoice<Element> = try search.choose(
      for: data, as: Element.self, isInterrupted: { [flag = watch.flag] in flag.isRaised },
      observer: { progress.show($0, of: $1) })
    return ChoiceRun(choice, search, groupColumn: asked.cvBy)
  }

  private var rows: [PenaltyTable.Row] { choice.table.rows }

  /// The one that was chosen.
  var penalty: any Penalty {
    let penalty = choice.trainer.penalty
    return penalty.elasticNet.map { TrainOptions.penalty(l1: $0.l1, l2: $0.l2) } ?? penalty
  }

  /// What was measured, the best, and what the other rule takes.
  var lines: [String] {
    let folds =
      "\(search.folds.count) folds"
      + (search.folds.repeats > 1 ? ", dealt \(search.folds.repeats) times" : "")
      + (groupColumn.map { " of whole groups by '\($0)'" } ?? "")
    guard search.search != nil else { return ["cross-validation: \(measure(of: choice.row)) over \(folds)"] }
    let (best, simplest) = (choice.table.row(by: .minimum), choice.table.row(by: .oneStandardError))
    func line(_ row: Int, _ rule: ChoiceRule) -> String {
      "\(words(for: row)): \(measure(of: row))"
        + (row == choice.row ? "" : "; --choose \(rule.rawValue) takes it")
    }
    var lines = [
      "cross-validation: \(rows.count) penalties by \(folds)", "best: \(line(best, .minimum))",
      "within one standard error: "
        + (simplest == best ? "none that is stronger" : line(simplest, .oneStandardError)),
    ]
    let isLast = best == rows.count - 1 || rows[best + 1].series != rows[best].series
    if isLast {
      lines.append("note: the best is the weakest penalty that was tried: none at all may do as well")
    }
    return lines
  }

  /// As options have it.
  private func words(for row: Int) -> String {
    let (l1, l2) = rows[row].penalty.elasticNet ?? (0, 0)
    // Four digits of the strength, and two of the mixture's share.
    let (first, second) = ("--l1 \(format(l1, 6))", "--l2 \(format(l2, 6))")
    let strengths =
      switch search.search {
      case .l1: first
      case .l2: second
      case .mixture, nil: "\(first) \(second)"
      }
    return "\(strengths), \(rows[row].nonzeros) weights"
  }

  private func measure(of row: Int) -> String {
    let name = search.metric.map { MetricName.name(of: $0) } ?? "mean loss"
    return "\(name) \(format(rows[row].mean, 6)) ± \(format(rows[row].standardError, 3))"
  }

  /// For a report.
  var section: Report.Section {
    ChoiceBlocks(table: choice.table, row: choice.row, lines: lines, isSearch: search.search != nil).section
  }

  var json: JSONValue {
    .object([
      "folds": .count(search.folds.count), "repeats": .count(search.folds.repeats),
      "by": .text(groupColumn), "metric": .text(search.metric?.rawValue ?? "loss"),
      "rule": .text(search.search == nil ? nil : search.rule.rawValue), "chosen": .count(choice.row),
      "minimum": .count(choice.table.row(by: .minimum)),
      "one_standard_error": .count(choice.table.row(by: .oneStandardError)),
      "penalties": .list(rows.map(json)),
    ])
  }

  private func json(_ row: PenaltyTable.Row) -> JSONValue {
    func number(_ value: Double?) -> JSONValue { .number(value.flatMap { $0.isFinite ? $0 : nil }) }
    return .object([
      "l1": .number(row.penalty.elasticNet?.l1), "l2": .number(row.penalty.elasticNet?.l2),
      "mean": number(row.mean), "standard_error": number(row.standardError),
      "fold_losses": .list(row.losses.map { number($0) }),
      "fold_scores": row.scores.map { .list($0.map { number($0) }) } ?? .null,
      "training_loss": number(row.trainingLoss), "nonzeros": .count(row.nonzeros),
      "gap_relative": number(row.relativeGap),
    ])
  }
}

/// Shows people how far a choice is.
final class ChoiceProgress: Sendable {
  private let isQuiet: Bool
  private let start = ContinuousClock.now
  private let lastShown = Mutex(0.0)

  init(isQuiet: Bool) { self.isQuiet = isQuiet }

  func show(_ trained: Int, of all: Int) {
    guard !isQuiet else { return }
    let seconds = (ContinuousClock.now - start) / .seconds(1)
    lastShown.withLock { last in
      guard seconds - last > (Terminal.errors.rewrites ? 0.1 : 2) else { return }
      last = seconds
      let line = "cross-validation: \(trained) of \(all) models  \(duration(seconds))"
      if Terminal.errors.rewrites { StatusLine.show(line) } else { Console.say(line) }
    }
  }
}
