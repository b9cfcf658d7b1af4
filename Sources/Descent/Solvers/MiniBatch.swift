public import LinearAlgebra

/// Mini-batch descent: a step of an update rule after each batch of rows, the rows shuffled each epoch.
///
/// The last, short batch of an epoch is kept and weighs as much per row as the others. The kinks of a penalty
/// act through its proximal operator after each step, so that weights become exactly zero.
/// (Robbins and Monro 1951; proximal steps in the metric of the rule: Duchi, Hazan and Singer 2011, eq. 4.)
public struct MiniBatch: Solver {
  public var rule: any UpdateRule
  public var epochs: Int
  public var batchSize: Int
  /// Nil is the rule's default.
  public var learningRate: Double?
  public var schedule: Schedule
  public var name: String { rule.name }

  public init(
    _ rule: any UpdateRule = Momentum(), epochs: Int = 20, batchSize: Int = 128, learningRate: Double? = nil,
    schedule: Schedule = .constant
  ) {
    require(epochs >= 1 && batchSize >= 1, "\(epochs) epochs of batches of \(batchSize) rows")
    self.rule = rule
    (self.epochs, self.batchSize) = (epochs, batchSize)
    (self.learningRate, self.schedule) = (learningRate, schedule)
  }

  @specialized(where Element == Float)
  @specialized(where Element == Double)
  public func minimize<Element: Scalar>(
    _ objective: DataObjective<Element>, from parameters: inout [Element], seed: UInt64, monitor: Monitor
  ) -> Outcome {
    var descent = BatchDescent(self, on: objective, seed: seed)
    let worst = divergenceThreshold(objective, at: parameters)
    for epoch in 0..<epochs {
      let before = parameters
      let outcome = descent.epoch(epoch, &parameters, until: { monitor.stopReason })
      guard outcome.objective <= worst, parameters.allSatisfy(\.isFinite) else {
        parameters = before
        return Outcome(.diverged)
      }
      if outcome.rows > 0 {
        monitor.record(
          passes: Double(epoch) + Double(outcome.rows) / Double(objective.rows), objective: outcome.objective)
      }
      if let reason = outcome.stopReason { return Outcome(reason) }
    }
    return Outcome(.finished)
  }

  /// An epoch whose mean objective is so far above the start's has gone astray for good.
  private func divergenceThreshold<Element: Scalar>(
    _ objective: DataObjective<Element>, at parameters: [Element]
  ) -> Double {
    var gradient = [Element](repeating: 0, count: objective.count)
    return 1e3 * max(1, objective.value(at: parameters, gradient: &gradient))
  }
}
