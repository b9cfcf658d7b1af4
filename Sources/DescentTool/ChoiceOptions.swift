public import ArgumentParser
public import Descent

/// `5`, or `5x3` for five folds that are dealt three times.
struct FoldCount: ExpressibleByArgument, Equatable {
  let folds, repeats: Int

  init?(argument: String) {
    let parts = argument.split(separator: "x", omittingEmptySubsequences: false).map { Int($0) }
    guard let folds = parts[0], parts.count == 1 || parts.count == 2, let repeats = parts.last ?? 1 else {
      return nil
    }
    (self.folds, self.repeats) = (folds, parts.count == 1 ? 1 : repeats)
  }

  var defaultValueDescription: String { repeats == 1 ? "\(folds)" : "\(folds)x\(repeats)" }
}

/// A metric as options are spelt; `auc` for the area that is known by that.
struct MetricName: ExpressibleByArgument {
  let metric: Metric

  init?(argument: String) {
    guard let metric = Metric.allCases.first(where: { $0.isGain != nil && Self.name(of: $0) == argument })
    else { return nil }
    self.metric = metric
  }

  static func name(of metric: Metric) -> String {
    metric == .rocAUC ? "auc" : metric.rawValue.replacing("_", with: "-")
  }

  static let allValueStrings = Metric.allCases.filter { $0.isGain != nil }.map(name)
  var defaultValueDescription: String { Self.name(of: metric) }
}

extension ChoiceRule: ExpressibleByArgument {}

/// How a penalty is chosen, and measured, by rows that are held out in turn.
struct ChoiceOptions: ParsableArguments {
  @Option(
    parsing: .unconditional,
    help: ArgumentHelp(
      """
      Choose l1 and l2 together, in the mixture λ·(share·‖W‖₁ + (1 − share)/2·‖W‖²): a share above 0 and up to 1, or auto \
      for the best of 0.1, 0.5, 0.7, 0.9, 0.95 and 1.
      """, valueName: "share"))
  var l1Ratio: PenaltyStrength?

  @Option(
    parsing: .unconditional,
    help: ArgumentHelp(
      """
      Measure penalties by so many folds, each held out in turn, of each class alike; 5x3 deals them three times. Default \
      with a penalty of auto: 5. Without one, measures the penalty that is given.
      """, valueName: "folds"))
  var cv: FoldCount?

  @Option(
    help: ArgumentHelp(
      "The column that tells which rows belong together: folds, and --holdout, take all of a group or none. It is no feature.",
      valueName: "column"))
  var cvBy: String?

  @Option(
    help: ArgumentHelp(
      """
      Which penalty auto takes: minimum, that of the best mean over the folds; one-se, the strongest within one standard \
      error of it. Default: minimum.
      """, valueName: "rule"))
  var choose: ChoiceRule?

  @Option(
    help: ArgumentHelp(
      "What folds are measured by, of what evaluate tells, as auc, accuracy or rmse. Default: the mean loss.",
      valueName: "name"))
  var metric: MetricName?

  func validate() throws {
    if let cv {
      try Usage.require(
        cv.folds >= 2 && cv.folds <= 1_000_000, "--cv takes two folds or more, not \(cv.folds)")
      try Usage.require(
        cv.repeats >= 1 && cv.repeats <= 1000, "--cv deals folds from 1 to 1000 times, not \(cv.repeats)")
    }
    if let share = l1Ratio?.number {
      try Usage.require(
        share > 0 && share <= 1,
        "--l1-ratio must be above 0 and up to 1, not \(share)" + (share == 0 ? "; for 0 say --l2 auto" : ""))
    }
  }

  /// What is to be chosen; nil where nothing is.
  func search(_ options: TrainOptions) -> PenaltySearch? {
    if let l1Ratio {
      return .mixture(l1Ratios: l1Ratio.number.map { [$0] } ?? PenaltySearch.usualRatios)
    }
    return options.l1.isAuto ? .l1 : options.l2.isAuto ? .l2 : nil
  }

  /// The folds by which penalties are measured; nil where none are.
  func folds(_ options: TrainOptions, groups: [Int32]?) -> Folds? {
    guard cv != nil || search(options) != nil else { return nil }
    return Folds(
      cv?.folds ?? 5, groups.map { .groups($0) } ?? .drawn, repeats: cv?.repeats ?? 1, seed: options.seed)
  }

  /// That the options go together.
  func check(_ options: TrainOptions, _ solver: SolverOptions, _ holdout: HoldoutArguments) throws {
    if l1Ratio != nil {
      for (strength, usual, option) in options.strengths
      where strength != usual {
        throw ValidationError("--l1-ratio chooses l1 and l2 together: leave \(option) out")
      }
    }
    try Usage.require(
      !options.l1.isAuto || !options.l2.isAuto,
      "--l1 auto and --l2 auto are a mixture, which --l1-ratio auto chooses: say that instead")
    let isAsked = cv != nil || search(options) != nil
    for (option, isGiven) in [("--cv-by", cvBy != nil), ("--metric", metric != nil)] where isGiven {
      try Usage.require(isAsked, "\(option) is for folds; add --cv 5, or a penalty to choose, as --l2 auto")
    }
    try Usage.require(
      choose == nil || search(options) != nil, "--choose is for a penalty to choose; add --l2 auto")
    guard isAsked else { return }
    let cause =
      cv != nil ? "--cv" : l1Ratio != nil ? "--l1-ratio" : options.l1.isAuto ? "--l1 auto" : "--l2 auto"
    try Usage.require(options.model.model == .linear, "\(cause) is for linear models; leave it out")
    if search(options) != nil { try options.penalties.checkPath() }
    try Usage.require(
      !solver.seesBatches, "\(cause) is for solvers that see all rows; leave out what belongs to batches")
    if let cvBy, let other = holdout.holdoutBy {
      try Usage.require(
        cvBy == other, "--cv-by and --holdout-by name two columns: one tells which rows belong together")
    }
  }

  /// That nothing else asks where the training begins.
  func check(_ checkpoints: CheckpointArguments, _ start: StartArguments, _ options: TrainOptions) throws {
    guard cv != nil || search(options) != nil else { return }
    try Usage.require(
      checkpoints.checkpoint == nil,
      "--checkpoint keeps one training, and folds are many; choose the penalty first, and train with it then")
    try Usage.require(
      start.start == nil || search(options) == nil,
      "--start has no part in a training with a penalty to choose, which begins where the path of penalties was; leave it out"
    )
  }
}
