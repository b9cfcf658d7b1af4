internal import LinearAlgebra

/// One run of mini-batch descent.
struct BatchDescent<Element: KernelScalar> {
  private let settings: MiniBatch
  private let objective: DataObjective<Element>
  private let pass: BatchPass<Element>
  /// An epoch of a greater mean loss has gone astray for good. A batch may have one, for the sake of a single row.
  private let worst: Double
  private let epochs: Int
  private(set) var state: State
  /// Shuffles the rows, once an epoch: how often tells its state and their order.
  private var generator: SeededGenerator
  /// The rows in the order of the epoch under way, and their loss.
  private var order: [Int]
  private var rowLoss: RowLoss
  /// Step sizes a parameter, where a penalty has kinks.
  private var sizes: [Element]

  /// Where a training is, between two batches: what a checkpoint holds.
  struct State: Codable {
    let parameters: RowBuffer<Element>
    /// Those at the start of the epoch.
    var before: [Element]
    /// What the update rule remembers, a chunk of the parameters each.
    var rule: [UpdateState<Element>]
    var epoch = 0
    /// Rows of the epoch that are done, and the sum of their losses.
    var rows = 0
    var loss = 0.0
    var validation: Validation<Element>?
    /// Where the training ends by its objective.
    var plateau: Plateau?
    /// What the learning rate was lowered to, as a factor, where it proved too high.
    var slowing: Double?

    /// Steps made.
    var steps: Int { rule.first?.steps ?? 0 }

    func fits(_ settings: MiniBatch, rows total: Int, count: Int) -> Bool {
      parameters.fits(rows: count, columns: 1) && before.count == count
        && rule.map(\.steps).allSatisfy { $0 == steps && plausibleCounts.contains($0) }
        && rule.map(\.buffers).map { $0.map(\.count) }
          == BatchPass<Element>.chunks(count).map { Array(repeating: $0.count, count: settings.rule.buffers) }
        && (0...settings.epochs(rows: total)).contains(epoch) && rows % settings.batchSize == 0
        && (rows == 0 || (1..<total).contains(rows) && epoch < settings.epochs(rows: total))
        && (validation.map { $0.fits(count) } ?? true)
        && (plateau.map { $0.fits(epochs: settings.epochs(rows: total)) } ?? true)
        && (slowing.map { $0 > 0 && $0 <= 1 } ?? true)
    }
  }

  init(
    _ settings: MiniBatch, on objective: DataObjective<Element>, from parameters: [Element], worst: Double,
    seed: UInt64, resuming: State?
  ) {
    (self.settings, self.objective, self.worst) = (settings, objective, worst)
    pass = BatchPass(over: objective, rows: min(settings.batchSize, objective.rows), seed: seed)
    state =
      resuming
      ?? State(
        parameters: RowBuffer(parameters), before: parameters,
        rule: BatchPass<Element>.chunks(objective.count).map {
          UpdateState(for: settings.rule, count: $0.count)
        }, plateau: settings.leastSteps.map { _ in Plateau() })
    epochs = settings.epochs(rows: objective.rows)
    rowLoss = objective.rowLoss
    generator = SeededGenerator(seed: seed)
    order = Array(0..<objective.rows)
    sizes = objective.hasKinks ? Array(repeating: 0, count: objective.count) : []
    // The epochs that are done shuffled them before: to do it again is far less than to keep a number a row.
    for _ in 0..<state.epoch { shuffle() }
    if objective.heldOut != nil, state.validation == nil { state.validation = Validation() }
  }

  mutating func run(_ monitor: Monitor) -> StopReason {
    while state.epoch < epochs {
      shuffle()
      if let reason = settledEpoch(monitor) { return reason }
      let isOver = self.objective.heldOut.map {
        state.validation?.isOver(after: state.parameters.all, on: $0) == true
      }
      record(monitor, heldOutLoss: state.validation?.last)
      let (objective, done, planned) = (value, state.epoch + 1, epochs)
      // Between two epochs nothing stops: the next one asks at its first batch.
      state.epoch = done
      state.plateau?.note(objective, epoch: done, of: planned)
      (state.rows, state.loss, state.before) = (0, 0, state.parameters.all)
      if isOver == true { return .noProgress }
      if state.plateau?.isOver(after: done, of: planned) == true { return .plateau }
    }
    return .finished
  }

  /// The rest of an epoch, again at a lower rate where the rate was left to us and proves too high.
  private mutating func settledEpoch(_ monitor: Monitor) -> StopReason? {
    rowLoss = objective.rowLoss.gathered(at: order)
    while true {
      let canSlow = settings.learningRate == nil && state.slowing ?? 1 > 1e-6
      var reason = epoch(monitor)
      // `worst` is a thousandfold of the start: a rate of ours that only doubles it is too high already.
      let most = canSlow ? worst / 500 : worst
      if reason == nil, !(value <= most && state.parameters.all.allSatisfy(\.isFinite)) { reason = .diverged }
      guard reason == .diverged else { return reason }
      state.parameters.all = state.before
      guard canSlow else { return .diverged }
      state.slowing = (state.slowing ?? 1) / 4
      (state.rows, state.loss) = (0, 0)
      state.rule = BatchPass<Element>.chunks(objective.count).map {
        UpdateState(for: settings.rule, count: $0.count)
      }
    }
  }

  /// The rest of an epoch. The reason where it ends before its last row.
  private mutating func epoch(_ monitor: Monitor) -> StopReason? {
    let rows = objective.rows
    while state.rows < rows {
      if let reason = monitor.stopReason(at: state) {
        guard state.parameters.all.allSatisfy(\.isFinite) else { return .diverged }
        if state.rows > 0 { record(monitor) }
        return reason
      }
      let batch = state.rows..<min(state.rows + settings.batchSize, rows)
      let progress = Double(state.epoch) + Double(state.rows) / Double(rows)
      let loss = step(batch, progress: progress)
      state.loss += loss
      guard state.loss / rowLoss.total <= worst else { return .diverged }
      state.rows = batch.upperBound
    }
    return nil
  }

  private mutating func shuffle() {
    RowOrder.shuffle(&order, rowBytes: objective.scaledFeatures.rowBytes, using: &generator)
  }

  /// The mean loss of the rows done in this epoch, each at its own parameters, and the penalty.
  private var value: Double { loss + objective.penaltyValue(at: state.parameters.all) }

  private var loss: Double { state.loss / rowLoss.total(of: state.rows) }

  /// - Parameter loss: On the rows of early stopping, unless others are measured along.
  private func record(_ monitor: Monitor, heldOutLoss loss: Double? = nil) {
    let passes = Double(state.epoch) + Double(state.rows) / Double(objective.rows)
    monitor.record(
      passes: passes, objective: value, loss: self.loss,
      gap: monitor.provedGap(at: state.parameters.all),
      heldOutLoss: monitor.heldOutLoss(at: state.parameters.all) ?? loss)
  }

  /// One step; returns the sum of the batch's losses before it.
  private mutating func step(_ batch: Range<Int>, progress: Double) -> Double {
    let rule = settings.rule
    let rate =
      (settings.learningRate ?? rule.defaultRate) * (state.slowing ?? 1)
      * settings.schedule.factor(epoch: progress, of: Double(epochs))
      * (state.plateau?.factor(epoch: progress, of: epochs) ?? 1)
    let loss = pass.run(at: order, batch, rowLoss, state.parameters, step: state.steps)
    // Taken out meanwhile, so that nothing is copied: parts of self cannot be borrowed at a time.
    var (memory, sizes) = (state.rule, self.sizes)
    (state.rule, self.sizes) = ([], [])
    state.parameters.update(0..<objective.count) { parameters in
      parameters.withUnsafeMutableBufferPointer { parameters in
        memory.withUnsafeMutableBufferPointer { memory in
          sizes.withUnsafeMutableBufferPointer { sizes in
            let step = BatchStep(
              rule: rule, rate: rate, penalty: objective.penalty, layout: objective.layout,
              parameters: parameters,
              memory: memory, sizes: sizes)
            pass.apply(step, clipping: settings.clipping)
          }
        }
      }
    }
    (state.rule, self.sizes) = (memory, sizes)
    return loss
  }
}
