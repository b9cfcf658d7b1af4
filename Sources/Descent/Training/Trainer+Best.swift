internal import LinearAlgebra

extension Trainer {
  /// The outcome with the best parameters that the training has seen: those that the solver ended with, unless some that
  /// were recorded or a model of zeros have an objective that is smaller by more than rounding.
  ///
  /// Solvers go by values that they update from step to step; only an evaluation of the parameters tells whether these
  /// are what they seem to be. Of a network and where rows are held out the solver knows best.
  func best<Element: Scalar>(
    _ objective: DataObjective<Element>, from parameters: inout [Element], _ outcome: Outcome,
    _ monitor: Monitor
  ) -> Outcome {
    guard objective.model is LinearModel, objective.validation == nil else { return outcome }
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
      outcome.certificate = Certificate(
        objective: least, lowerBound: known.lowerBound, negligible: known.negligible)
    }
    return outcome
  }
}

extension DataObjective {
  /// The mean loss where all scores are 0: no pass.
  fileprivate var lossOfZeros: Double {
    let columns = model.outputs
    let sum = pass.sweep { [loss, targets] range in
      var scores = [Double](repeating: 0, count: range.count * columns)
      var span = scores.mutableSpan
      return loss.evaluate(&span, columns: columns, targets: targets[range])
    }
    return sum / Double(max(1, rows))
  }
}
