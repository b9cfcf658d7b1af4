import Descent
import DescentFiles
import LinearAlgebra

/// Reads the rows that a model is trained on, and those that it is measured by.
struct RowsToTrain {
  let arguments: DataArguments
  let test: TestArguments
  let losses: LossOptions
  let seed: UInt64
  let threads: Int?
  /// Rows that the training holds out by itself.
  let stopping: EarlyStopping?
  /// The column of groups that folds keep together.
  let foldsBy: String?
  /// Whether a category of the other data that these have not is an error.
  let isStrict, isQuiet: Bool

  init(
    data: DataArguments, test: TestArguments, losses: LossOptions, seed: UInt64, threads: Int?,
    stopping: EarlyStopping? = nil, foldsBy: String? = nil, isStrict: Bool = false, isQuiet: Bool
  ) {
    (arguments, self.test, self.losses, self.seed, self.threads) = (data, test, losses, seed, threads)
    (self.stopping, self.foldsBy, self.isStrict, self.isQuiet) = (stopping, foldsBy, isStrict, isQuiet)
  }

  /// The rows to train on, and those to measure by.
  func read<Element: KernelScalar & StoredNumber>(_ path: String, as type: Element.Type) throws
    -> TrainingRows
  {
    var reading = losses.reading(arguments)
    reading.threads = threads
    reading.rowsForMeans = rowsForMeans
    reading.roles.group = test.holdout.holdoutBy ?? foldsBy
    if test.holdout.holdoutBy == nil { reading.roles.groupOption = .cvBy }
    let all = try Loading(isQuiet: isQuiet).read(path, reading, as: type)
      .readingNumbers(unless: losses.loss != nil)
    try TargetText(all, arguments, loss: losses.loss?.loss).check(file: path)
    if let holdout = test.holdout.rule(seed: seed, groups: all.groups) {
      try test.holdout.check(
        all, file: path,
        by: test.holdout.holdoutBy.map { "--holdout-by \($0)" } ?? "--cv-by \(foldsBy ?? "")")
      let numbers = holdout.rows(of: all.targets)
      let (training, heldOut) = (all.rows(at: numbers.training), all.rows(at: numbers.heldOut))
      guard heldOut.rows > 0, training.rows > 0 else {
        throw Failure(
          .badData,
          "\(path): a hold-out of \(holdout.fraction) leaves \(training.rows) of \(all.rows) rows to train on "
            + "and \(heldOut.rows) to measure by; " + TargetSummary(all).remedy(holdout: holdout.fraction))
      }
      try heldOut.checkRowNumbers(file: "\(path), the rows held out")
      return TrainingRows(training, heldOut, numbers: numbers.heldOut, of: all, threads: threads)
    }
    guard let other = test.test ?? (test.testQuery == nil ? nil : arguments.sqlite) else {
      return TrainingRows(all, nil, of: all, threads: threads)
    }
    let target: DataOptions.Target = all.classNames.isEmpty ? .numbers : .classes
    var testing = arguments.options(labels: test.testLabels, target: target, model: ModelColumns(all))
    testing.roles = ColumnRoles()
    testing.refusesNegativeTargets = reading.refusesNegativeTargets
    (testing.query, testing.threads, testing.refusesUnseen) = (test.testQuery, threads, isStrict)
    let rows = try Loading(isQuiet: isQuiet).read(other, testing, as: type)
    try rows.checkFinite(other)
    try rows.checkRowNumbers(file: other)
    try all.others.checkOffsets(rows.offsets, data: other)
    return TrainingRows(all, rows, of: all, threads: threads)
  }

  /// The rows that are learnt from: means that take the place of missing numbers come from them alone.
  private var rowsForMeans: @Sendable (Targets, [String], [Int32]?) -> [Int] {
    let (seed, isDecided, test) = (seed, losses.loss != nil, test.holdout)
    let stopping = stopping.map { Holdout($0.holdout, seed: seed) }
    return { targets, classNames, groups in
      var targets = isDecided ? targets : targets.asNumbers(classNames) ?? targets
      var rows = Array(0..<targets.rows)
      for rule in [test.rule(seed: seed, groups: groups), stopping].compactMap({ $0 }) {
        let kept = rule.rows(of: targets).training
        (targets, rows) = (targets.gathered(at: kept), kept.map { rows[$0] })
      }
      return rows
    }
  }
}
