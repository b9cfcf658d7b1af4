internal import Foundation
internal import LinearAlgebra

extension Preflight {
  /// The first loss against that of no knowledge: log C for softmax, (C−1)·Δ for the hinge.
  func initialLoss() -> Finding {
    let name = "initial loss"
    let objective: DataObjective<Double> = objective(on: sample(1000))
    let loss = objective.meanLoss(at: initialParameters(of: Double.self))
    // Offsets know something.
    let known = counting.offsets == nil ? trainer.loss.valueAtZero(classes: data.classes) : nil
    guard let expected = known, !data.classNames.isEmpty else {
      return loss.isFinite
        ? Finding(name, .good, "the loss begins at \(short(loss))")
        : Finding(
          name, .warning, "the loss begins at \(loss)", remedy: "scale the features: \(.scaling) standard")
    }
    let words = "the loss begins at \(short(loss)); knowing nothing it is \(short(expected))"
    if abs(loss - expected) <= 0.05 * expected { return Finding(name, .good, words) }
    if loss > expected {
      return Finding(
        name, .warning, words + ": the first scores are too large",
        remedy: "scale the features (\(.scaling) standard), or start from smaller weights")
    }
    return Finding(
      name, .warning, words + ": it cannot know that much yet",
      remedy: "look for the label among the features, or for a loss that is averaged wrongly")
  }

  /// A penalty must make the objective greater at any weights but zeros.
  func penaltyRaisesLoss() -> Finding {
    let name = "penalty"
    let penalty: any Penalty = trainer.penalty.isNone ? L2(1) : trainer.penalty
    var generator = SeededGenerator(seed: trainer.seed &+ 2)
    let weights = (0..<model.layout.count).map { _ in Double.random(in: -0.1...0.1, using: &generator) }
    let objective: DataObjective<Double> = objective(on: sample(100), penalty: penalty)
    let (loss, price) = (objective.meanLoss(at: weights), objective.penaltyValue(at: weights))
    let words =
      "at random weights the penalty raises the objective from \(short(loss)) to \(short(loss + price))"
    guard price > 0, price.isFinite else {
      return Finding(
        name, .warning, "at random weights the penalty is \(short(price)), not above 0",
        remedy: "look into the penalty's value")
    }
    if price > 10 * max(loss, 1e-9) {
      return Finding(
        name, .note, words + ": it outweighs the loss",
        remedy: "lower \(.l1) or \(.l2), or the weights will stay near zero")
    }
    return Finding(name, .good, words)
  }

  /// Twenty rows without a penalty: a model that learns at all learns them by heart.
  func overfit() -> Finding {
    let name = "overfitting"
    let rows = sample(20)
    let objective: DataObjective<Double> = objective(on: rows, penalty: NoPenalty())
    var parameters = initialParameters(of: Double.self)
    let start = objective.meanLoss(at: parameters)
    let end = descend(objective, &parameters, steps: 1500, rate: 0.01)
    let words = "\(rows.count) rows are learnt from a loss of \(short(start)) down to \(short(end))"
    if end <= max(0.02 * start, 1e-6) { return Finding(name, .good, words) }
    if trainer.model.isLinear {
      return Finding(
        name, .note, words + ": no linear model of \(data.columns) features may tell them apart",
        remedy: "try \(.model) network, or more features")
    }
    return Finding(
      name, .warning, words + ", not to 0",
      remedy:
        "look for rows that are equal but differ in label, for unscaled features, or take more hidden units")
  }

  /// Some steps of Adam over all rows of an objective; returns the mean loss after them.
  private func descend(
    _ objective: DataObjective<Double>, _ parameters: inout [Double], steps: Int, rate: Double
  ) -> Double {
    let rule = Adam()
    var state = UpdateState<Double>(for: rule, count: parameters.count)
    var gradient = parameters
    var loss = Double.infinity
    for _ in 0..<steps {
      loss = objective.meanLoss(at: parameters, gradient: &gradient)
      if loss < 1e-5 || !loss.isFinite { break }
      let direction = gradient
      var moved = parameters.mutableSpan
      rule.step(&moved, gradient: direction.span, rate: rate, state: &state)
    }
    return loss
  }

  func short(_ value: Double) -> String { String(format: "%.4g", value) }
}

extension ModelChoice {
  var isLinear: Bool { if case .linear = self { true } else { false } }
}
