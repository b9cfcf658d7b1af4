import ArgumentParser
import Descent

enum ModelName: String, ExpressibleByArgument, CaseIterable { case linear, network }

enum ActivationName: String, ExpressibleByArgument, CaseIterable {
  case relu, tanh, sigmoid
  case leakyReLU = "leaky-relu"

  var layer: any Layer {
    switch self {
    case .relu: ReLU()
    case .leakyReLU: LeakyReLU()
    case .tanh: Tanh()
    case .sigmoid: Sigmoid()
    }
  }
}

/// `128` or `128,64`
struct HiddenSizes: ExpressibleByArgument {
  let sizes: [Int]

  init?(argument: String) {
    let sizes = argument.split(separator: ",", omittingEmptySubsequences: false).map { Int($0) }
    guard !sizes.contains(nil) else { return nil }
    self.sizes = sizes.map { $0! }
  }
}

/// Which model is fitted.
struct ModelOptions: ParsableArguments {
  @Option(help: ArgumentHelp("linear: s = W·x + b; network: hidden layers before that.", valueName: "kind"))
  var model = ModelName.linear

  @Flag(
    help:
      "s = W·x: no biases. Standard scaling then divides by the root mean square, and does not shift.")
  var noIntercept = false

  @Option(
    help: ArgumentHelp(
      "A network's hidden units, a number a layer, as 128,64. Default: 128.", valueName: "units,..."))
  var hidden: HiddenSizes?

  @Option(help: ArgumentHelp("What follows each hidden layer. Default: relu.", valueName: "name"))
  var activation: ActivationName?

  @Option(
    parsing: .unconditional,
    help: ArgumentHelp(
      "The share of hidden numbers dropped in training, from 0 to below 1.", valueName: "fraction"))
  var dropout: Double?

  func validate() throws {
    try Usage.require(
      model == .linear || !noIntercept,
      "--no-intercept is for linear models: a network's units are thresholds on their biases")
    if let hidden {
      for size in hidden.sizes {
        try Usage.require(
          size >= 1 && size <= 1_000_000,
          "--hidden: a layer has from 1 to 1000000 units, not \(size)")
      }
    }
    if let dropout {
      try Usage.require(
        dropout >= 0 && dropout < 1, "--dropout must be at least 0 and below 1, not \(dropout)")
    }
    for (isGiven, option) in [
      (hidden != nil, "--hidden"), (activation != nil, "--activation"), (dropout != nil, "--dropout"),
    ] where isGiven {
      try Usage.require(model == .network, "\(option) is for networks; add --model network")
    }
  }

  /// That the solver's options are ones for the model.
  func check(_ solver: SolverOptions) throws {
    try Usage.require(
      model == .linear || solver.tolerance == nil || solver.solver != .auto,
      "--tolerance is for solvers that see all rows; give a network --epochs or --patience")
  }

  var choice: ModelChoice {
    switch model {
    case .linear: .linear
    case .network:
      .network(
        hidden: hidden?.sizes ?? [128], activation: (activation ?? .relu).layer, dropout: dropout ?? 0)
    }
  }
}
