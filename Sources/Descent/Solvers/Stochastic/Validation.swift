/// Early stopping at work: what a run knows of its parameters on rows that it does not learn from.
struct Validation<Element: KernelScalar>: Codable {
  private var epochsWithout = 0
  /// The parameters of the lowest mean loss on the held-out rows, and that loss.
  private(set) var parameters: [Element] = []
  private(set) var loss = Double.infinity
  /// That of the last epoch.
  private(set) var last: Double?

  func fits(_ count: Int) -> Bool {
    plausibleCounts.contains(epochsWithout) && (parameters.isEmpty || parameters.count == count)
  }

  /// Takes note of the parameters after an epoch; whether patience has run out.
  mutating func isOver(after parameters: [Element], on heldOut: HeldOut<Element>) -> Bool {
    let loss = heldOut.objective.meanLoss(at: parameters)
    last = loss
    if loss < self.loss {
      (epochsWithout, self.parameters, self.loss) = (0, parameters, loss)
    } else {
      epochsWithout += 1
    }
    return epochsWithout >= heldOut.patience
  }
}
