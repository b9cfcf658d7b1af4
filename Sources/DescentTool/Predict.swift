import ArgumentParser
import Descent
import DescentFiles
import Foundation
import LinearAlgebra

struct Predict: ParsableCommand, ModelWork {
  static let configuration = CommandConfiguration(
    abstract: "Score the rows of DATA: one line a row on standard output.",
    usage:
      "descent predict <model> <data> [<options>]\ndescent predict <model> --sqlite <file> --query <query> [<options>]",
    discussion: """
      A line holds the class, or the number that a regressor predicts; with --scores or --probabilities those of \
      each class follow, separated by commas. DATA needs no label column and may have one. It is streamed: memory \
      does not grow with it.

        descent predict digits.onnx new.csv > classes.txt
        zcat big.csv.gz | descent predict digits.onnx - --probabilities
      """)

  @Argument(
    help: "A file that 'descent train' wrote, or another ONNX model of such layers.", completion: .models)
  var model: String

  @Argument(help: "\(FormatHelp.inShort); - is standard input.", completion: .data)
  var data: String?

  @OptionGroup(title: "Data") var dataArguments: DataArguments

  @Flag(help: "Add the score of each class.")
  var scores = false

  @Flag(help: "Add the probability of each class, where the loss gives some (softmax, logistic).")
  var probabilities = false

  @Flag(help: "A category that the model has not seen is an error. Default: all its features are 0.")
  var strict = false

  func validate() throws {
    let data = try dataArguments.path(data)
    try dataArguments.checkForModel()
    try Usage.require(
      dataArguments.missing != .drop, "--missing drop would leave rows unanswered; train with --missing mean")
    try Usage.require(!(scores && probabilities), "--scores and --probabilities exclude each other")
    try Usage.require(model != "-" || data != "-", "MODEL and DATA cannot both be standard input")
  }

  func run() throws { try ModelFile.read(model).run(self) }

  func run<Element: KernelScalar & StoredNumber>(_ model: TrainedModel<Element>) throws {
    guard !probabilities || model.givesProbabilities else {
      throw Failure(
        .usage,
        "\(self.model): a model trained with the loss '\(model.lossName)' gives no probabilities; "
          + "ask for --scores, or train with --loss softmax")
    }
    let data = try dataArguments.path(data)
    var options = dataArguments.options(labels: nil, target: .ignored, model: model.columns)
    try options.checkMeans(model.columns, model: self.model)
    options.refusesUnseen = strict
    let stream = try DataFile.stream(data, options, as: Element.self)
    // A row that arrives through a pipe is answered before the next one is waited for.
    let rowsAtOnce = isRegularFile(data) ? 64 : 1
    while let block = try stream.next(rowsAtOnce) {
      try Console.output(lines(model, scores(model, of: block)))
    }
    if let tally = options.tally { say(tally, of: data) }
  }

  private func isRegularFile(_ path: String) -> Bool {
    var status = stat()
    let found = path == "-" ? fstat(STDIN_FILENO, &status) : stat(MemberPath(path).file, &status)
    return found == 0 && status.st_mode & S_IFMT == S_IFREG
  }

  private func scores<Element>(_ model: TrainedModel<Element>, of block: RowBlock<Element>) -> Matrix<Element>
  {
    if let sparse = block.sparse { return model.scores(sparse) }
    // By itself each: the last bits of a product depend on how many rows are in it, and not on how they came.
    let rows = block.features
    let scores = (0..<rows.rows).flatMap { model.scores(Array(rows[row: $0])) }
    return Matrix(rows: rows.rows, columns: model.architecture.outputs, elements: scores)
  }

  private func lines<Element: KernelScalar>(_ model: TrainedModel<Element>, _ s: Matrix<Element>) -> String {
    guard !model.classNames.isEmpty else {
      return (0..<s.rows).map { s[row: $0].map { "\($0)" }.joined(separator: ",") + "\n" }.joined()
    }
    let columns = probabilities ? model.probabilities(s) : self.scores ? s : nil
    var text = ""
    for (row, c) in model.decide(s).enumerated() {
      text += CSVText.field(model.classNames[c], isAlone: columns == nil)
      if let columns { for value in columns[row: row] { text += ",\(value)" } }
      text += "\n"
    }
    return text
  }
}
