import ArgumentParser
import Descent
import DescentFiles

/// How `evaluate` answers, and what it asks for besides.
struct EvaluateOptions: ParsableArguments {
  @Flag(help: "One JSON object on standard output instead of text; what does not apply is null.")
  var json = false

  @Option(
    help: ArgumentHelp(
      "A file for the confusion matrix: a row for each actual class.", valueName: "file.csv"),
    completion: .file(extensions: ["csv"]))
  var confusion: String?

  @Option(
    help: ArgumentHelp(
      "What a false positive and a false negative cost, as 1:5: names the threshold of least cost, of two classes.",
      valueName: "cost:cost"), transform: MistakeCosts.init)
  var cost: MistakeCosts?

  @Option(
    parsing: .unconditional,
    help: ArgumentHelp(
      "Confidence intervals (95 %) by so many resamples of the rows; 1000 are good. They follow --seed.",
      valueName: "count"))
  var bootstrap: Int?

  @OptionGroup var force: ForceArguments

  func validate() throws {
    try Usage.atLeastOne(bootstrap, "--bootstrap", most: 1_000_000)
    try Usage.require(confusion != "-", "--confusion writes a file; give it a name")
    try [Output("--confusion", confusion, .table(header: nil))].checkNames()
  }

  /// Before the rows are read.
  func check(classes: [String], inputs: [String?]) throws(Failure) {
    if cost != nil && classes.count != 2 {
      throw Failure(
        .usage,
        "--cost is for two classes; this model \(classes.isEmpty ? "predicts numbers" : "tells \(classes.count)")"
      )
    }
    guard let confusion else { return }
    if classes.isEmpty { throw Failure(.usage, "--confusion is for classes; this model predicts numbers") }
    let header = Confusion(classNames: classes).header
    try force.check([Output("--confusion", confusion, .table(header: header))], against: inputs)
  }

  /// Measures, writes and prints.
  func report(_ evaluation: Evaluation, _ subject: MeasuredModel, seed: UInt64) throws {
    let measures = Measures(evaluation, subject, cost: cost, bootstrap: bootstrap, seed: seed)
    if let confusion, let matrix = evaluation.confusion {
      try AtomicFile.write(confusion, Array(matrix.csv.utf8))
    }
    if json {
      try Console.output(EvaluationJSON(measures).text())
    } else {
      try Console.show(EvaluationText(measures).text)
    }
  }
}

/// What the mistakes of two classes cost.
struct MistakeCosts {
  let falsePositive: Double
  let falseNegative: Double

  init(_ text: String) throws {
    let costs = text.split(separator: ":", omittingEmptySubsequences: false).compactMap { Double($0) }
    guard costs.count == 2, costs.allSatisfy({ $0 >= 0 && $0.isFinite }), costs.contains(where: { $0 > 0 })
    else {
      throw ValidationError("give two numbers of 0 or more, not both 0, such as 1:5")
    }
    (falsePositive, falseNegative) = (costs[0], costs[1])
  }

  var text: String { "\(format(falsePositive, 6)):\(format(falseNegative, 6))" }
}

extension Confusion {
  /// A table, of weights where rows have such: the actual classes down, the predicted ones across.
  var csv: String {
    header
      + classNames.indices.map { c in
        CSVText.line([CSVText.field(classNames[c])] + classNames.indices.map { text(c, $0) })
      }.joined()
  }

  /// The rows, or what they count for.
  func text(_ actual: Int, _ predicted: Int) -> String {
    weights == nil ? "\(counts[actual][predicted])" : format(sum(actual, predicted), 6)
  }

  /// Its first line.
  var header: String { CSVText.line(["actual"] + classNames.map { CSVText.field($0) }) }
}
