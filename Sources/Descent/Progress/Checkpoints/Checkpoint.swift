internal import LinearAlgebra

/// A training at one moment: all that it needs to go on as if it had never stopped, to the same bits.
///
/// A value. `CheckpointFile` of DescentFiles keeps it on disk; ``encoded()`` gives its bytes to whoever keeps them
/// elsewhere.
public struct Checkpoint: Sendable, Equatable {
  /// What the training is of: the data and the recipe. Only such a training can go on from here.
  public let facts: [TrainingFact]
  /// The record so far.
  public let history: [Milestone]
  /// Spent on the training so far, in all its runs.
  public let seconds: Double
  let stage: Stage

  /// How far a training is.
  enum Stage: Sendable, Equatable {
    /// Nothing is done that would be worth keeping.
    case started
    /// Under way; the bytes are the solver's state, see ``Monitor/stopReason(at:)``.
    case running([UInt8])
    /// Over; the bytes are a ``FinishedState``.
    case finished([UInt8])
  }

  /// Whether the training has ended by itself: going on from here only gives its result again.
  public var isFinished: Bool {
    if case .finished = stage { true } else { false }
  }

  init(facts: [TrainingFact], history: [Milestone], seconds: Double, stage: Stage) {
    (self.facts, self.history, self.seconds, self.stage) = (facts, history, seconds, stage)
  }

  /// The checkpoint as bytes, without a checksum.
  public func encoded() -> [UInt8] {
    do { return try StateCoding.bytes(of: CheckpointRecord(self)) } catch {
      fatalError("a checkpoint that cannot be encoded: \(error)")
    }
  }

  /// - Throws: where `bytes` are not those of a whole checkpoint. No bytes bring it down.
  public init(decoding bytes: [UInt8]) throws(CheckpointError) {
    do { self = try StateCoding.value(CheckpointRecord.self, from: bytes).checkpoint() } catch {
      throw CheckpointError.damaged("\(error)")
    }
  }
}

/// Why a training cannot go on from a checkpoint.
public enum CheckpointError: Error, Equatable, CustomStringConvertible {
  /// It is not whole; the text says where.
  case damaged(String)
  /// It is of a training on other data, or by another recipe; the text says in what they differ.
  case otherTraining(String)

  public var description: String {
    switch self {
    case .damaged(let problem): "holds no checkpoint that can be read: \(problem)"
    case .otherTraining(let difference): "is of another training: \(difference)"
    }
  }
}

/// A checkpoint as it is written: the history by columns.
private struct CheckpointRecord: Codable {
  var facts: [TrainingFact]
  var seconds: Double
  var historySeconds, historyPasses, historyObjectives: [Double]
  /// NaN where there is none.
  var historyGaps: [Double]
  /// Likewise; nil in files of earlier versions.
  var historyLosses, historyHeldOut: [Double]?
  var stage: String
  var state: [UInt8]

  init(_ checkpoint: Checkpoint) {
    (facts, seconds) = (checkpoint.facts, checkpoint.seconds)
    historySeconds = checkpoint.history.map(\.seconds)
    historyPasses = checkpoint.history.map(\.passes)
    historyObjectives = checkpoint.history.map(\.objective)
    historyGaps = checkpoint.history.map { $0.gap ?? .nan }
    historyLosses = checkpoint.history.map { $0.loss ?? .nan }
    historyHeldOut = checkpoint.history.map { $0.heldOutLoss ?? .nan }
    switch checkpoint.stage {
    case .started: (stage, state) = ("started", [])
    case .running(let bytes): (stage, state) = ("running", bytes)
    case .finished(let bytes): (stage, state) = ("finished", bytes)
    }
  }

  func checkpoint() throws(StateError) -> Checkpoint {
    let count = historySeconds.count
    let unknown = Array(repeating: Double.nan, count: count)
    let (losses, heldOut) = (historyLosses ?? unknown, historyHeldOut ?? unknown)
    let columns = [historyPasses, historyObjectives, losses, historyGaps, heldOut]
    guard columns.allSatisfy({ $0.count == count }) else {
      throw StateError(description: "a history of \(count) lines lacks numbers")
    }
    func known(_ number: Double) -> Double? { number.isNaN ? nil : number }
    let history = (0..<count).map {
      Milestone(
        seconds: historySeconds[$0], passes: historyPasses[$0], objective: historyObjectives[$0],
        loss: known(losses[$0]), gap: known(historyGaps[$0]), heldOutLoss: known(heldOut[$0]))
    }
    let stages: [String: Checkpoint.Stage] = [
      "started": .started, "running": .running(state), "finished": .finished(state),
    ]
    guard let stage = stages[stage] else { throw StateError(description: "the stage is unknown") }
    guard seconds >= 0, seconds.isFinite else { throw StateError(description: "\(seconds) seconds") }
    return Checkpoint(facts: facts, history: history, seconds: seconds, stage: stage)
  }
}
