internal import LinearAlgebra

/// The state of mini-batch descent: what a checkpoint of it holds, and its buffers.
struct BatchDescent<Element: Scalar> {
  private let settings: MiniBatch
  private let objective: DataObjective<Element>
  private let pass: BatchPass<Element>
  /// A batch of a greater mean loss has gone astray for good.
  private let worst: Double
  private var generator: SeededGenerator
  private var state: UpdateState<Element>
  private var order: [Int]
  /// Step sizes a parameter, where a penalty has kinks.
  private var sizes: [Element]

  /// What an epoch came to.
  struct Outcome {
    var objective: Double
    var rows: Int
    var stopReason: StopReason?
  }

  init(_ settings: MiniBatch, on objective: DataObjective<Element>, worst: Double, seed: UInt64) {
    (self.settings, self.objective, self.worst) = (settings, objective, worst)
    pass = BatchPass(over: objective, rows: min(settings.batchSize, objective.rows), seed: seed)
    generator = SeededGenerator(seed: seed)
    state = UpdateState(for: settings.rule, count: objective.count)
    order = Array(0..<objective.rows)
    sizes = objective.penalty.nonsmooth == nil ? [] : Array(repeating: 0, count: objective.count)
  }

  /// One epoch, or the part of it until `until` names a reason or the loss is beyond all bounds.
  mutating func epoch(_ number: Int, _ parameters: inout [Element], until: () -> StopReason?) -> Outcome {
    RowOrder.shuffle(&order, rowBytes: objective.scaledFeatures.rowBytes, using: &generator)
    let targets = objective.targets.gathered(at: order)
    var loss = 0.0
    let rows = order.count
    for start in stride(from: 0, to: rows, by: settings.batchSize) {
      if let reason = until() { return outcome(loss, rows: start, parameters, reason) }
      let batch = start..<min(start + settings.batchSize, rows)
      let progress = Double(number) + Double(start) / Double(rows)
      let batchLoss = step(batch, targets[batch], &parameters, progress: progress)
      guard batchLoss / Double(batch.count) <= worst else {
        return Outcome(objective: .infinity, rows: batch.upperBound)
      }
      loss += batchLoss
    }
    return outcome(loss, rows: rows, parameters, nil)
  }

  private func outcome(
    _ loss: Double, rows: Int, _ parameters: [Element], _ reason: StopReason?
  ) -> Outcome {
    let penalty = objective.penaltyValue(at: parameters)
    return Outcome(objective: loss / Double(max(1, rows)) + penalty, rows: rows, stopReason: reason)
  }

  /// One step; returns the sum of the batch's losses before it.
  private mutating func step(
    _ batch: Range<Int>, _ targets: Targets, _ parameters: inout [Element], progress: Double
  ) -> Double {
    let rule = settings.rule
    let rate =
      (settings.learningRate ?? rule.defaultRate)
      * settings.schedule.factor(epoch: progress, of: Double(settings.epochs))
    let loss = pass.run(at: order, batch, targets: targets, parameters, step: state.steps)
    if rule.decouplesPenalty {
      decay(&parameters, rate: rate)
    } else {
      addPenaltyGradient(at: parameters)
    }
    if let most = settings.clipping { clip(to: most) }
    pass.read { direction in
      var moved = parameters.mutableSpan
      rule.step(&moved, gradient: direction, rate: rate, state: &state)
    }
    if let kinks = objective.penalty.nonsmooth { shrink(&parameters, strength: kinks.l1, rate: rate) }
    return loss
  }

  private func addPenaltyGradient(at parameters: [Element]) {
    for part in objective.layout.parts where part.isPenalised {
      pass.update(part.range) {
        objective.penalty.addGradient(parameters.span.extracting(part.range), to: &$0)
      }
    }
  }

  /// gradient ← gradient · min(1, most / ‖gradient‖)
  /// (Pascanu, Mikolov and Bengio, On the difficulty of training recurrent neural networks, ICML 2013.)
  private func clip(to most: Double) {
    let norm = pass.read { Double(norm2($0)) }
    guard norm > most else { return }
    pass.update(0..<objective.count) { scale(&$0, by: Element(most / norm)) }
  }

  /// θ ← θ − rate · (gradient of the smooth penalty)
  private func decay(_ parameters: inout [Element], rate: Double) {
    for part in objective.layout.parts where part.isPenalised {
      var all = parameters.mutableSpan
      var weights = all._mutatingExtracting(part.range)
      scale(&weights, by: Element(1 - rate * objective.penalty.l2))
    }
  }

  /// The proximal step of l1·‖W‖₁, in the metric of the rule.
  private mutating func shrink(_ parameters: inout [Element], strength: Double, rate: Double) {
    let (state, rule) = (state, settings.rule)
    var all = sizes.mutableSpan
    rule.stepSizes(&all, rate: rate, state: state)
    for part in objective.layout.parts where part.isPenalised {
      var moved = parameters.mutableSpan
      var weights = moved._mutatingExtracting(part.range)
      let sizes = sizes
      softThreshold(&weights, by: strength, steps: sizes.span.extracting(part.range))
    }
  }
}
