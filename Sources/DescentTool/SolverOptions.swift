import ArgumentParser
import Descent

enum SolverName: String, ExpressibleByArgument, CaseIterable {
  case auto, newton, lbfgs
  case gradientDescent = "gradient-descent"
  case direct
  case proximalNewton = "proximal-newton"
  case augmentedLagrangian = "augmented-lagrangian"
  case dual
  case sgd, momentum, nesterov, adagrad, rmsprop, adam, adamw

  /// The update rule of a solver that sees a batch at a time; nil for those that see all rows.
  var rule: (any UpdateRule)? {
    switch self {
    case .sgd: SGD()
    case .momentum: Momentum()
    case .nesterov: Momentum(isNesterov: true)
    case .adagrad: AdaGrad()
    case .rmsprop: RMSProp()
    case .adam: Adam()
    case .adamw: Adam(decouplesPenalty: true)
    case .auto, .newton, .lbfgs, .gradientDescent, .direct, .proximalNewton, .augmentedLagrangian,
      .dual:
      nil
    }
  }

  /// Those that see all rows at each step; nil for the others.
  func fullBatch(tolerance: Double) -> (any Solver)? {
    switch self {
    case .newton: Newton(tolerance: tolerance)
    case .lbfgs: LBFGS(tolerance: tolerance)
    case .gradientDescent: GradientDescent(tolerance: tolerance)
    case .direct: Direct(tolerance: tolerance)
    case .proximalNewton: ProximalNewton(tolerance: tolerance)
    case .augmentedLagrangian: AugmentedLagrangian(tolerance: tolerance)
    case .dual: DualCoordinateAscent(tolerance: tolerance)
    case .auto, .sgd, .momentum, .nesterov, .adagrad, .rmsprop, .adam, .adamw: nil
    }
  }
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
    help: """
      auto picks what suits loss and penalty; where --epochs, --batch-size, --learning-rate or --schedule is given, \
      momentum, and adam for a network that learns numbers.
      """)
  var solver = SolverName.auto

  @Option(
    parsing: .unconditional,
    help: """
      Stop when the certified gap, relative to the objective, is below it, or where there is no certificate the \
      gradient's norm is that share of the first (for a network its root). Default: 1e-4.
      """)
  var tolerance: Double?

  @Option(
    parsing: .unconditional,
    help: """
      Passes over the rows, of solvers that see a batch at a time. Default: 30, or as many as make 6000 steps where \
      that is more, and fewer where the objective no longer falls.
      """
  )
  var epochs: Int?

  @Option(parsing: .unconditional, help: "Rows a step. Default: 128.")
  var batchSize: Int?

  @Option(parsing: .unconditional, help: "Default: what suits the solver.")
  var learningRate: Double?

  @Option(help: "How the learning rate falls. Default: cosine.")
  var schedule: ScheduleName?

  @Option(
    parsing: .unconditional,
    help: "The greatest norm of a step's gradient: longer ones are scaled down to it.")
  var clip: Double?

  @Option(
    parsing: .unconditional,
    help: "Epochs without a lower loss on rows held out (see --validation) before the training ends.")
  var patience: Int?

  @Option(
    parsing: .unconditional,
    help: "The fraction of the training rows that --patience holds out. Default: 0.1.")
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

  var earlyStopping: EarlyStopping? {
    patience.map { EarlyStopping(holdout: validation ?? 0.1, patience: $0) }
  }

  /// The solver, and why, where it was left to us.
  func choice(
    loss: any Loss, penalty: any Penalty, rows: Int, features: Int, outputs: Int, isLinear: Bool,
    isSparse: Bool, hasOffsets: Bool
  ) -> (solver: any Solver, reason: String?) {
    let tolerance = self.tolerance ?? 1e-4
    if let rule = solver.rule { return (miniBatch(rule, rows), nil) }
    if let solver = solver.fullBatch(tolerance: tolerance) { return (solver, nil) }
    let choice = Automatic(tolerance: tolerance).choice(
      loss: loss, penalty: penalty, rows: rows, features: features, outputs: outputs, isLinear: isLinear,
      isSparse: isSparse, hasOffsets: hasOffsets)
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
