/// That a training leaves checkpoints, and from which one it goes on.
///
/// ```swift
/// let kept = Mutex<Checkpoint?>(nil)
/// let trainer = Trainer(timeLimit: .seconds(60))
/// _ = try trainer.fit(data, checkpoints: Checkpointing { checkpoint in kept.withLock { $0 = checkpoint } })
/// // Later, elsewhere: the same fit as if there had been no limit.
/// let fit = try Trainer().fit(data, checkpoints: Checkpointing(from: kept.withLock { $0 }) { _ in })
/// ```
///
/// A checkpoint is taken each `interval`, when the training is interrupted or its time is up, and at its end. The bits
/// of the result do not depend on when it was stopped and resumed, nor on the number of threads of either run.
public struct Checkpointing: Sendable {
  /// Between two checkpoints.
  public var interval: Duration
  /// Nil starts from the beginning.
  public var resuming: Checkpoint?
  /// Keeps a checkpoint. Called on the training's thread, which waits meanwhile; of ranks at the first alone.
  public var save: @Sendable (Checkpoint) -> Void

  /// Whether `resuming` is of the same data and recipe is checked by the fit, which throws where it is not.
  public init(
    every interval: Duration = .seconds(60), from resuming: Checkpoint? = nil,
    save: @escaping @Sendable (Checkpoint) -> Void
  ) {
    (self.interval, self.resuming, self.save) = (interval, resuming, save)
  }
}

/// The checkpoints of one training at work.
final class CheckpointKeeper {
  private let plan: Checkpointing
  private let facts: [TrainingFact]
  /// Whether the numbers that were read are those of the data: of others no checkpoint is kept.
  private let isSound: () -> Bool
  /// Whether another rank keeps them.
  private let isIdle: Bool
  private let start = ContinuousClock.now
  private var lastSaved: ContinuousClock.Instant
  /// Whether a solver's state was ever kept: in this run, or in the one before.
  private(set) var hasState = false
  /// Whether the state at which the training stops is kept: what is done after it is not part of any other run.
  private(set) var isClosed = false
  /// Why the checkpoint to go on from cannot be used, where it turns out so.
  var damage: CheckpointError?

  init(
    _ plan: Checkpointing, of facts: [TrainingFact], isIdle: Bool = false, isSound: @escaping () -> Bool
  ) throws(CheckpointError) {
    (self.plan, self.facts, self.isSound, self.isIdle) = (plan, facts, isSound, isIdle)
    lastSaved = start
    guard let resuming = plan.resuming else { return }
    if let difference = TrainingFact.difference(resuming.facts, facts) { throw .otherTraining(difference) }
    if case .started = resuming.stage { return }
    hasState = true
  }

  var resumed: Checkpoint? { plan.resuming }
  var isDue: Bool { !isClosed && ContinuousClock.now - lastSaved >= plan.interval }

  func save(_ stage: Checkpoint.Stage, history: [Milestone], seconds: Double, isLast: Bool) {
    guard !isClosed, isSound() else { return }
    hasState = true
    isClosed = isLast
    if !isIdle { plan.save(Checkpoint(facts: facts, history: history, seconds: seconds, stage: stage)) }
    lastSaved = ContinuousClock.now
  }
}
