import ArgumentParser
import Descent
import DescentFiles
import LinearAlgebra

/// What `predict` says of a row, and where.
struct AnswerOptions: ParsableArguments {
  @Option(
    name: [.short, .long],
    help: ArgumentHelp(
      "A file for the answers, compressed where its name ends in .gz or .zst. Default: standard output.",
      valueName: "file"))
  var output: String?

  @Flag(help: "One JSON object a row, by the names of the table's columns, in place of the table.")
  var json = false

  @Option(
    help: ArgumentHelp(
      "Columns of DATA that stand before the answers, by name or number.", valueName: "column,..."))
  var keep: ColumnNames?

  @Option(
    help: ArgumentHelp(
      "Whether the first line names the columns of the answers. auto: where DATA names its own.",
      valueName: "when"))
  var outputHeader = HeaderArgument.auto

  @Flag(help: "Add the score of each class.")
  var scores = false

  @Flag(help: "Add the probability of each class, where the model gives some.")
  var probabilities = false

  @Option(
    parsing: .unconditional,
    help: ArgumentHelp(
      "Of two classes, the second where its probability is as much or more, or its score where there are none.",
      valueName: "number"))
  var threshold: Double?

  @Option(
    parsing: .unconditional,
    help: ArgumentHelp(
      "So many classes a row, the likeliest first, each with its probability.", valueName: "count"))
  var top: Int?

  @OptionGroup var force: ForceArguments

  func validate() throws {
    try [Output("--output", output, kind(columns: nil))].checkNames()
    try Usage.require(
      !json || outputHeader == .auto, "--output-header is for tables, and --json names all in each line")
    try Usage.require(!(scores && probabilities), "--scores and --probabilities exclude each other")
    try Usage.require(threshold == nil || top == nil, "--threshold and --top exclude each other")
    try Usage.finite(
      threshold, "--threshold", -Double.greatestFiniteMagnitude...Double.greatestFiniteMagnitude, "a number")
    try Usage.atLeastOne(top, "--top")
  }

  /// - Parameter columns: what the lines hold; nil where that is not known, or a table has no line of it.
  func kind(columns: [String]?) -> OutputKind {
    if json { return .lines(of: columns) }
    return .table(
      header: columns.map { CSVText.line($0.map { CSVText.field($0) }) },
      endings: [".csv", ".csv.gz", ".csv.zst"])
  }

  /// The file to write; nil is standard output.
  var file: String? { output == "-" ? nil : output }

  /// What the model cannot answer.
  func check<Element>(_ model: TrainedModel<Element>, _ file: String) throws(Failure) {
    func refuse(_ problem: String) -> Failure { Failure(.usage, "\(file): \(problem)") }
    let classes = model.classNames.count
    let what = classes == 0 ? "predicts numbers" : "tells \(classes) classes"
    guard !probabilities || model.givesProbabilities else {
      throw refuse(
        classes == 0
          ? "the model \(what), which have no probabilities; leave --probabilities out"
          : "a model trained with the loss '\(model.lossName)' gives no probabilities; "
            + "ask for --scores, or train with --calibrate sigmoid")
    }
    if let top, top > classes {
      throw refuse(
        "the model \(what)" + (classes == 0 ? "; leave --top out" : "; --top can be \(classes) at most"))
    }
    guard let threshold else { return }
    if classes != 2 { throw refuse("--threshold is for two classes, and the model \(what); leave it out") }
    if model.givesProbabilities, threshold < 0 || threshold > 1 {
      throw refuse("--threshold is a probability here, from 0 to 1, not \(threshold)")
    }
  }

  /// What people are to know of the answers.
  func notes<Element>(_ model: TrainedModel<Element>) -> [String] {
    guard model.classNames.count > 0 else { return [] }
    if let threshold {
      let (first, second) = (shortened(model.classNames[0], to: 24), shortened(model.classNames[1], to: 24))
      let what = model.givesProbabilities ? "probability" : "score (distance from the other's)"
      return ["note: '\(second)' where its \(what) is \(threshold) or more, else '\(first)'"]
    }
    guard top != nil, !scores, !model.givesProbabilities else { return [] }
    return ["note: the loss '\(model.lossName)' gives no probabilities: the classes come with their scores"]
  }
}
