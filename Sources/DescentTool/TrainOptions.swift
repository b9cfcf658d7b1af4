public import ArgumentParser
public import Descent

enum Precision: String, ExpressibleByArgument, CaseIterable {
  case automatic = "auto"
  case float, double
}

/// `auto | none | standard | FACTOR`
extension ScalingChoice: ExpressibleByArgument {
  public init?(argument: String) {
    switch argument {
    case "auto": self = .automatic
    case "none": self = .none
    case "standard": self = .standard
    default:
      guard let factor = Double(argument), factor.isFinite, factor > 0 else { return nil }
      self = .factor(factor)
    }
  }

  public var defaultValueDescription: String { self == .automatic ? "auto" : "\(self)" }
}

/// What is learnt, and how.
struct TrainOptions: ParsableArguments {
  @OptionGroup var model: ModelOptions

  @OptionGroup var losses: LossOptions

  @Option(
    parsing: .unconditional,
    help: ArgumentHelp(
      "Strength of ‖W‖₁, which makes weights exactly zero; auto chooses it by rows held out, see --cv.",
      valueName: "strength"))
  var l1: PenaltyStrength = 0.0

  @Option(
    parsing: .unconditional,
    help: ArgumentHelp(
      "Strength of ½‖W‖², which spreads weights; auto chooses it by rows held out, see --cv.",
      valueName: "strength"))
  var l2: PenaltyStrength = 1e-4

  @OptionGroup var penalties: PenaltyOptions

  @Option(
    help: ArgumentHelp(
      "What rows count for by their class: balanced (all classes alike), or weights by name; 1 for others.",
      valueName: "name=number,..."),
    transform: ClassWeightOption.init)
  var classWeight: ClassWeightOption?

  @Option(
    help: ArgumentHelp(
      "auto, none, standard (x − mean)/σ (with --no-intercept x over its root mean square), or a factor. auto: standard for tables, 1/255 for image bytes.",
      valueName: "kind")
  )
  var scaling = ScalingChoice.automatic

  @Option(
    help: ArgumentHelp(
      """
      Of parameters and arithmetic. auto: float, unless a column or the target lies so far from 0, measured by its spread, \
      that float would cost accuracy, as timestamps do, or holds numbers beyond its range.
      """, valueName: "type"))
  var precision = Precision.automatic

  @Option(
    parsing: .unconditional,
    help: ArgumentHelp(
      "How many work, one a core at the most. Default: so many. The result does not depend on it.",
      valueName: "count"))
  var threads: Int?

  @Option(
    parsing: .unconditional, help: ArgumentHelp("Of the shuffling and of --holdout.", valueName: "number"))
  var seed: UInt64 = 0

  @Option(
    parsing: .unconditional,
    help: ArgumentHelp("Seconds after which the best so far is kept.", valueName: "seconds"))
  var timeLimit: Double?

  func validate() throws {
    try Usage.notNegative(l1.number, "--l1")
    try Usage.notNegative(l2.number, "--l2")
    // What is still to be chosen is above 0.
    try penalties.check(model, l1: l1.number ?? 1, l2: l2.number ?? 1)
    try Usage.atLeastOne(threads, "--threads", most: 1024)
    try Usage.positive(timeLimit, "--time-limit")
  }

  /// Each with what it is where nothing is said of it.
  var strengths: [(value: PenaltyStrength, usual: PenaltyStrength, option: String)] {
    [(l1, 0.0, "--l1"), (l2, 1e-4, "--l2")]
  }

  var loss: (any Loss)? { losses.loss?.loss }

  /// What is still to be chosen stands in it as some number.
  var penalty: any Penalty {
    let (l1, l2) = (l1.number ?? 1e-4, l2.number ?? 1e-4)
    return penalties.penalty(l1: l1, l2: l2) ?? Self.penalty(l1: l1, l2: l2)
  }

  static func penalty(l1: Double, l2: Double) -> any Penalty {
    switch (l1 > 0, l2 > 0) {
    case (true, true): ElasticNet(l1: l1, l2: l2)
    case (true, false): L1(l1)
    case (false, true): L2(l2)
    case (false, false): NoPenalty()
    }
  }

  /// The recipe, with the solver that suits it.
  func trainer(
    for data: Dataset, _ solver: SolverOptions, penalty: (any Penalty)? = nil
  ) throws(Failure) -> (trainer: Trainer, reason: String?) {
    let penalty = penalty ?? self.penalty
    guard classWeight == nil || !data.classNames.isEmpty else {
      throw Failure(.usage, "--class-weight is for classes, and the targets are numbers; leave it out")
    }
    var trainer = Trainer(
      model: model.choice, loss: losses.chosen(for: data), penalty: penalty, scaling: scaling, seed: seed,
      // More threads than cores would only get into each other's way.
      threads: threads.map { min($0, availableCores) }, timeLimit: timeLimit.map { .seconds($0) },
      earlyStopping: solver.earlyStopping,
      fitsIntercept: !model.noIntercept, classWeights: classWeight?.weights)
    let problem: ProblemOutline
    do throws(TrainingError) { problem = try trainer.outline(of: data) } catch {
      throw Failure(.badData, error.description)
    }
    let choice = solver.choice(for: problem)
    if solver.strict, choice.solver is MiniBatch {
      throw Failure(
        .usage,
        "--strict is for solvers that see all rows and know how far they are, and \(model.model.rawValue) models are "
          + "fitted by batches here; leave it out, or choose --solver lbfgs")
    }
    // What is wrong with the rows for it is the file's, and told with its name.
    var anyRows = problem
    anyRows.isSparse = nil
    if let refusal = choice.solver.refusal(of: anyRows) {
      throw Failure(.usage, "\(refusal); leave --solver out, or choose another")
    }
    trainer.solver = choice.solver
    trainer.communicator = RankProcess.communicator
    trainer.threads = trainer.threads ?? RankProcess.threads
    return (trainer, choice.reason)
  }
}
