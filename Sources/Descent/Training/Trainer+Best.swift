internal import LinearAlgebra

extension Trainer {
  /// The outcome with the best parameters that the training has seen: those that the solver ended with, unless some that
  /// were recorded or a model of zeros have an objective that is smaller by more than rounding.
  ///
  /// Solvers go by values that they update from step to step; only an evaluation of the parameters tells whether these
  /// are what they seem to be. Of a network and where rows are held out the solver knows best.
  func best<Element: KernelScalar>(
    _ objective: DataObjective<Element>, from start: [Element], _ parameters: inout [Element],
    _ outcome: Outcome, _ monitor: Monitor
  ) -> Outcome {
    guard objective.model is LinearModel, objective.heldOut == nil else { return outcome }
    var outcome = outcome
    let standing = outcome.standing ?? objective.standing(at: parameters)
    outcome.standing = standing
    var value = standing.loss + objective.penaltyValue(at: parameters)
    let negligible = outcome.certificate?.negligible ?? 0
    let zeros = [Element](repeating: 0, count: objective.count)
    let seen = [monitor.best(as: Element.self), objective.lossOfZeros < value ? zeros : nil].compactMap { $0 }
    for other in seen where other != parameters {
      let standing = objective.standing(at: other)
      let least = standing.loss + objective.penaltyValue(at: other)
      let rounding = max(64 * Double(Element.ulpOfOne) * abs(value), negligible)
      guard least < value - rounding || !value.isFinite else { continue }
      (parameters, value, outcome.standing) = (other, least, standing)
      guard let known = outcome.certificate else {
        // What the solver went by is not known of these.
        if outcome.stopReason == .converged { outcome.stopReason = .stalled }
        continue
      }
      outcome.certificate = known.moved(to: least)
    }
    keepStart(objective, start, &parameters, &outcome, monitor)
    return outcome
  }

  /// Takes the start, or zeros, where rounding the parameters as they are written made them worse than that: Float cannot
  /// hold the bias of features that are far from 0.
  private func keepStart<Element: KernelScalar>(
    _ objective: DataObjective<Element>, _ start: [Element], _ parameters: inout [Element],
    _ outcome: inout Outcome, _ monitor: Monitor
  ) {
    func value(_ parameters: [Element]) -> Double {
      let (loss, penalty) = objective.exactValue(at: parameters)
      return loss + penalty
    }
    guard let first = monitor.history.first?.objective, !(value(parameters) <= first) else { return }
    let zeros = [Element](repeating: 0, count: objective.count)
    for other in [start, zeros] where value(other) < value(parameters) {
      parameters = other
      outcome.stopReason = .stalled
      outcome.standing = objective.standing(at: other)
      outcome.certificate = outcome.certificate?.moved(to: value(other))
    }
  }
}

extension DataObjective {
  /// The mean loss where all scores are 0: no pass.
  fileprivate var lossOfZeros: Double {
    let columns = model.outputs
    let sum = pass.sweep { [rowLoss] range in
      var scores = [Double](repeating: 0, count: range.count * columns)
      var span = scores.mutableSpan
      return rowLoss.slopes(range, &span)
    }
    return sum / rowLoss.total
  }
}
