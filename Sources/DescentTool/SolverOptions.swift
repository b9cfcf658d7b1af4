import ArgumentParser
import Descent

/// `auto`, or the name of one of ``Solvers``.
struct SolverName: ExpressibleByArgument, Equatable {
  static let auto = SolverName("auto")
  let rawValue: String

  private init(_ name: String) { rawValue = name }

  init?(argument: String) {
    guard Self.allValueStrings.contains(argument) else { return nil }
    rawValue = argument
  }

  static let allValueStrings: [String] =
    ["auto"] + Solvers.fullBatch().map(\.name) + Solvers.rules.map(\.name)
  static var defaultCompletionKind: CompletionKind { .list(allValueStrings) }
  var defaultValueDescription: String { rawValue }

  /// The update rule of a solver that sees a batch at a time; nil for those that see all rows.
  var rule: (any UpdateRule)? { Solvers.rules.first { $0.name == rawValue } }
}

enum ScheduleName: String, ExpressibleByArgument, CaseIterable {
  case constant, step, cosine
  case inverseTime = "inverse-time"

  /// Step: a tenth after each third of the epochs. Inverse time: half after the first tenth of them.
  func schedule(epochs: Int) -> Schedule {
    switch self {
    case .constant: .constant
    case .step: .step(every: max(1, Double(epochs) / 3), factor: 0.1)
    case .cosine: .cosine
    case .inverseTime: .inverseTime(rate: 10 / Double(epochs))
    }
  }
}

/// How the objective is minimised.
struct SolverOptions: ParsableArguments {
  @Option(
    help: ArgumentHelp(
      """
      auto picks what suits loss and penalty; where --epochs, --batch-size, --learning-rate or --schedule is given, \
      momentum, and adam for a network that learns numbers.
      """, valueName: "name"))
  var solver = SolverName.auto

  @Option(
    parsing: .unconditional,
    help: ArgumentHelp(
      """
      Stop when the certified gap, relative to the objective, is below it, or where there is no certificate the \
      gradient's norm is that share of the first (for a network its root). Default: 1e-4.
      """, valueName: "share"))
  var tolerance: Double?

  @Option(
    parsing: .unconditional,
    help: ArgumentHelp(
      """
      Passes over the rows, of solvers that see a batch at a time. Default: 30, or as many as make 6000 steps where \
      that is more, and fewer where the objective no longer falls.
      """, valueName: "count")
  )
  var epochs: Int?

  @Option(parsing: .unconditional, help: ArgumentHelp("Rows a step. Default: 128.", valueName: "rows"))
  var batchSize: Int?

  @Option(
    parsing: .unconditional,
    help: ArgumentHelp("How long steps are. Default: what suits the solver.", valueName: "rate"))
  var learningRate: Double?

  @Option(help: ArgumentHelp("How the learning rate falls. Default: cosine.", valueName: "name"))
  var schedule: ScheduleName?

  @Option(
    parsing: .unconditional,
    help: ArgumentHelp(
      "The greatest norm of a step's gradient: longer ones are scaled down to it.", valueName: "norm"))
  var clip: Double?

  @Option(
    parsing: .unconditional,
    help: ArgumentHelp(
      "Epochs without a lower loss on rows held out (see --validation) before the training ends.",
      valueName: "epochs"))
  var patience: Int?

  @Option(
    parsing: .unconditional,
    help: ArgumentHelp(
      "The fraction of the training rows that --patience holds out. Default: 0.1.", valueName: "fraction"))
  var validation: Double?

  @Flag(
    help: """
      Fail, and write no model, where the objective is not proved to be within the tolerance of the optimum; where nothing \
      can be proved, as of networks, where the gradient has not fallen as far as --tolerance asks; or where --test has a category that DATA has not. For \
      solvers that see all rows: those of batches have no tolerance.
      """)
  var strict = false

  func validate() throws {
    try Usage.positive(tolerance, "--tolerance")
    try Usage.atLeastOne(epochs, "--epochs", most: 1_000_000_000)
    try Usage.atLeastOne(batchSize, "--batch-size")
    try Usage.positive(learningRate, "--learning-rate")
    try Usage.positive(clip, "--clip")
    try Usage.atLeastOne(patience, "--patience")
    if let validation {
      try Usage.require(patience != nil, "--validation needs --patience")
      try Usage.require(
        validation > 0 && validation < 1, "--validation must be a fraction between 0 and 1, not \(validation)"
      )
    }
    if let option = batchOption, solver != .auto, solver.rule == nil {
      throw ValidationError(
        "\(option) is for solvers that see a batch at a time, and \(solver.rawValue) sees all rows; "
          + "leave it out or choose --solver momentum")
    }
    if tolerance != nil, solver.rule != nil || batchOption != nil {
      throw ValidationError(
        "--tolerance is for solvers that see all rows; leave it out, or leave out what belongs to batches")
    }
    if strict, solver.rule != nil { throw strictNeedsTolerance(solver.rawValue) }
    if strict, let option = batchOption { throw strictNeedsTolerance(option) }
  }

  private func strictNeedsTolerance(_ cause: String) -> ValidationError {
    ValidationError(
      "--strict is for solvers that see all rows and know how far they are, and \(cause) goes by batches; leave one out"
    )
  }

  /// The first option given that only solvers of batches have.
  private var batchOption: String? {
    let options = [
      (epochs != nil, "--epochs"), (batchSize != nil, "--batch-size"),
      (learningRate != nil, "--learning-rate"), (schedule != nil, "--schedule"), (clip != nil, "--clip"),
      (patience != nil, "--patience"),
    ]
    return options.first { $0.0 }?.1
  }

  /// Whether it is said that a step takes some of the rows.
  var seesBatches: Bool { solver.rule != nil || batchOption != nil }

  var earlyStopping: EarlyStopping? {
    patience.map { EarlyStopping(holdout: validation ?? 0.1, patience: $0) }
  }

  /// The solver, and why, where it was left to us.
  func choice(for problem: ProblemOutline) -> (solver: any Solver, reason: String?) {
    let (tolerance, rows) = (self.tolerance ?? 1e-4, problem.rows)
    if let rule = solver.rule { return (miniBatch(rule, rows), nil) }
    if let solver = Solvers.fullBatch(named: solver.rawValue, tolerance: tolerance) { return (solver, nil) }
    let choice = Automatic(tolerance: tolerance).choice(for: problem)
    let batches = choice.solver as? MiniBatch
    if let option = batchOption {
      return (miniBatch(batches?.rule ?? Momentum(), rows, rate: batches?.learningRate), "\(option) is given")
    }
    return (batches.map { miniBatch($0.rule, rows, rate: $0.learningRate) } ?? choice.solver, choice.reason)
  }

  private func miniBatch(_ rule: any UpdateRule, _ rows: Int, rate: Double? = nil) -> MiniBatch {
    var result = MiniBatch.standard(rule)
    if let epochs { (result.epochs, result.leastSteps) = (epochs, nil) }
    if let batchSize { result.batchSize = batchSize }
    (result.learningRate, result.clipping) = (learningRate ?? rate, clip)
    if let schedule { result.schedule = schedule.schedule(epochs: result.epochs(rows: rows)) }
    return result
  }

  /// What to try where the training diverged. A rate is named where `tried` says that one lowered the loss.
  func remedyForDivergence(_ scaling: ScalingChoice, tried: () -> Double?) -> String {
    if let learningRate {
      guard let rate = tried() else {
        return "no --learning-rate from 1e-6 to 1000 lowers the loss in a range test"
      }
      return "lower --learning-rate"
        + (rate < learningRate ? ": \(format(rate, 2)) lowers the loss in a range test" : "")
    }
    if scaling == .none { return "scale the features: leave out --scaling none" }
    return "no learning rate was low enough"
  }
}
