import ArgumentParser
import Descent
import DescentFiles
import LinearAlgebra

struct Train: ParsableCommand {
  static let configuration = CommandConfiguration(
    abstract: "Fit a model to DATA and write it to a file.",
    discussion: """
      The model is linear, s = W·x + b, or a network of such layers, and takes raw features: scaling is fitted on \
      the training rows and folded in.

        descent train iris.csv --holdout 0.2
        descent train sales.csv --label price --loss squared --l2 0.01
        descent train cars.csv --categorical make,fuel --missing mean
        descent train --sqlite shop.db --query "select age, bought from visits"
        descent train images-idx3-ubyte.gz --labels labels-idx1-ubyte.gz
        descent train cifar-10-batches-bin --test test_batch.bin
        descent train digits.csv --model network --hidden 128,64 --patience 5
        descent train wide.tsv --l1 1e-3 --metrics m.json -o sparse.onnx
      """)

  @Argument(help: ArgumentHelp(FormatHelp.data, valueName: "data"), completion: .data)
  var file: String?

  @OptionGroup(title: "Data") var dataArguments: DataArguments
  @OptionGroup(title: "Test data") var test: TestArguments
  @OptionGroup(title: "What is learnt, and how") var options: TrainOptions
  @OptionGroup(title: "Probabilities") var calibration: CalibrationArguments
  @OptionGroup(title: "Solver") var solver: SolverOptions
  @OptionGroup(title: "Output") var output: OutputArguments
  @OptionGroup(title: "Checkpoints") var checkpoints: CheckpointArguments
  @OptionGroup(title: "Output") var force: ForceArguments

  func validate() throws {
    _ = try dataArguments.path(file)
    try Usage.require(
      test.testQuery == nil || dataArguments.sqlite != nil, "--test-query needs --sqlite")
    try Usage.require(
      !dataArguments.dropExtraFeatures || test.test != nil,
      "--drop-extra-features is for rows that a model scores: add --test, or leave it out")
    try options.model.check(solver)
    try files.checkNames()
  }

  /// What is read; checked in ``validate()``.
  private var data: String { (try? dataArguments.path(file)) ?? "" }

  /// What is written.
  private var files: [Output?] { output.files(for: data) + [checkpoints.file] }

  func run() throws {
    let inputs = [data, dataArguments.labels, test.test, test.testLabels]
    try force.check(files, against: inputs)
    try checkpoints.check(isForced: force.force)
    let clock = ContinuousClock()
    let start = clock.now
    let data = options.precision == .float ? try load(as: Float.self) : try load(as: Double.self)
    let seconds = (clock.now - start) / .seconds(1)
    let recipe = try options.trainer(for: data.training, solver)
    switch options.precision {
    case .float: try train(on: data, loadSeconds: seconds, recipe, as: Float.self)
    case .double: try train(on: data, loadSeconds: seconds, recipe, as: Double.self)
    case .automatic:
      try check(recipe.trainer, data.training)
      if let demand = recipe.trainer.precisionDemand(of: data.training) {
        if !output.quiet { Console.say(demand.sentence) }
        try train(on: data, loadSeconds: seconds, recipe, as: Double.self)
      } else {
        try train(on: data, loadSeconds: seconds, recipe, as: Float.self)
      }
    }
  }

  /// How the targets were read, in the words of the options.
  private func target(of training: Dataset) -> TargetText {
    TargetText(training, dataArguments, loss: options.loss)
  }

  private func check(_ trainer: Trainer, _ training: Dataset) throws(Failure) {
    try explaining(training) { () throws(TrainingError) in try trainer.check(training) }
  }

  /// What `body` finds wrong, in the words of the options.
  private func explaining<Result>(
    _ training: Dataset, _ body: () throws(TrainingError) -> Result
  ) throws(Failure) -> Result {
    do throws(TrainingError) { return try body() } catch {
      throw target(of: training).explaining(Failure(error, file: data), error)
    }
  }

  private func train<Element: KernelScalar & StoredNumber>(
    on data: TrainingRows, loadSeconds: Double,
    _ recipe: (trainer: Trainer, reason: String?), as type: Element.Type
  ) throws {
    let (training, heldOut) = (data.training, data.heldOut)
    try calibration.check(recipe.trainer)
    try check(recipe.trainer, training)
    let watch = TrainingWatch(limit: options.timeLimit)
    var trainer = try explaining(training) { () throws(TrainingError) in
      try options.losses.scaled(recipe.trainer, to: training, isInterrupted: { watch.isOver })
    }
    let isDeltaFound = options.losses.isScaled(recipe.trainer)
    // A δ that there was no time to find is not the one that --resume would find.
    let isCutShort = isDeltaFound && watch.isOver
    if isDeltaFound { trainer.timeLimit = watch.timeLeft }
    let summary = TrainSummary(
      trainer: trainer, solverReason: recipe.reason, isDeltaFound: isDeltaFound, training: training,
      isQuiet: output.quiet)
    summary.before(target(of: training))
    if !output.quiet, let note = data.copies(test) { Console.say(note) }
    if let size = solver.batchSize, size > training.rows, !output.quiet {
      Console.say(
        "note: --batch-size \(size) is more than the \(training.rows) rows: a step takes all of them"
      )
    }
    let session = isCutShort ? nil : try checkpoints.session(isQuiet: output.quiet)
    var fit: Fit<Element> = try fit(trainer, training, heldOut, watch, session)
    let verdict = TrainingVerdict(
      on: fit, file: self.data, isStrict: solver.strict && !(trainer.solver is MiniBatch),
      hasLearnt: !isCutShort && fit.history.count > (trainer.solver is MiniBatch ? 0 : 1),
      howToGoOn: checkpoints.howToGoOn
    ) {
      solver.remedyForDivergence(options.scaling) { Preflight(trainer, training).proposedLearningRate() }
    }
    if verdict.keepsModel {
      fit = try explaining(training) { () throws(TrainingError) in
        try calibration.calibrated(
          fit, trainer, training, heldOut: test.isOther ? nil : heldOut, isQuiet: output.quiet)
      }
    }
    let metrics = Metrics(
      RunRecord(self, data: self.data, data), fit: fit, trainer: trainer, training: training,
      heldOut: heldOut, loadSeconds: loadSeconds)
    if let failure = training.features.failure ?? heldOut?.features.failure { throw Failure(failure) }
    if verdict.keepsModel {
      try output.write(metrics.run.signed(fit.model, metrics.onTest), named: self.data)
      summary.after(fit, metrics, model: output.modelPath(for: self.data))
    }
    try output.write(metrics)
    if let failure = verdict.failure { throw failure }
  }

  /// The rows to train on, and those to measure by.
  private func load<Element: KernelScalar & StoredNumber>(as type: Element.Type) throws -> TrainingRows {
    var reading = options.losses.reading(dataArguments)
    reading.threads = options.threads
    reading.rowsForMeans = rowsForMeans
    reading.roles.group = test.holdout.holdoutBy
    let all = try Loading(isQuiet: output.quiet).read(data, reading, as: type)
      .readingNumbers(unless: options.loss != nil)
    try TargetText(all, dataArguments, loss: options.loss).check(file: data)
    if let holdout = test.holdout.rule(seed: options.seed, groups: all.groups) {
      try test.holdout.check(all, file: data)
      let (training, heldOut) = all.split(holdout)
      guard heldOut.rows > 0, training.rows > 0 else {
        throw Failure(
          .badData,
          "\(data): a hold-out of \(holdout.fraction) leaves \(training.rows) of \(all.rows) rows to train on "
            + "and \(heldOut.rows) to measure by; " + TargetSummary(all).remedy(holdout: holdout.fraction))
      }
      try heldOut.checkRowNumbers(file: "\(data), the rows held out")
      return TrainingRows(training, heldOut, of: all)
    }
    guard let path = test.test ?? (test.testQuery == nil ? nil : dataArguments.sqlite) else {
      return TrainingRows(all, nil, of: all)
    }
    let target: DataOptions.Target = all.classNames.isEmpty ? .numbers : .classes
    var testing = dataArguments.options(labels: test.testLabels, target: target, model: ModelColumns(all))
    testing.roles = ColumnRoles()
    testing.refusesNegativeTargets = reading.refusesNegativeTargets
    (testing.query, testing.threads, testing.refusesUnseen) = (test.testQuery, options.threads, solver.strict)
    let rows = try Loading(isQuiet: output.quiet).read(path, testing, as: type)
    try rows.checkFinite(path)
    try rows.checkRowNumbers(file: path)
    try all.others.checkOffsets(rows.offsets, data: path)
    return TrainingRows(all, rows, of: all)
  }

  /// The rows that are learnt from: means that take the place of missing numbers come from them alone.
  private var rowsForMeans: @Sendable (Targets, [String], [Int32]?) -> [Int] {
    let (seed, isDecided, test) = (options.seed, options.loss != nil, test.holdout)
    let stopping = solver.earlyStopping.map { Holdout($0.holdout, seed: seed) }
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

  private func fit<Element: KernelScalar>(
    _ trainer: Trainer, _ training: Dataset, _ heldOut: Dataset?, _ watch: TrainingWatch,
    _ session: CheckpointSession?
  ) throws -> Fit<Element> {
    let progress = ProgressLine(
      rows: training.rows,
      passes: (trainer.solver as? MiniBatch).map { Double($0.epochs(rows: training.rows)) },
      isVerbose: output.verbose)
    defer { if !output.quiet { progress.end() } }
    let observer: Monitor.Observer? = output.quiet ? nil : { progress.show($0) }
    let result = Result { () throws(TrainingError) -> Fit<Element> in
      try trainer.fit(
        training, as: Element.self, checkpoints: session?.plan,
        // The record of it is for metrics alone, and costs a look at these rows a pass.
        measuring: output.metrics == nil ? nil : heldOut,
        isInterrupted: { watch.isInterrupted || session?.error != nil }, observer: observer)
    }
    // A checkpoint that cannot be written ends the training: it was asked for so that nothing is lost.
    if let error = session?.error { throw error }
    switch result {
    case .success(let fit): return fit
    case .failure(.checkpoint(let problem)):
      throw session?.failure(problem) ?? Failure(.badData, "\(problem)")
    case .failure(let error): throw Failure(error, file: data)
    }
  }
}
