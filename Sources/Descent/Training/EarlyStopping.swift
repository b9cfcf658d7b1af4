public import LinearAlgebra

/// Ends a training that does no better on rows it does not learn from, and keeps the parameters that did best on them.
/// (Prechelt, Early Stopping: But When?, in Neural Networks: Tricks of the Trade, 1998.)
public struct EarlyStopping: Sendable, Equatable {
  /// The fraction of the rows that is held out, of each class alike.
  public var holdout: Double
  /// Epochs without a lower loss on the held-out rows, after which the training ends.
  public var patience: Int

  public init(holdout: Double = 0.1, patience: Int = 5) {
    require(holdout > 0 && holdout < 1, "a hold-out of \(holdout), not between 0 and 1")
    require(patience >= 1, "a patience of \(patience) epochs")
    (self.holdout, self.patience) = (holdout, patience)
  }
}

/// The same at work: measures parameters on the held-out rows, and remembers the best.
public final class Validation<Element: KernelScalar> {
  private let objective: DataObjective<Element>
  private let patience: Int
  var state = State()

  /// What it remembers.
  struct State: Codable {
    var epochsWithout = 0
    var parameters: [Element] = []
    var loss = Double.infinity

    func fits(_ count: Int) -> Bool {
      plausibleCounts.contains(epochsWithout) && (parameters.isEmpty || parameters.count == count)
    }
  }

  /// The parameters of the lowest mean loss on the held-out rows, and that loss.
  public var best: (parameters: [Element], loss: Double)? {
    state.parameters.isEmpty ? nil : (state.parameters, state.loss)
  }

  init(_ objective: DataObjective<Element>, patience: Int) {
    (self.objective, self.patience) = (objective, patience)
  }

  /// Takes note of the parameters after an epoch; whether patience has run out.
  public func isOver(after parameters: [Element]) -> Bool {
    let loss = objective.meanLoss(at: parameters)
    if loss < state.loss {
      state = State(epochsWithout: 0, parameters: parameters, loss: loss)
    } else {
      state.epochsWithout += 1
    }
    return state.epochsWithout >= patience
  }
}
