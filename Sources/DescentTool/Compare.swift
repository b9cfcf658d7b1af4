import ArgumentParser
import Descent
import DescentFiles
import DescentPictures
import LinearAlgebra

struct Compare: ParsableCommand {
  static let configuration = CommandConfiguration(
    abstract: "Measure models by the same rows, and tell how sure their differences are.",
    usage:
      "descent compare <model> <model> ... <data> [<options>]\ndescent compare <models> ... --sqlite <file> --query <query> [<options>]",
    discussion: """
      Prints the metrics of each model, and for each after the first its differences to the first, with the interval that \
      the middle 95 % of resamples of the rows give, the same rows for all models. Classifiers are tested by the rows on \
      which just one is right, too (McNemar). Each model finds its own columns in the data, by their names.

        descent compare small.onnx large.onnx new-digits.csv
      """)

  @Argument(
    help: "Two models or more, and then the data: \(FormatHelp.inShort), as for evaluate.",
    completion: .models)
  var files: [String] = []

  @OptionGroup(title: "Data") var dataArguments: DataArguments

  @Flag(help: "One JSON object on standard output instead of text; what does not apply is null.")
  var json = false

  @Option(
    parsing: .unconditional,
    help: ArgumentHelp(
      "How many resamples of the rows. Default: 2000, fewer of more than 100000 rows.", valueName: "count"))
  var bootstrap: Int?

  @OptionGroup(title: "Rows held out, as by train") var holdout: HoldoutArguments

  @Option(
    parsing: .unconditional,
    help: ArgumentHelp("The seed of the resamples, and of --holdout.", valueName: "number"))
  var seed: UInt64 = 0

  @Option(
    help: ArgumentHelp("A file for a page about the comparison, for any browser.", valueName: "file.html"),
    completion: .file(extensions: ["html"]))
  var report: String?

  @OptionGroup var force: ForceArguments

  @Flag(help: "A category that a model has not seen is an error. Default: all its features are 0.")
  var strict = false

  private var models: [String] { dataArguments.sqlite == nil ? files.dropLast() : files }
  private var data: String? { dataArguments.sqlite == nil ? files.last : nil }

  func validate() throws {
    try Usage.require(
      models.count >= 2,
      "give two models or more, and then the data: a comparison of one is 'descent evaluate'")
    try Usage.require(
      data != "-", "each model reads the data for itself, which standard input gives once; give a file")
    try Usage.atLeastOne(bootstrap, "--bootstrap", most: 1_000_000)
    try dataArguments.columns.checkForModel()
    try Usage.require(
      dataArguments.cells.missing?.policy != .dropped,
      "--missing drop leaves out other rows for each model; compare on rows that all of them take")
    try outputs.checkNames()
  }

  private var outputs: [Output?] { [Output("--report", report, .report)] }

  func run() throws {
    let path = try dataArguments.path(data)
    try force.check(outputs, against: models + [path, dataArguments.labels])
    let stored = try models.map { try ModelFile.read($0) }
    let columns = stored.map { $0.columns }
    try checkAlike(columns)
    let evaluations = try zip(models, stored).map { name, model in
      let work = Measurement(compare: self, name: name, path: path)
      try model.run(work)
      return work.result.evaluation!
    }
    var generator = SeededGenerator(seed: seed)
    let comparison: ModelComparison
    do throws(ComparisonError) {
      comparison = try ModelComparison(
        of: evaluations, bootstrap.map { Bootstrap(replicates: $0) }, using: &generator)
    } catch { throw failure(error, path) }
    let answer = ComparisonAnswer(
      comparison, models: models, rows: evaluations[0].rows, weight: evaluations[0].weight, seed: seed)
    if let report {
      let page = ComparisonReport(
        answer: answer, evaluations: evaluations, data: path.fileName,
        command: CommandText.all(Array(CommandLine.arguments.dropFirst())))
      try AtomicFile.write(report, Array(page.page.html().utf8))
    }
    if json { try Console.output(answer.object.json()) } else { try Console.show(answer.text) }
  }

  /// That all models tell the same classes, or predict the same column, and count rows alike.
  private func checkAlike(_ columns: [ModelColumns]) throws(Failure) {
    func refuse(_ i: Int, _ words: (ModelColumns) -> String, _ remedy: String) -> Failure {
      Failure(
        .badData, "\(models[0]) \(words(columns[0])), and \(models[i]) \(words(columns[i])); \(remedy)")
    }
    for i in columns.indices.dropFirst() {
      guard columns[i].classNames == columns[0].classNames else {
        throw refuse(i, \.toldClasses, "models that are compared tell the same classes, in the same order")
      }
      guard columns[i].label?.name == columns[0].label?.name || dataArguments.columns.label != nil else {
        throw refuse(
          i, { "predicts '\($0.label?.name ?? "a column without a name")'" }, "name the column with --label")
      }
      guard columns[i].others.weight == columns[0].others.weight || dataArguments.columns.weight != nil else {
        throw refuse(
          i,
          {
            $0.others.weight.map { "counts rows by '\($0.name ?? "\($0.number)")'" } ?? "counts each row once"
          },
          "name the column with --weight")
      }
    }
  }

  private func failure(_ error: ComparisonError, _ path: String) -> Failure {
    switch error {
    case .noMetrics(let model):
      Failure(.badData, "\(path): \(models[model]) gives answers that have no metrics")
    case .otherClasses(let model), .otherRows(let model):
      Failure(
        .badData,
        "\(path): \(models[model]) was measured by other rows than \(models[0]); is it being written to?")
    }
  }
}

extension ModelColumns {
  /// `tells 'a', 'b'`
  fileprivate var toldClasses: String {
    if classNames.isEmpty { return "predicts numbers" }
    let names = ShortNames(Array(classNames.prefix(6)), columns: 24).texts
    let shown = names.map { "'\($0)'" }.joined(separator: ", ")
    return "tells \(shown)" + (classNames.count > 6 ? ", … (\(classNames.count))" : "")
  }
}

/// One model, measured by the rows.
private struct Measurement: ModelWork {
  final class Result { var evaluation: Evaluation? }

  let compare: Compare
  let name: String
  let path: String
  let result = Result()

  func run<Element: KernelScalar & StoredNumber>(_ model: TrainedModel<Element>) throws {
    var options = try compare.dataArguments.options(measuring: model, name)
    options.refusesUnseen = compare.strict
    options.roles.group = compare.holdout.holdoutBy
    let file = MeasuredFile(
      path: path, holdout: compare.holdout, seed: compare.seed, title: "\(path), for \(name)")
    result.evaluation = try file.evaluation(of: model, options)
  }
}

extension StoredModel {
  var columns: ModelColumns {
    switch self {
    case .float(let model): model.columns
    case .double(let model): model.columns
    }
  }
}
