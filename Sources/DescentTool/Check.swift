import ArgumentParser
import Descent
import DescentFiles
import Foundation
import LinearAlgebra

struct Check: ParsableCommand {
  static let configuration = CommandConfiguration(
    abstract: "Look over DATA and a recipe before a long training.",
    usage: "descent check <data> [<options>]\ndescent check --sqlite <file> --query <query> [<options>]",
    discussion: """
      Holds the analytic gradient against a numerical one, and checks the first loss, the penalty, whether 20 rows can \
      be learnt by heart, learning rates, the features' scale, constant features and the balance of classes. Each line \
      is a verdict; what can be done about it follows an arrow. Takes the options of 'descent train'.

        descent check data.csv
        descent check images-idx3-ubyte.gz --labels labels-idx1-ubyte.gz --model network --hidden 128
      """)

  @Argument(help: ArgumentHelp(FormatHelp.data), completion: .data)
  var data: String?

  @OptionGroup(title: "Data") var dataArguments: DataArguments
  @OptionGroup(title: "What is learnt, and how") var options: TrainOptions
  @OptionGroup(title: "Solver") var solver: SolverOptions

  @Flag(help: "One JSON object on standard output instead of text.")
  var json = false

  func validate() throws {
    _ = try dataArguments.path(data)
    try options.model.check(solver)
  }

  func run() throws {
    let data = try dataArguments.path(data)
    let rows = try Loading().read(
      data, options.losses.reading(dataArguments), as: Double.self
    ).readingNumbers(unless: options.loss != nil)
    let target = TargetText(rows, dataArguments, loss: options.loss)
    try target.check(file: data)
    var (trainer, _) = try options.trainer(for: rows, solver)
    do throws(TrainingError) {
      try trainer.checkAll(rows)
      trainer = try options.losses.scaled(trainer, to: rows)
    } catch {
      throw target.explaining(Failure(error, file: data), error)
    }
    Console.say(target.line)
    target.notes.forEach(Console.say)
    let preflight = Preflight(trainer, rows)
    let report = preflight.gradientCheck()
    if json {
      let findings = [gradient(report)] + preflight.findings()
      try Console.output(CheckJSON(trainer, rows, report, findings).object.json())
    } else {
      try Console.output(line(gradient(report)))
      for finding in preflight.findings() { try Console.output(line(finding)) }
    }
    guard report.passes() else {
      throw Failure(.workFailed, "\(data): the analytic gradient is not the numerical one")
    }
  }

  private func gradient(_ report: GradientReport) -> Finding {
    let words =
      "relative error \(format(report.relativeError, 2)) along \(report.directions.count) directions and by "
      + "\(report.coordinates.count) parameters, \(report.kinks.count) at kinks"
    return report.passes()
      ? Finding("gradient", .good, words)
      : Finding(
        "gradient", .warning, words + "; worst: \(report.worst(3).map(\.name).joined(separator: ", "))",
        remedy: "look at the backward pass of these")
  }

  private func line(_ finding: Finding) -> String {
    let name = finding.name.padding(toLength: 18, withPad: " ", startingAt: 0)
    let remedy = finding.remedy.map { " → \($0.text(naming: Usage.option))" } ?? ""
    let verdict = finding.verdict.rawValue
    let text = verdict.padding(toLength: 8, withPad: " ", startingAt: 0) + name + finding.sentence + remedy
    let lines = Terminal.output.width.map { Wrapping.wrapped(text, to: $0, indent: 8) } ?? text
    let colour: Colour? = [.good: .good, .warning: .doubtful][finding.verdict]
    return (colour?.on(.output, verdict) ?? verdict) + lines.dropFirst(verdict.count) + "\n"
  }
}
