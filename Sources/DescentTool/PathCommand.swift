import ArgumentParser
import Descent
import DescentFiles
import LinearAlgebra

struct PathCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "path",
    abstract: "Fit linear models to DATA under penalties that fall step by step.",
    discussion: """
      From the largest penalty that is of interest, at which all weights are 0, down to a small share of it. Each model is \
      proved to be within --tolerance of its optimum, and is the one that 'descent train' finds with that --l1 or --l2.

        descent path sales.csv --label price --output path.json
        descent path churn.csv --holdout 0.2 --output path.csv --picture path.svg
        descent path iris.csv --along both --l1-ratio 0.9 --points 50 -o path.json
      """)

  @Argument(help: ArgumentHelp(FormatHelp.data, valueName: "data"), completion: .data)
  var file: String?

  @OptionGroup(title: "Data") var dataArguments: DataArguments
  @OptionGroup(title: "Test data") var test: TestArguments
  @OptionGroup(title: "Penalties") var penalties: PathOptions
  @OptionGroup(title: "What is learnt, and how") var options: TrainOptions
  @OptionGroup(title: "Output") var output: PathOutputArguments
  @OptionGroup(title: "Output") var force: ForceArguments

  func validate() throws {
    _ = try dataArguments.path(file)
    try test.check(dataArguments)
    try penalties.check(options)
    try output.files.checkNames()
  }

  /// Whether nothing is told to people: of ranks one tells, and writes.
  private var isQuiet: Bool { output.quiet || !RankProcess.isRoot }

  /// What is read; checked in ``validate()``.
  private var data: String { (try? dataArguments.path(file)) ?? "" }

  func run() throws {
    try RankProcess.refuse([("data from standard input", data == "-")])
    if !isQuiet { RankProcess.announce() }
    try force.check(output.files, against: [data, dataArguments.labels, test.test, test.testLabels])
    let rows = RowsToTrain(
      data: dataArguments, test: test, losses: options.losses, seed: options.seed, threads: options.threads,
      isQuiet: isQuiet)
    let stored = options.precision == .float ? Precision.float : .double
    let data = try rows.read(data, as: stored.type)
    let trainer = trainer(for: data.training)
    try explaining(data) { () throws(TrainingError) in try trainer.check(data.training) }
    try follow(trainer, data, as: precision(for: trainer, data.training).type)
  }

  /// That of the parameters.
  private func precision(for trainer: Trainer, _ training: Dataset) -> Precision {
    guard options.precision == .automatic else { return options.precision }
    guard let sentence = doubleSentence(trainer, training) else { return .float }
    if !isQuiet { Console.say(sentence) }
    return .double
  }

  /// Why the path wants double precision; nil where single precision does. That no penalty stays is no reason: each of its
  /// models has one.
  private func doubleSentence(_ trainer: Trainer, _ data: Dataset) -> String? {
    guard penalties.tolerance >= 1e-6 else {
      return "precision double: float does not prove gaps below \(format(penalties.tolerance, 2))"
    }
    var penalised = trainer
    penalised.penalty = ElasticNet(l1: 1, l2: 1)
    return penalised.precisionDemand(of: data)?.sentence
  }

  /// The recipe, with the penalty that stays along the path.
  private func trainer(for data: Dataset) -> Trainer {
    var trainer = Trainer(
      loss: options.losses.chosen(for: data), penalty: options.penalty,
      solver: Automatic(tolerance: penalties.tolerance), scaling: options.scaling, seed: options.seed,
      threads: options.threads ?? RankProcess.threads, fitsIntercept: !options.model.noIntercept,
      classWeights: options.classWeight?.weights)
    trainer.communicator = RankProcess.communicator
    return trainer
  }

  private func follow<Element: KernelScalar & StoredNumber>(
    _ recipe: Trainer, _ data: TrainingRows, as type: Element.Type
  ) throws {
    let watch = TrainingWatch(limit: options.timeLimit)
    let trainer = try explaining(data) { () throws(TrainingError) in
      try options.losses.scaled(recipe, to: data.training, isInterrupted: { watch.isOver })
    }
    let start = ContinuousClock.now
    let path = try explaining(data) { () throws(TrainingError) in
      try PenaltyPath(trainer, on: data.training, as: type)
    }
    let grid = try explaining(data) { () throws(TrainingError) in
      try path.penalties(along: penalties.direction, points: penalties.points, smallest: penalties.smallest)
    }
    let compiling = ContinuousClock.now - start
    let record = PathRecord(path, grid, of: data, penalties)
    try record.resume(output)
    let progress = PathProgress(isQuiet: isQuiet, count: grid.count)
    if !isQuiet { record.announce(trainer) }
    record.begin(after: compiling)
    defer { StatusLine.clear() }
    var failure: (any Error)?
    _ = try explaining(data) { () throws(TrainingError) in
      try path.fit(
        record.missing, after: record.last, isInterrupted: { watch.isOver || failure != nil },
        observer: { point in
          record.add(point)
          progress.show(point, number: record.points.count)
          // A file that cannot be written ends the path.
          guard output.isResumable, RankProcess.isRoot else { return }
          do { try progress.write { try output.write(record, isLast: false) } } catch { failure = error }
        })
    }
    if let failure { throw failure }
    guard RankProcess.isRoot else { return }
    try output.write(record, isLast: true)
    if !output.quiet { record.summary(output).forEach(Console.say) }
    guard watch.isInterrupted else { return }
    throw Failure(
      .interrupted,
      "interrupted; \(record.points.count) of \(grid.count) points are complete"
        + (output.isResumable ? "; go on by the same command with --resume" : ""))
  }

  /// What `body` finds wrong, in the words of the options.
  private func explaining<Result>(
    _ data: TrainingRows, _ body: () throws(TrainingError) -> Result
  ) throws(Failure) -> Result {
    do throws(TrainingError) { return try body() } catch {
      throw TargetText(data.training, dataArguments, loss: options.loss).explaining(
        Failure(error, file: self.data), error)
    }
  }
}
