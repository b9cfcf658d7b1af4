public import ArgumentParser
public import Descent

enum SolverName: String, ExpressibleByArgument, CaseIterable {
  case sgd, momentum, nesterov, adagrad, rmsprop, adam, adamw, newton
  case proximalNewton = "proximal-newton"

  var rule: any UpdateRule {
    switch self {
    case .sgd: GradientDescent()
    case .momentum: Momentum()
    case .nesterov: Momentum(isNesterov: true)
    case .adagrad: AdaGrad()
    case .rmsprop: AdaGrad.rmsProp()
    case .adam: Adam()
    case .adamw: Adam(decouplesPenalty: true)
    case .newton, .proximalNewton: Momentum()
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

enum Precision: String, ExpressibleByArgument, CaseIterable { case float, double }

enum LossName: String, ExpressibleByArgument, CaseIterable {
  case softmax, hinge
  case squaredHinge = "squared-hinge"
  case logistic, squared, huber
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
  @Option(help: "Default: softmax for class labels, squared for labels that are numbers with fractions.")
  var loss: LossName?

  @Option(parsing: .unconditional, help: "The hinges' safety margin.")
  var margin = 1.0

  @Option(parsing: .unconditional, help: "Strength of ‖W‖₁, which makes weights exactly zero.")
  var l1 = 0.0

  @Option(parsing: .unconditional, help: "Strength of ½‖W‖², which spreads weights.")
  var l2 = 1e-4

  @Option(
    help: "auto, none, standard (x − mean)/σ, or a factor. auto: standard for tables, 1/255 for image bytes.")
  var scaling = ScalingChoice.automatic

  @Option(help: "How the objective is minimised.")
  var solver = SolverName.momentum

  @Option(
    parsing: .unconditional, help: "Stop when the certified gap, relative to the objective, is below it.")
  var tolerance = 1e-4

  @Option(parsing: .unconditional, help: "Passes over the rows.")
  var epochs = 30

  @Option(parsing: .unconditional, help: "Rows a step. Default: 128.")
  var batchSize: Int?

  @Option(parsing: .unconditional, help: "Default: what suits the solver.")
  var learningRate: Double?

  @Option(help: "How the learning rate falls.")
  var schedule = ScheduleName.cosine

  @Option(help: "Of parameters and arithmetic.")
  var precision = Precision.float

  @Option(parsing: .unconditional, help: "Default: one for each core. The result does not depend on it.")
  var threads: Int?

  @Option(parsing: .unconditional, help: "Of the shuffling and of --holdout.")
  var seed: UInt64 = 0

  @Option(parsing: .unconditional, help: "Seconds after which the best so far is kept.")
  var timeLimit: Double?

  func validate() throws {
    try Usage.positive(margin, "--margin")
    try Usage.notNegative(l1, "--l1")
    try Usage.notNegative(l2, "--l2")
    try Usage.atLeastOne(epochs, "--epochs", most: 1_000_000_000)
    try Usage.atLeastOne(batchSize, "--batch-size")
    try Usage.positive(learningRate, "--learning-rate")
    try Usage.atLeastOne(threads, "--threads", most: 1024)
    try Usage.positive(timeLimit, "--time-limit")
  }

  var penalty: any Penalty {
    switch (l1 > 0, l2 > 0) {
    case (true, true): ElasticNet(l1: l1, l2: l2)
    case (true, false): L1(l1)
    case (false, true): L2(l2)
    case (false, false): NoPenalty()
    }
  }

  /// What to try where the training diverged.
  var remedyForDivergence: String {
    if learningRate != nil { return "lower --learning-rate: a tenth of it is a good next try" }
    if scaling == .none { return "scale the features: leave out --scaling none" }
    return "set a lower --learning-rate"
  }

  private var chosenSolver: any Solver {
    switch solver {
    case .newton: Newton(tolerance: tolerance)
    case .proximalNewton: ProximalNewton(tolerance: tolerance)
    default:
      MiniBatch(
        solver.rule, epochs: epochs, batchSize: batchSize ?? 128, learningRate: learningRate,
        schedule: schedule.schedule(epochs: epochs))
    }
  }

  func trainer(for data: Dataset) -> Trainer {
    Trainer(
      loss: chosenLoss(for: data), penalty: penalty,
      solver: chosenSolver,
      scaling: scaling, seed: seed, threads: threads, timeLimit: timeLimit.map { .seconds($0) })
  }

  func chosenLoss(for data: Dataset) -> any Loss {
    let name = loss ?? (data.classNames.isEmpty ? .squared : .softmax)
    return Losses.named(name.rawValue, margin: margin)!
  }
}
