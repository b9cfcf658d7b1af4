internal import LinearAlgebra

/// Ends a training that does no better on rows it does not learn from, and keeps the parameters that did best on them.
/// (Prechelt, Early Stopping: But When?, in Neural Networks: Tricks of the Trade, 1998.)
public struct EarlyStopping: Sendable, Equatable {
  /// The fraction of the rows that is held out, of each class alike.
  public var holdout: Double
  /// Epochs without a lower loss on the held-out rows, after which the training ends.
  public var patience: Int

  /// Traps where `holdout` is not between 0 and 1, both excluded, or `patience` is below 1.
  public init(holdout: Double = 0.1, patience: Int = 5) {
    require(holdout > 0 && holdout < 1, "a hold-out of \(holdout), not between 0 and 1")
    require(patience >= 1, "a patience of \(patience) epochs")
    (self.holdout, self.patience) = (holdout, patience)
  }
}
