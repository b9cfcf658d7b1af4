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
  @OptionGroup(title: "What is learnt, and how") var start: StartArguments
  @OptionGroup(title: "Choosing a penalty") var choice: ChoiceOptions
  @OptionGroup(title: "Probabilities") var calibration: CalibrationArguments
  @OptionGroup(title: "Solver") var solver: SolverOptions
  @OptionGroup(title: "Output") var output: OutputArguments
  @OptionGroup(title: "Checkpoints") var checkpoints: CheckpointArguments
  @OptionGroup(title: "Output") var force: ForceArguments

  func validate() throws {
    _ = try dataArguments.path(file)
    try test.check(dataArguments)
    try options.model.check(solver)
    try choice.check(options, solver, test.holdout)
    try choice.check(checkpoints, start, options)
    try files.checkNames()
  }

  /// What is read; checked in ``validate()``.
  var data: String { (try? dataArguments.path(file)) ?? "" }

  /// What is written.
  private var files: [Output?] { output.files(for: data) + [checkpoints.file] }

  func run() throws {
    try checkRanks()
    let inputs = [data, dataArguments.labels, test.test, test.testLabels]
    try force.check(files, against: inputs)
    try checkpoints.check(isForced: force.force)
    let clock = ContinuousClock()
    let start = clock.now
    // As they are stored, which is as doubles where it is not said which precision serves them.
    let stored = options.precision == .float ? Precision.float : .double
    let data = try load(as: stored.type)
    let seconds = (clock.now - start) / .seconds(1)
    let recipe = try options.trainer(for: data.training, solver)
    let precision = try precision(for: recipe.trainer, data.training)
    try train(on: data, loadSeconds: seconds, recipe, as: precision.type)
  }

  /// That of the parameters.
  private func precision(for trainer: Trainer, _ training: Dataset) throws(Failure) -> Precision {
    guard options.precision == .automatic else { return options.precision }
    try check(trainer, training)
    guard let demand = trainer.precisionDemand(of: training) else { return .float }
    if !isQuiet { Console.say(demand.sentence) }
    return .double
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
      throw target(of: training).explaining(Failure(error, file: data, training), error)
    }
  }

  private func train<Element: KernelScalar & StoredNumber>(
    on data: TrainingRows, loadSeconds: Double,
    _ recipe: (trainer: Trainer, reason: String?), as type: Element.Type
  ) throws {
    let (training, heldOut) = (data.training, data.heldOut)
    try calibration.check(recipe.trainer)
    try check(recipe.trainer, training)
    try explaining(training) { () throws(TrainingError) in try tellUnshared(recipe.trainer, training) }
    let start: TrainedModel<Element>? = try start.model(
      for: recipe.trainer, training, isQuiet: isQuiet)
    let watch = TrainingWatch(limit: options.timeLimit)
    var trainer = try explaining(training) { () throws(TrainingError) in
      try options.losses.scaled(recipe.trainer, to: training, isInterrupted: { watch.isOver })
    }
    let isDeltaFound = options.losses.isScaled(recipe.trainer)
    // A δ that there was no time to find is not the one that --resume would find.
    let isCutShort = isDeltaFound && watch.isOver
    if isDeltaFound { trainer.timeLimit = watch.timeLeft }
    var reason = recipe.reason
    var summary: TrainSummary {
      TrainSummary(
        trainer: trainer, solverReason: reason, isDeltaFound: isDeltaFound, training: training,
        account: isQuiet ? .none : output.account)
    }
    summary.ofData(target(of: training))
    let choice: ChoiceRun<Element>? = try choose(for: trainer, training, watch)
    if let choice {
      if !isQuiet { choice.lines.forEach(Console.say) }
      let loss = trainer.loss
      (trainer, reason) = try options.trainer(for: training, solver, penalty: choice.penalty)
      (trainer.loss, trainer.timeLimit) = (loss, watch.timeLeft)
    }
    summary.before()
    if !isQuiet, let note = data.copies(test) { Console.say(note) }
    if let size = solver.batchSize, size > training.rows, !isQuiet {
      Console.say(
        "note: --batch-size \(size) is more than the \(training.rows) rows: a step takes all of them"
      )
    }
    let session = isCutShort ? nil : try checkpoints.session(isQuiet: isQuiet)
    var fit: Fit<Element> = try fit(
      trainer, training, heldOut, from: start ?? choice?.choice.start, watch, session)
    let verdict = TrainingVerdict(
      on: fit, file: self.data, isStrict: solver.strict && !(trainer.solver is MiniBatch),
      hasLearnt: !isCutShort && fit.history.count > (trainer.solver is MiniBatch ? 0 : 1),
      howToGoOn: checkpoints.howToGoOn
    ) {
      solver.remedyForDivergence(options.scaling) { Preflight(trainer, training).proposedLearningRate() }
    }
    var failure = verdict.failure
    guard RankProcess.isRoot else { return }
    if verdict.keepsModel {
      let calibrated = try explaining(training) { () throws(TrainingError) in
        try calibration.calibrated(
          fit, trainer, training, heldOut: test.isOther ? nil : heldOut, watch, isQuiet: isQuiet)
      }
      if let calibrated { fit = calibrated } else { failure = failure ?? CalibrationArguments.interrupted }
    }
    var metrics = Metrics(
      RunRecord(self, data: self.data, data), fit: fit, trainer: trainer, training: training,
      heldOut: heldOut, loadSeconds: loadSeconds)
    if let choice { metrics.crossValidation = choice.json }
    if let failure = training.features.failure ?? heldOut?.features.failure { throw Failure(failure) }
    if verdict.keepsModel {
      let model = metrics.run.signed(fit.model, metrics.onTest)
      try output.write(model, named: self.data)
      try output.write(
        reportOn: model, metrics, trainer, data, choice: choice?.section, named: self.data)
      summary.after(fit, metrics, model: output.modelPath(for: self.data))
    }
    try output.write(metrics)
    if let failure { throw failure }
  }

  /// The penalty by rows that are held out in turn; nil where that is not asked for.
  private func choose<Element: KernelScalar>(
    for trainer: Trainer, _ training: Dataset, _ watch: TrainingWatch
  ) throws -> ChoiceRun<Element>? {
    do throws(Failure) {
      return try explaining(training) { () throws(TrainingError) in
        try ChoiceRun.run(choice, options, solver, trainer, on: training, watch, isQuiet: isQuiet)
      }
    } catch {
      guard error.code == .interrupted, !watch.isInterrupted else { throw error }
      throw Failure(
        .timeLimit,
        "\(data): the time limit came before a penalty was chosen; no model was written; give it more time, or fewer "
          + "--cv folds")
    }
  }

  private func load<Element: KernelScalar & StoredNumber>(as type: Element.Type) throws -> TrainingRows {
    try RowsToTrain(
      data: dataArguments, test: test, losses: options.losses, seed: options.seed, threads: options.threads,
      stopping: solver.earlyStopping, foldsBy: choice.cvBy, isStrict: solver.strict, isQuiet: isQuiet
    ).read(data, as: type)
  }

  private func fit<Element: KernelScalar>(
    _ trainer: Trainer, _ training: Dataset, _ heldOut: Dataset?, from start: TrainedModel<Element>?,
    _ watch: TrainingWatch, _ session: CheckpointSession?
  ) throws -> Fit<Element> {
    let progress = ProgressLine(rows: training.rows, trainer: trainer, isVerbose: output.verbose)
    defer { StatusLine.clear() }
    var trainer = trainer
    trainer.recordsGaps = output.recordsGaps
    let observer: Monitor.Observer? = isQuiet ? nil : { progress.show($0) }
    let result = Result { () throws(TrainingError) -> Fit<Element> in
      // It costs a look at these rows a pass, and is for those who see it.
      let measured = output.recordsHeldOut ? heldOut : nil
      let isInterrupted = { watch.isInterrupted || session?.error != nil }
      guard let start else {
        return try trainer.fit(
          training, as: Element.self, checkpoints: session?.plan, measuring: measured,
          isInterrupted: isInterrupted, observer: observer)
      }
      return try trainer.fit(
        training, from: start, checkpoints: session?.plan, measuring: measured, isInterrupted: isInterrupted,
        observer: observer)
    }
    // A checkpoint that cannot be written ends the training: it was asked for so that nothing is lost.
    if let error = session?.error { throw error }
    switch result {
    case .success(let fit): return fit
    case .failure(.checkpoint(let problem)):
      throw session?.failure(problem) ?? Failure(.badData, "\(problem)")
    case .failure(let error): throw Failure(error, file: data, training)
    }
  }
}
