/// One line of a training's record.
public struct Milestone: Sendable, Equatable, Codable {
  /// Since the fit began.
  public var seconds: Double
  /// Passes over the training rows, those of stochastic steps included.
  public var passes: Double
  /// Mean loss plus penalty. With mini-batches the mean of the epoch's batches, each at its own parameters.
  public var objective: Double
  /// The same without the penalty.
  public var loss: Double?
  /// The certified bound on how far the parameters' objective is above the optimum, where there is one. With mini-batches that
  /// objective is another than ``objective``.
  public var gap: Double?
  /// The mean loss on rows that are not learnt from, where some are measured along; in the unit of the objective.
  public var heldOutLoss: Double?

  /// Nothing is checked; nil is what is not known.
  public init(
    seconds: Double, passes: Double, objective: Double, loss: Double? = nil, gap: Double? = nil,
    heldOutLoss: Double? = nil
  ) {
    (self.seconds, self.passes, self.objective, self.loss) = (seconds, passes, objective, loss)
    (self.gap, self.heldOutLoss) = (gap, heldOutLoss)
  }

  /// What is not known is null, never absent.
  public func encode(to encoder: any Encoder) throws {
    var container = encoder.container(keyedBy: CodingKeys.self)
    try container.encode(seconds, forKey: .seconds)
    try container.encode(passes, forKey: .passes)
    try container.encode(objective, forKey: .objective)
    try container.encode(loss, forKey: .loss)
    try container.encode(gap, forKey: .gap)
    try container.encode(heldOutLoss, forKey: .heldOutLoss)
  }

  private enum CodingKeys: String, CodingKey {
    case seconds, passes, objective, loss, gap
    case heldOutLoss = "held_out_loss"
  }
}

/// Why a training ended.
public enum StopReason: String, Sendable, Codable {
  /// The certified gap is below the tolerance, or where there is none what else the solver goes by.
  case converged
  /// All epochs or iterations that were asked for are done.
  case finished
  /// ``Trainer/timeLimit`` has passed: the training ended with what it had.
  case timeLimit = "time-limit"
  /// `isInterrupted` said so, or the task was cancelled: the training ended with what it had.
  case interrupted
  /// No step makes progress any more: the element type's precision is reached.
  case stalled
  /// The loss on held-out rows has not fallen for as many epochs as patience allows; the best parameters were kept.
  case noProgress = "no-progress"
  /// The objective has no minimum: its weights can grow without end, and each step makes it smaller. So it is where
  /// classes, or some rows of them, can be told apart without a mistake, and nothing is paid for the weights.
  case noMinimum = "no-minimum"
  /// The objective of the epochs does not fall any more.
  case plateau
  /// The objective grew beyond all bounds; the last good parameters were kept.
  case diverged
}
