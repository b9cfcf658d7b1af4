internal import LinearAlgebra

/// The clock, the record and the stop button of one training.
///
/// Solvers report to it and ask it whether to go on; they know neither the time nor the user. What a training
/// needs to be resumed goes through it too, see ``stopReason(at:)``.
public final class Monitor {
  /// Called on the training's thread, which waits meanwhile.
  public typealias Observer = (Milestone) -> Void

  /// In the order of recording; of a resumed training those of the runs before come first.
  public private(set) var history: [Milestone]
  /// Of this run, without the runs that it goes on from; nil for none.
  public let timeLimit: Duration?
  private let start: ContinuousClock.Instant
  private let observer: Observer?
  private let isInterrupted: () -> Bool
  /// Those who train the same and must stop at the same step; nil where this process is alone.
  let ranks: Ranks?
  /// Nil where the training leaves none.
  let checkpoints: CheckpointKeeper?
  private let earlierSeconds: Double
  /// What measuring other rows by the way has taken.
  private var measuring = Duration.zero

  /// - Parameters:
  ///   - timeLimit: counted from now, a resumed training's too.
  ///   - isInterrupted: asked between steps; true ends the training with what it has.
  ///   - observer: called with each milestone, on the training's thread.
  public convenience init(
    timeLimit: Duration? = nil, isInterrupted: @escaping () -> Bool = { false }, observer: Observer? = nil
  ) {
    self.init(timeLimit: timeLimit, isInterrupted: isInterrupted, observer: observer, checkpoints: nil)
  }

  init(
    timeLimit: Duration?, isInterrupted: @escaping () -> Bool, observer: Observer?,
    checkpoints: CheckpointKeeper?, ranks: Ranks? = nil
  ) {
    self.timeLimit = timeLimit
    self.ranks = ranks
    self.isInterrupted = isInterrupted
    self.observer = observer
    self.checkpoints = checkpoints
    history = checkpoints?.resumed?.history ?? []
    earlierSeconds = checkpoints?.resumed?.seconds ?? 0
    start = ContinuousClock.now
    ranks?.wish = { [weak self] in self?.ownStopReason.map(\.wish) ?? 0 }
    ranks?.keeps = { [weak checkpoints] in checkpoints?.isDue ?? false }
  }

  /// Since the training began, those of the runs that it goes on from included; without what it took to measure rows by
  /// the way.
  public var seconds: Double {
    earlierSeconds + (ContinuousClock.now - start - measuring) / .seconds(1)
  }

  /// Why the training must end now, if it must. Ranks go by what all of them have heard with the last sum.
  public var stopReason: StopReason? {
    if let ranks { return StopReason(wish: ranks.agreed) }
    return ownStopReason
  }

  private var ownStopReason: StopReason? {
    if isInterrupted() || checkpoints?.damage != nil { return .interrupted }
    if let timeLimit, ContinuousClock.now - start >= timeLimit { return .timeLimit }
    return nil
  }

  /// One that records here and stops when this one does, but leaves no states: for a solver that another one calls.
  var forwarding: Monitor {
    let monitor = Monitor(isInterrupted: { self.stopReason != nil }) {
      self.record(
        passes: $0.passes, objective: $0.objective, loss: $0.loss, gap: $0.gap, heldOutLoss: $0.heldOutLoss)
    }
    monitor.asides = asides
    return monitor
  }

  /// One that keeps no record and stops when this one does: for work on the way.
  var silent: Monitor { Monitor(isInterrupted: { self.stopReason != nil }) }

  /// The parameters of the smallest objective that was recorded with them.
  private var best: (objective: Double, parameters: Any)?

  func best<Element: KernelScalar>(as type: Element.Type) -> [Element]? { best?.parameters as? [Element] }

  /// What is looked at by the way: the penalty of parameters, their mean loss on rows that play no part in the training, and
  /// what is proved of them.
  private var asides = Asides()

  private struct Asides {
    var penalty: ((Any) -> Double?)?
    var heldOutLoss: ((Any) -> Double)?
    var gap: ((Any) -> Double?)?
  }

  /// Tells the loss from the objective, with each point of the record.
  func penalise<Element: KernelScalar>(by penalty: @escaping ([Element]) -> Double) {
    asides.penalty = { ($0 as? [Element]).map(penalty) }
  }

  /// Measures parameters of the type by the way, with each point of the record.
  func measure<Element: KernelScalar>(by loss: @escaping ([Element]) -> Double) {
    asides.heldOutLoss = { loss($0 as! [Element]) }
  }

  /// That of these parameters; nil where nothing is measured.
  func heldOutLoss<Element: KernelScalar>(at point: [Element]) -> Double? {
    asides.heldOutLoss.map { measure in aside { measure(point) } }
  }

  /// Proves a gap by the way, of the first, second, fourth, … point of the record where the solver proves none.
  func prove<Element: KernelScalar>(by gap: @escaping ([Element]) -> Double?) {
    asides.gap = { ($0 as? [Element]).flatMap(gap) }
  }

  /// That of these parameters; nil where none is to be proved.
  func provedGap<Element: KernelScalar>(at point: [Element]) -> Double? {
    let number = history.count + 1
    guard let prove = asides.gap, number & (number - 1) == 0 else { return nil }
    return aside { prove(point) }
  }

  private func aside<Result>(_ body: () -> Result) -> Result {
    let start = ContinuousClock.now
    defer { measuring += ContinuousClock.now - start }
    return body()
  }

  /// Records a point, and keeps its parameters if it is the best so far: no training ends at a worse one.
  func record<Element: KernelScalar>(
    passes: Double, objective: Double, gap: Double? = nil, at point: [Element]
  ) {
    if objective < best?.objective ?? .infinity, point.allSatisfy(\.isFinite) { best = (objective, point) }
    record(passes: passes, objective: objective, gap: gap, measuring: point)
  }

  /// Records a point that a solver keeps by itself.
  func record<Element: KernelScalar>(
    passes: Double, objective: Double, gap: Double?, measuring point: [Element]
  ) {
    record(
      passes: passes, objective: objective, loss: asides.penalty?(point).map { objective - $0 },
      gap: gap ?? provedGap(at: point), heldOutLoss: heldOutLoss(at: point))
  }

  /// Appends a line, at ``seconds`` from the start, to ``history`` and tells the observer. What each is: see ``Milestone``.
  public func record(
    passes: Double, objective: Double, loss: Double? = nil, gap: Double? = nil, heldOutLoss: Double? = nil
  ) {
    let milestone = Milestone(
      seconds: seconds, passes: passes, objective: objective, loss: loss, gap: gap, heldOutLoss: heldOutLoss)
    history.append(milestone)
    observer?(milestone)
  }
}

/// As ranks tell each other: the larger number decides.
extension StopReason {
  fileprivate var wish: UInt8 { self == .interrupted ? 2 : 1 }

  fileprivate init?(wish: UInt8) {
    guard wish > 0 else { return nil }
    self = wish == 1 ? .timeLimit : .interrupted
  }
}
