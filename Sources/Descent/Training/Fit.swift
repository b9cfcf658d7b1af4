internal import LinearAlgebra

/// What training returns: the model, how it came about, and how good it is known to be.
public struct Fit<Element: KernelScalar>: Sendable {
  /// Takes features as they are in the data: the scaling is folded in.
  public internal(set) var model: TrainedModel<Element>
  /// The parameters as they were trained, on scaled features.
  public let parameters: [Element]
  /// How features were scaled, in the units that the penalty asked for, where it did; ``model`` has it folded in.
  public let scaling: Scaling
  /// The mean loss over the training rows; where there is a ``targetScaling``, of the standardised targets.
  public let loss: Double
  /// l1·‖W‖₁ + (l2/2)·‖W‖², of the weights on scaled features.
  public let penalty: Double
  /// ‖∇(loss + smooth part of the penalty)‖ at the parameters.
  public let gradientNorm: Double
  /// From the start on, the lines of runs that this one went on from included.
  public let history: [Milestone]
  /// Why it ended: not ``StopReason/converged`` where the model as it is written is proved to less than the tolerance.
  public let stopReason: StopReason
  /// How far the objective can be from the optimum; nil where no proof is known: without a penalty.
  public let certificate: Certificate?
  /// The solver that was used.
  public let solver: String
  /// The gap, relative to the objective, that the solver was to reach.
  public let tolerance: Double
  /// By the clock, those of runs that this one went on from included; without what measuring other rows took.
  public let seconds: Double
  /// How many threads shared the work: the trainer's, or one for each core. The bits do not depend on it.
  public let threads: Int
  /// The trainer's: all that is drawn at random follows from it.
  public let seed: UInt64
  /// The mean loss on the rows that early stopping held out.
  public internal(set) var heldOutLoss: Double?
  /// How the targets were standardised; nil where they were not.
  public internal(set) var targetScaling: TargetScaling?
  /// Units behind a ReLU that are 0 for all rows, by layer.
  public internal(set) var deadUnits: [DeadUnits] = []

  /// Whether the objective is proved to be within the tolerance of the optimum.
  public var isProved: Bool { certificate.map { $0.relativeGap <= tolerance } ?? false }

  /// Mean loss plus penalty.
  public var objective: Double { loss + penalty }

  /// By what share the objective fell over the last fifth of the record, its lowest point there against the lowest before;
  /// nil where the record is too short to tell.
  public var fallAtEnd: Double? {
    let last = max(1, history.count / 5)
    guard let now = history.suffix(last).map(\.objective).min(),
      let before = history.dropLast(last).map(\.objective).min(), before > 0
    else { return nil }
    return max(0, (before - now) / before)
  }

  /// Weights that are not exactly zero, those of constant features left out.
  public var nonzeros: Int {
    model.architecture.layout.parts.filter(\.isPenalised).reduce(0) { count, part in
      count + model.parameters[part.range].count { $0 != 0 }
    }
  }
}
