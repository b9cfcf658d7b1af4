import ArgumentParser
import Descent
import DescentFiles
import DescentPictures
import LinearAlgebra

struct ReportCommand: ParsableCommand, ModelWork {
  static let configuration = CommandConfiguration(
    commandName: "report",
    abstract: "Write a page about a model: what it is, and how good by DATA that has labels.",
    usage: "descent report <model> <data> -o <file.html> [<options>]",
    discussion: """
      One file for any browser, to be sent to a colleague: what was trained on what, the proof, metrics beside the \
      baseline's, thresholds or residuals, mistakes, and the weights. 'descent train --report' adds how the training went.

        descent report digits.onnx new-digits.csv -o digits.html
        descent report digits.onnx digits.csv --holdout 0.2 -o digits.html
      """)

  @Argument(
    help: "A file that 'descent train' wrote, or another ONNX model of such layers.", completion: .models)
  var model: String

  @Argument(help: "\(FormatHelp.inShort), as for train.", completion: .data)
  var data: String?

  @Option(
    name: [.short, .long], help: ArgumentHelp("The page's file.", valueName: "file.html"),
    completion: .file(extensions: ["html"]))
  var output: String

  @OptionGroup(title: "Data") var dataArguments: DataArguments
  @OptionGroup(title: "Rows held out, as by train") var holdout: HoldoutArguments

  @Option(
    parsing: .unconditional, help: ArgumentHelp("The seed that goes with --holdout.", valueName: "number"))
  var seed: UInt64 = 0

  @OptionGroup var written: WrittenArguments
  @OptionGroup var force: ForceArguments

  func validate() throws {
    _ = try dataArguments.path(data)
    try dataArguments.columns.checkForModel()
    try [file, written.file].checkNames()
  }

  private var file: Output { Output("--output", output, .report)! }

  func run() throws { try ModelFile.read(model).run(self) }

  func run<Element: KernelScalar & StoredNumber>(_ model: TrainedModel<Element>) throws {
    let data = try dataArguments.path(data)
    try force.check([file], against: [data, self.model, dataArguments.labels])
    var options = try dataArguments.options(measuring: model, self.model)
    options.roles.group = holdout.holdoutBy
    var rows = try Loading().read(data, options, as: Element.self)
    let numbers = holdout.rule(seed: seed, groups: rows.groups)?.rows(of: rows.targets).heldOut
    let caution = ModelReport.caution(model, rows, data, heldOut: numbers?.count, seed: seed)
    if let numbers { rows = rows.rows(at: numbers) }
    let evaluation = try model.evaluation(on: rows, data: data)
    let measures = Measures(
      evaluation, MeasuredModel(lossName: model.lossName, classNames: model.classNames), cost: nil,
      bootstrap: nil, seed: seed)
    let report = ModelReport(
      model: model, name: self.model.fileName, measures: measures,
      rowsName: "\(rows.rows) rows \(holdout.option == nil ? "of" : "held out of") \(data.fileName)",
      rows: rows, rowNumbers: numbers, caution: caution)
    if let caution { Console.say("note: \(caution)") }
    try AtomicFile.write(output, Array(report.page.html().utf8))
    try written.tell(
      output,
      EvaluationJSON(measures).members.merging(["model": .text(self.model), "data": .text(data)]) { $1 })
  }
}
