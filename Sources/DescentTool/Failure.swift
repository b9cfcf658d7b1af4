import Descent
import DescentFiles

/// How the executable ends, as sysexits has it.
enum ExitCode: Int32 {
  case usage = 64
  case badData = 65
  case noInput = 66
  case workFailed = 70
  case cannotCreate = 73
  case inputOutput = 74
  /// Under --strict: the same with more time may succeed.
  case timeLimit = 75
  case interrupted = 130
}

/// A failure that ends the executable: one message, one exit code.
struct Failure: Error {
  let code: ExitCode
  let message: String

  init(_ code: ExitCode, _ message: String) { (self.code, self.message) = (code, message) }

  init(_ error: FileError) {
    let code: ExitCode =
      switch error.kind {
      case .noInput: .noInput
      case .badData: .badData
      case .cannotCreate: .cannotCreate
      case .inputOutput: .inputOutput
      case .badQuery: .usage
      }
    var error = error
    if let survey = error.survey {
      error.remedy = "\(CommandLineAdvice.text(CommandLine.arguments, survey))"
    }
    error.converter = error.converter.map { CommandText.piping($0, to: error.file) }
    self.init(code, error.text(naming: Usage.option))
  }

  /// Data that can be read and not be trained from.
  ///
  /// - Parameter rows: those that the error tells of; of several files the one is named that has the row.
  init(_ error: TrainingError, file: String, _ rows: Dataset? = nil) {
    if let (file, error) = rows?.inShard(error) {
      self.init(.badData, "\(file): \(error)")
      return
    }
    if case .lost(let failure) = error {
      self.init(failure)
    } else if case .interrupted = error {
      self.init(.interrupted, "interrupted; no model was written")
    } else {
      self.init(.badData, "\(file): \(error.description)")
    }
  }

  /// A file that was lost while it was in use.
  init(_ failure: StorageFailure) { self.init(.inputOutput, failure.description) }
}

extension Dataset {
  /// The file that has the row of which an error tells, and the same error of the row's number there; nil where all rows are
  /// in one, or none is told of.
  fileprivate func inShard(_ error: TrainingError) -> (file: String, error: TrainingError)? {
    guard let shards = features as? ShardedStorage, !shards.names.isEmpty else { return nil }
    func place(_ row: Int) -> (file: String, row: Int) {
      let place = shards.place(of: row)
      return (shards.names[place.shard], place.row)
    }
    switch error {
    case .nonFinite(let row, let column, let name, let what):
      let (file, row) = place(row)
      return (file, .nonFinite(row: row, column: column, name: name, what))
    case .tooLarge(let row, let column, let name, let isSingle):
      let (file, row) = place(row)
      return (file, .tooLarge(row: row, column: column, name: name, isSingle: isSingle))
    default: return nil
    }
  }
}
