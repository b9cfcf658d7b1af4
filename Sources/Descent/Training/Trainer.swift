internal import LinearAlgebra

/// A recipe for training: everything but the data.
///
/// ```swift
/// let fit = try Trainer(loss: Softmax(), penalty: L2(1e-4)).fit(data)
/// print(fit.model.classify([0.5, 1.5]))
/// ```
public struct Trainer: Sendable {
  /// Linear or a network: its inputs are the data's features, its outputs what ``loss`` wants for such targets.
  public var model: ModelChoice
  /// What is minimised, as the mean over the rows by their weights. ``Loss/check(_:columns:)`` says which targets it takes.
  public var loss: any Loss
  /// What is added to the mean loss, of the weights on scaled features; biases are not penalised.
  public var penalty: any Penalty
  /// What minimises the objective: ``check(_:)`` throws where it cannot. ``Automatic`` picks one that can.
  public var solver: any Solver
  /// How features are brought to one scale to learn from; the model has it folded in.
  public var scaling: ScalingChoice
  /// Seeds the shuffling of batches and the first parameters.
  public var seed: UInt64
  /// Nil is one for each of the machine's cores.
  public var threads: Int?
  /// How long a fit may take, counted anew where it goes on from a checkpoint: it ends with what it has then, and a
  /// cross-validation with ``TrainingError/interrupted``. Nil is no limit.
  public var timeLimit: Duration?
  /// Nil trains on all rows, to the end. For solvers that see a batch at a time.
  public var earlyStopping: EarlyStopping?
  /// Whether a linear model has biases; without them its scores are W·x alone, and features are scaled without a shift.
  public var fitsIntercept: Bool
  /// What rows count for by their class, besides their own weights; nil for once each.
  public var classWeights: ClassWeights?
  /// Whether ``Fit/history`` tells proved gaps on the way too, of its first lines and then of ever fewer: each costs some passes,
  /// which ``Fit/seconds`` leaves out. Nothing else changes, but for what a ``timeLimit`` allows.
  public var recordsGaps = false
  /// Those who train the same model on the same rows, each its share of the work where the solver shares it; nil where this process is alone. All of them
  /// have the same recipe and see the same data, of which each reads its rows; the model is that of one process, bit for bit.
  public var communicator: (any Communicator)?

  /// Traps where `threads` is below 1. Whether all of it goes together is seen with the data: see ``check(_:)``.
  public init(
    model: ModelChoice = .linear, loss: any Loss = Softmax(), penalty: any Penalty = L2(1e-4),
    solver: any Solver = Automatic(),
    scaling: ScalingChoice = .automatic, seed: UInt64 = 0, threads: Int? = nil, timeLimit: Duration? = nil,
    earlyStopping: EarlyStopping? = nil, fitsIntercept: Bool = true, classWeights: ClassWeights? = nil
  ) {
    require(threads.map { $0 >= 1 } ?? true, "\(threads ?? 0) threads")
    (self.model, self.loss, self.penalty, self.solver) = (model, loss, penalty, solver)
    (self.earlyStopping, self.fitsIntercept) = (earlyStopping, fitsIntercept)
    self.classWeights = classWeights
    (self.scaling, self.seed, self.threads, self.timeLimit) = (scaling, seed, threads, timeLimit)
  }

  /// Trains a model on the rows of `data`, each of which counts for its weight: the objective is the sum of the weighted losses
  /// over that of the weights, plus the penalty.
  ///
  /// The calling thread takes part in the work until it is done. In asynchronous code call the asynchronous
  /// ``fit(_:as:checkpoints:observer:)`` instead, which leaves Swift's threads alone.
  ///
  /// - Parameters:
  ///   - data: the rows to learn from.
  ///   - type: the precision of parameters and arithmetic, `Float` or `Double`.
  ///   - checkpoints: what is kept of the training on the way, and what it goes on from; nil for neither.
  ///   - heldOut: rows that are not learnt from, whose mean loss the history tells; they change nothing.
  ///   - isInterrupted: asked between steps; true ends the training with what it has.
  ///   - observer: called with each line of the history as it is made.
  /// - Throws: ``TrainingError`` where no model can be trained from such data.
  public func fit<Element: KernelScalar>(
    _ data: Dataset, as type: Element.Type = Float.self, checkpoints: Checkpointing? = nil,
    measuring heldOut: Dataset? = nil, isInterrupted: @escaping () -> Bool = { false },
    observer: Monitor.Observer? = nil
  ) throws(TrainingError) -> Fit<Element> {
    try fit(data, as: type, start: nil, checkpoints, heldOut, isInterrupted, observer)
  }

  /// The same, begun at a model: one of these data that is to be trained further, or of others with the same columns and
  /// classes. Where the optimum is unique the start has no part in the result but in the time.
  ///
  /// ```swift
  /// let fit = try trainer.fit(today, from: yesterday.model)
  /// ```
  ///
  /// - Throws: ``TrainingError/start(_:)`` too, where the model is none for such data.
  public func fit<Element: KernelScalar>(
    _ data: Dataset, from start: TrainedModel<Element>, checkpoints: Checkpointing? = nil,
    measuring heldOut: Dataset? = nil, isInterrupted: @escaping () -> Bool = { false },
    observer: Monitor.Observer? = nil
  ) throws(TrainingError) -> Fit<Element> {
    try fit(data, as: Element.self, start: start, checkpoints, heldOut, isInterrupted, observer)
  }

  private func fit<Element: KernelScalar>(
    _ data: Dataset, as type: Element.Type, start: TrainedModel<Element>?, _ checkpoints: Checkpointing?,
    _ heldOut: Dataset?, _ isInterrupted: @escaping () -> Bool, _ observer: Monitor.Observer?
  ) throws(TrainingError) -> Fit<Element> {
    if type == Float.self {
      let start = start as! TrainedModel<Float>?
      return try fit(data, as: Float.self, start, checkpoints, heldOut, isInterrupted, observer)
        as! Fit<Element>
    }
    let start = start as! TrainedModel<Double>?
    return try fit(data, as: Double.self, start, checkpoints, heldOut, isInterrupted, observer)
      as! Fit<Element>
  }

  private func fit<Element: KernelScalar>(
    _ all: Dataset, as type: Element.Type, _ start: TrainedModel<Element>?, _ checkpoints: Checkpointing?,
    _ heldOut: Dataset?, _ isInterrupted: @escaping () -> Bool, _ observer: Monitor.Observer?
  ) throws(TrainingError) -> Fit<Element> {
    try check(all)
    if let start { try checkStart(start, for: all) }
    let ranks = communicator.map { Ranks($0) }
    ranks?.hasLostRows = { all.features.failure != nil }
    if let ranks { try agree(on: all, as: type, from: start, checkpoints?.resuming, ranks) }
    let sharing = try unsharedSolver(on: all) == nil ? ranks : nil
    let (data, indices) = countingRows(of: all)
    let isOver = { isInterrupted() || all.features.failure != nil || ranks?.lost != nil }
    let monitor = Monitor(
      timeLimit: timeLimit, isInterrupted: isOver, observer: observer,
      checkpoints: try keeper(checkpoints, for: all, from: start, among: ranks), ranks: sharing)
    try checkNumbers(data, at: indices, as: type, among: ranks)
    let threads = self.threads ?? availableCores
    let (objective, scaling) = try objective(data, as: type, threads: threads, among: sharing)
    monitor.penalise { objective.penaltyValue(at: $0) }
    if let heldOut { measure(heldOut, along: monitor, objective) }
    if recordsGaps, let certifier = Certifier(objective) {
      monitor.prove { (point: [Element]) in certifier.certify(point).gap }
    }
    let parameters = firstParameters(of: objective, from: start)
    let fit = try fit(objective, from: parameters, monitor, of: data, spread: scaling)
    // What was made of data that were lost on the way is worth nothing.
    if let failure = all.features.failure { throw .lost(failure) }
    if let rank = ranks?.lost {
      throw .lost(StorageFailure("rank \(rank) has lost its part of the data while it read them"))
    }
    try checkFinite(fit, data)
    return fit
  }

  /// Minimises an objective of the rows of `data`, from parameters on scaled features.
  ///
  /// - Parameter spread: the scaling that brings features to one scale, which may be another than the objective's.
  func fit<Element: KernelScalar>(
    _ objective: DataObjective<Element>, from start: [Element], _ monitor: Monitor, of data: Dataset,
    spread: Scaling
  ) throws(TrainingError) -> Fit<Element> {
    var parameters = start
    // Where the penalty has bounds a start lies within.
    objective.prox(&parameters, step: 0)
    let outcome = try minimize(objective, from: &parameters, monitor)
    let standing = outcome.standing ?? objective.standing(at: parameters)
    let proof = outcome.certificate ?? Certifier(objective)?.certify(parameters)
    let (loss, penalty) = objective.exactValue(at: parameters)
    let certificate = proof?.moved(to: loss + penalty)
    let model = objective.model
    var fit = Fit(
      model: TrainedModel(
        architecture: model, parameters: objective.parametersForTargets(parameters),
        scaling: objective.scaling, spread: spread, trainedOn: data, loss: self.loss),
      parameters: parameters, scaling: objective.scaling, loss: loss, penalty: penalty,
      gradientNorm: standing.gradientNorm, history: monitor.history,
      stopReason: outcome.stopReason.unless(certificate, missed: solver.tolerance), certificate: certificate,
      solver: solver.name, tolerance: solver.tolerance, seconds: monitor.seconds,
      threads: objective.pool.threads, seed: seed)
    fit.model.provenance = provenance(of: fit)
    fit.heldOutLoss = outcome.heldOutLoss
    fit.targetScaling = objective.targetScaling
    fit.deadUnits = objective.deadUnits(at: parameters)
    return fit
  }

  private func keeper<Element: KernelScalar>(
    _ plan: Checkpointing?, for data: Dataset, from start: TrainedModel<Element>?, among ranks: Ranks?
  ) throws(TrainingError) -> CheckpointKeeper? {
    guard let plan else { return nil }
    let hash = data.contentHash(alone: threads == 1, among: ranks)
    var facts = facts(for: data, as: Element.self, hash: hash) + (start.map { [$0.startFact] } ?? [])
    if let resumed = plan.resuming { recogniseFormerHash(of: data, in: resumed.facts, &facts) }
    if let failure = data.features.failure { throw .lost(failure) }
    do throws(CheckpointError) {
      return try CheckpointKeeper(plan, of: facts, isIdle: ranks.map { $0.rank > 0 } ?? false) {
        data.features.failure == nil && ranks?.lost == nil
      }
    } catch {
      throw .checkpoint(error)
    }
  }

  /// Runs the solver, or takes the result from the checkpoint of a training that is over.
  private func minimize<Element: KernelScalar>(
    _ objective: DataObjective<Element>, from parameters: inout [Element], _ monitor: Monitor
  ) throws(TrainingError) -> FinishedState<Element> {
    if let finished: FinishedState<Element> = monitor.finishedState(count: objective.count) {
      parameters = finished.parameters
      return finished
    }
    let start = parameters
    let outcome: Outcome
    do throws(SolverRefusal) {
      outcome = try solver.minimize(objective, from: &parameters, seed: seed, monitor: monitor)
    } catch { throw .refused(error) }
    if let number = outcome.hopelessCondition { throw .illConditioned(number) }
    if let damage = monitor.checkpoints?.damage { throw .checkpoint(damage) }
    let kept = best(objective, from: start, &parameters, outcome, monitor)
    let end = FinishedState(
      parameters: parameters, stopReason: kept.stopReason, certificate: kept.certificate,
      standing: kept.standing, heldOutLoss: kept.heldOutLoss)
    monitor.finish(end)
    return end
  }

  func outputs(of data: Dataset) -> Int {
    if case .values(_, let width) = data.targets { return width }
    return data.classes
  }

  /// Checks that there are rows and features, and targets that the loss can learn from.
  ///
  /// ``fit(_:as:checkpoints:measuring:isInterrupted:observer:)`` does so by itself, and looks at each number of the features too, as
  /// ``checkAll(_:as:)`` does.
  public func check(_ data: Dataset) throws(TrainingError) {
    guard data.rows > 0 else { throw .noRows }
    guard data.columns > 0 else { throw .noFeatures }
    try checkRowNumbers(data)
    switch (loss.task, data.targets) {
    case (.classification, .labels(let labels)):
      let first = data.weights.map { zip(labels, $0).first { $1 > 0 }?.0 } ?? labels.first
      let isOne = labels.indices.allSatisfy { row in
        labels[row] == first || data.weights?[row - labels.startIndex] == 0
      }
      if data.classes == 1 || isOne {
        let label = Int(first ?? 0)
        throw .oneClass(name: data.classNames.indices.contains(label) ? data.classNames[label] : "\(label)")
      }
    case (.regression, .labels), (.classification, .values), (.regression, .values): break
    }
    try checkSolver(data)
    do throws(TargetError) {
      try loss.check(data.targets, columns: loss.columns(classes: outputs(of: data)))
    } catch {
      throw .targets(error)
    }
  }
}
