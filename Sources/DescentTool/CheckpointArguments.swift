import ArgumentParser
import Descent
import DescentFiles
import Foundation
import Synchronization

/// How a training is kept from being lost.
struct CheckpointArguments: ParsableArguments {
  @Option(
    help: ArgumentHelp(
      """
      A file that keeps the state of the training, written now and then, when it is interrupted or out of time, and \
      at its end.
      """, valueName: "file"), completion: .file())
  var checkpoint: String?

  @Option(
    parsing: .unconditional,
    help: ArgumentHelp("Seconds from one checkpoint to the next. Default: 60.", valueName: "seconds"))
  var checkpointEvery: Double?

  @Flag(
    help: """
      Go on from --checkpoint, to the same model bit for bit as without a stop. Where there is no such file yet the \
      training starts from the beginning.
      """)
  var resume = false

  func validate() throws {
    try Usage.positive(checkpointEvery, "--checkpoint-every")
    try Usage.require(checkpointEvery == nil || checkpoint != nil, "--checkpoint-every needs --checkpoint")
    try Usage.require(!resume || checkpoint != nil, "--resume needs --checkpoint")
    try Usage.require(
      checkpoint != "-", "--checkpoint must name a file: it is replaced as the training goes on")
  }

  var file: Output? { Output("--checkpoint", checkpoint, .checkpoint) }

  /// Before an hour of training: that no state is lost that somebody may want to go on from.
  func check(isForced: Bool) throws(Failure) {
    guard let checkpoint, !resume, !isForced, FileManager.default.fileExists(atPath: checkpoint) else {
      return
    }
    throw Failure(
      .cannotCreate,
      "\(checkpoint): is there already; add --resume to go on from it, or --force to start again")
  }

  /// The checkpoints of this run, with the one to go on from read; nil where none were asked for.
  func session(isQuiet: Bool) throws -> CheckpointSession? {
    guard let checkpoint else { return nil }
    var resumed: Checkpoint?
    if resume, FileManager.default.fileExists(atPath: checkpoint) {
      resumed = try CheckpointFile.read(checkpoint)
    } else if resume, !isQuiet {
      Console.say("there is no \(checkpoint) yet: the training starts from the beginning")
    }
    if let resumed, !isQuiet {
      let passes = format(resumed.history.last?.passes ?? 0, 4)
      Console.say(
        resumed.isFinished
          ? "\(checkpoint): that training is over, its result is taken from there"
          : "going on from \(checkpoint), after \(passes) passes and \(duration(resumed.seconds))")
    }
    return CheckpointSession(checkpoint, every: checkpointEvery ?? 60, from: resumed)
  }

  /// What to add where a training is interrupted.
  var howToGoOn: String { checkpoint.map { "; go on from \($0) by the same command with --resume" } ?? "" }
}

/// Writes the checkpoints of one training, and remembers the first that could not be written.
final class CheckpointSession: Sendable {
  private let path: String
  private let interval: Duration
  private let resumed: Checkpoint?
  private let failed = Mutex<Failure?>(nil)

  init(_ path: String, every seconds: Double, from resumed: Checkpoint?) {
    (self.path, self.resumed) = (path, resumed)
    // More seconds than a Duration holds are never over.
    interval = .seconds(min(seconds, 1e9))
  }

  var error: Failure? { failed.withLock { $0 } }

  var plan: Checkpointing { Checkpointing(every: interval, from: resumed) { self.write($0) } }

  private func write(_ checkpoint: Checkpoint) {
    guard error == nil else { return }
    do {
      try CheckpointFile.write(checkpoint, to: path)
    } catch {
      let failure = (error as? FileError).map { Failure($0) } ?? Failure(.inputOutput, "\(path): \(error)")
      failed.withLock { $0 = failure }
    }
  }

  /// Why the checkpoint cannot be gone on from.
  func failure(_ problem: CheckpointError) -> Failure {
    let remedy =
      switch problem {
      case .damaged: "take an earlier copy, or remove it and train from the beginning"
      case .otherTraining: "give the same data and options, or another --checkpoint"
      }
    return Failure(.badData, "\(path): \(problem); \(remedy)")
  }
}
