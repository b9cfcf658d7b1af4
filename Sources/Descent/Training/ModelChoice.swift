/// Which model a trainer fits.
public enum ModelChoice: Sendable {
  /// s = W·x + b
  case linear
  /// Hidden layers of these sizes, each with an activation after it; `dropout` is the share that is dropped there.
  case network(hidden: [Int], activation: any Layer = ReLU(), dropout: Double = 0)
  /// A model of your own, for a number of inputs and of outputs.
  case custom(@Sendable (_ inputs: Int, _ outputs: Int) -> any Model)

  /// The model of rows with `inputs` features and `outputs` scores, a linear one with biases: ``Trainer/model(for:)`` may leave
  /// them out. One of your own is not checked.
  public func model(inputs: Int, outputs: Int) -> any Model {
    switch self {
    case .linear: LinearModel(inputs: inputs, outputs: outputs)
    case .network(let hidden, let activation, let dropout):
      Network(inputs: inputs, hidden: hidden, outputs: outputs, activation: activation, dropout: dropout)
    case .custom(let make): make(inputs, outputs)
    }
  }
}
