import ArgumentParser
import Descent
import DescentFiles
import Foundation
import LinearAlgebra

struct Predict: ParsableCommand, ModelWork {
  static let configuration = CommandConfiguration(
    abstract: "Answer the rows of DATA: one line a row, in their order.",
    usage:
      "descent predict <model> <data> [<options>]\ndescent predict <model> --sqlite <file> --query <query> [<options>]",
    discussion: """
      A line holds the class, or the number that a regressor predicts; with --scores or --probabilities those of \
      each class follow, separated by commas. The first line names the columns where DATA has such a line. DATA needs \
      no label column and may have one. It is streamed: memory does not grow with it.

        descent predict digits.onnx new.csv -o classes.csv
        descent predict churn.onnx customers.csv --keep id --threshold 0.2
        zcat big.csv.gz | descent predict digits.onnx - --top 3
      """)

  @Argument(
    help: "A file that 'descent train' wrote, or another ONNX model of such layers.", completion: .models)
  var model: String

  @Argument(help: "\(FormatHelp.inShort); - is standard input.", completion: .data)
  var data: String?

  @OptionGroup(title: "Data") var dataArguments: DataArguments
  @OptionGroup(title: "Answer") var answer: AnswerOptions

  @Flag(help: "A category that the model has not seen is an error. Default: all its features are 0.")
  var strict = false

  func validate() throws {
    let data = try dataArguments.path(data)
    try dataArguments.columns.checkForModel()
    try Usage.require(
      dataArguments.cells.missing != .drop,
      "--missing drop would leave rows unanswered; train with --missing mean")
    try Usage.require(
      dataArguments.labels == nil,
      "--labels is for training and measuring: predict asks for none; leave it out")
    try Usage.require(model != "-" || data != "-", "MODEL and DATA cannot both be standard input")
  }

  func run() throws { try ModelFile.read(model).runCompiled(self) }

  func run<Element: KernelScalar & StoredNumber>(_ model: TrainedModel<Element>) throws {
    try answer.check(model, self.model)
    let data = try dataArguments.path(data)
    var options = dataArguments.options(labels: nil, target: .ignored, model: model.columns)
    try options.checkMissing(model.columns, model: self.model)
    options.refusesUnseen = strict
    options.keeps = answer.keep?.names ?? []
    let stream = try DataFile.stream(data, options, as: Element.self)
    guard options.keeps.isEmpty || !stream.keptNames.isEmpty else {
      throw Failure(.usage, "\(data): --keep names columns of a table, and this is none; leave it out")
    }
    if let file = answer.file {
      let lines = AnswerLines(model, answer, keptNames: stream.keptNames)
      let columns = answer.json || hasHeader(stream) ? lines.columns : nil
      try answer.force.check(
        [Output("--output", file, answer.kind(columns: columns))], against: [self.model, data])
      try AtomicFile.write(file, isCompressedByName: true) { output in
        try write(model, stream) { try output.write($0) }
      }
    } else {
      try write(model, stream) { try Console.output($0) }
    }
    answer.notes(model).forEach(Console.say)
    if let tally = options.tally { say(tally, of: data) }
  }

  private func write<Element>(
    _ model: TrainedModel<Element>, _ stream: any RowStream<Element>, _ output: ([UInt8]) throws -> Void
  ) throws {
    var lines = AnswerLines(model, answer, keptNames: stream.keptNames)
    if hasHeader(stream) { try output(Array(lines.header.utf8)) }
    // A row that arrives through a pipe is answered before the next one is waited for.
    let rowsAtOnce = try isRegularFile(dataArguments.path(data)) ? 1024 : 1
    while let block = try stream.next(rowsAtOnce) {
      try model.columns.others.checkOffsets(block.offsets, data: dataArguments.path(data))
      let scores = scores(model, of: block)
      try output(lines.lines(block.offsets.map { scores.addingToRows($0[...]) } ?? scores, kept: block.kept))
    }
  }

  private func hasHeader<Element>(_ stream: any RowStream<Element>) -> Bool {
    guard !answer.json else { return false }
    return answer.outputHeader == .auto ? stream.hasHeader : answer.outputHeader == .yes
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
    let (features, outputs) = (block.features, model.architecture.outputs)
    let elements = features.elements.span
    var (scores, row) = ([Element](), [Element](repeating: 0, count: outputs))
    scores.reserveCapacity(features.rows * outputs)
    for start in stride(from: 0, to: elements.count, by: features.columns) {
      var span = row.mutableSpan
      model.scores(elements.extracting(start..<start + features.columns), into: &span)
      scores += row
    }
    return Matrix(rows: features.rows, columns: outputs, elements: scores)
  }
}
