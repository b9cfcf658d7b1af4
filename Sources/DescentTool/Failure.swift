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
  init(_ error: TrainingError, file: String) {
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
