import ArgumentParser
import DescentFiles
import DescentMemory
import Foundation
import LinearAlgebra

/// The entry: parses, runs, and turns every failure into one line and an exit code.
@main
enum Main {
  static func main() {
    BLAS.useNewestKernels()
    StandardStreams.fill()
    descent_give_large_memory_back()
    Console.ignoreSignals()
    do {
      try Usage.refuseWhatIsNotUTF8()
      try Usage.refuseRepeatedOptions(Array(CommandLine.arguments.dropFirst()))
      try RankProcess.join(Array(CommandLine.arguments.dropFirst()))
      var command = try DescentCommand.parseAsRoot()
      try command.run()
      RankProcess.leave()
    } catch let error as Failure {
      RankProcess.end(error.message, error.code.rawValue)
    } catch let error as FileError {
      if error.code == EPIPE, error.file == "standard output" { Console.endOfReaders() }
      let failure = Failure(error)
      RankProcess.end(failure.message, failure.code.rawValue)
    } catch {
      let code = DescentCommand.exitCode(for: error)
      let arguments = Array(CommandLine.arguments.dropFirst())
      // --help and --version come as errors too.
      if code.isSuccess { answer(Help.text(DescentCommand.message(for: error), for: arguments)) }
      if code == .validationFailure {
        RankProcess.end(Usage.line(for: error, arguments), ExitCode.usage.rawValue)
      }
      RankProcess.end("\(error)", ExitCode.workFailed.rawValue)
    }
  }
}

extension Main {
  /// Prints what was asked for in place of work.
  private static func answer(_ text: String) -> Never {
    do throws(Failure) { try Console.output(text.hasSuffix("\n") ? text : text + "\n") } catch {
      Console.error(error.message)
      exit(error.code.rawValue)
    }
    exit(0)
  }
}

struct DescentCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "descent",
    abstract: "Train, measure and use linear classifiers and regressors.",
    discussion: """
      The objective is: mean loss over the rows + l1·‖W‖₁ + (l2/2)·‖W‖², biases unpenalised.

      A first session:
        descent check data.csv                 look at it first
        descent train data.csv --holdout 0.2   learn, and measure
        descent evaluate data.onnx new.csv     by other rows
        descent predict data.onnx new.csv      each row's class
        descent templates data.onnx -o templates.png
        descent report data.onnx new.csv -o report.html

      \(FormatHelp.overview)

      Exit codes: 0 done, 64 wrong usage, 65 bad data, 66 no such input, 70 the work failed, 73 or 74 the output \
      cannot be written, 75 out of time under --strict, 130 interrupted.
      """,
    version: "\(ModelFile.producerVersion)\n\(RankProcess.mpi)",
    subcommands: [
      Train.self, PathCommand.self, Evaluate.self, Compare.self, Convert.self, Predict.self, Check.self,
      TemplatesCommand.self, PlotCommand.self, Inspect.self, ReportCommand.self, Export.self,
    ],
    helpNames: [.short, .long, .customLong("help-all")])
}
