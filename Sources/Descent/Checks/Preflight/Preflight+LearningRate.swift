internal import LinearAlgebra

extension Preflight {
  /// The rate that a range test proposes, or nil where none does: steps over small batches whose rate grows from 10⁻⁶
  /// until the loss blows up. A third of the rate at which the smoothed loss was least is safe and still fast.
  /// (Smith, Cyclical Learning Rates for Training Neural Networks, WACV 2017, section 3.3.)
  public func proposedLearningRate() -> Double? {
    let rule = (trainer.solver as? MiniBatch)?.rule ?? Momentum()
    let batchSize = min((trainer.solver as? MiniBatch)?.batchSize ?? 128, counting.rows)
    let objective: DataObjective<Float> = objective(on: sample(4000))
    let pass = BatchPass(over: objective, rows: batchSize, seed: trainer.seed)
    let parameters = RowBuffer<Float>(initialParameters(of: Float.self))
    var state = UpdateState<Float>(for: rule, count: objective.count)
    var generator = SeededGenerator(seed: trainer.seed)
    var order = Array(0..<objective.rows)
    var rowLoss = objective.rowLoss
    var (at, rate) = (order.count, 1e-6)
    var (smoothed, first, least) = (0.0, 0.0, Double.infinity)
    var best: Double?
    for step in 1... {
      if at + batchSize > order.count {
        order.shuffle(using: &generator)
        rowLoss = objective.rowLoss.gathered(at: order)
        at = 0
      }
      let batch = at..<min(at + batchSize, order.count)
      at = batch.upperBound
      let loss =
        pass.run(at: order, batch, rowLoss, parameters, step: step) / rowLoss.total(of: batch.count)
      // An exponential mean of some ten steps, without the bias of its start.
      smoothed = 0.9 * smoothed + 0.1 * loss
      let mean = smoothed / (1 - power(0.9, step))
      if step == 1 { first = mean }
      if !(loss <= 1e3 * max(1, first)) || mean > 2 * first && step > 10 || rate > 1e3 { break }
      if mean < least, step > 10 { (least, best) = (mean, rate) }
      pass.reduce { _, _, _ in }
      pass.read { direction in
        parameters.update(0..<objective.count) {
          rule.step(&$0, gradient: direction, rate: rate, state: &state)
        }
      }
      rate *= 1.1
    }
    guard let best, least < 0.98 * first else { return nil }
    return best / 3
  }

  func learningRate() -> Finding {
    let name = "learning rate"
    guard let proposed = proposedLearningRate() else {
      return Finding(
        name, .warning, "no learning rate from 1e-6 to 1000 lowers the loss",
        remedy: "scale the features (\(.scaling) standard), and see whether they tell anything of the targets"
      )
    }
    let words = "a range test proposes a learning rate of about \(short(proposed))"
    guard let batches = trainer.solver as? MiniBatch else { return Finding(name, .good, words) }
    let rate = batches.learningRate ?? batches.rule.defaultRate
    if rate > 10 * proposed {
      return Finding(
        name, .warning, words + "; yours is \(short(rate))", remedy: "try \(.learningRate) \(short(proposed))"
      )
    }
    if rate < proposed / 100 {
      return Finding(
        name, .note, words + "; yours is \(short(rate)), which will be slow",
        remedy: "try \(.learningRate) \(short(proposed))")
    }
    return Finding(name, .good, words + "; yours is \(short(rate))")
  }

  private func power(_ base: Double, _ exponent: Int) -> Double {
    (0..<exponent).reduce(1) { product, _ in product * base }
  }
}
