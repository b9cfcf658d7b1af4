import ArgumentParser
import Descent
import DescentFiles
import DescentPictures
import LinearAlgebra

/// Where training puts what it made.
struct OutputArguments: ParsableArguments {
  @Option(
    name: [.short, .long],
    help: ArgumentHelp(
      "The model's file: ONNX, or safetensors by its name. Default: DATA's name with .onnx, in this folder.",
      valueName: "file"), completion: .models)
  var output: String?

  @Option(
    help: ArgumentHelp(
      "A file for one JSON object of measurements; - is standard output.", valueName: "file"),
    completion: .file(extensions: ["json"]))
  var metrics: String?

  @Option(
    help: ArgumentHelp(
      "A file for a page about the model, for any browser: what was trained, the proof, how good it is.",
      valueName: "file.html"), completion: .file(extensions: ["html"]))
  var report: String?

  @Flag(help: "Print what --metrics writes: one JSON object on standard output.")
  var json = false

  @Flag(help: "Say nothing but errors.")
  var quiet = false

  @Flag(help: "Tell all that is known: of the recipe before, of each pass, and of the result.")
  var verbose = false

  func validate() throws {
    try Usage.require(!(quiet && verbose), "--quiet and --verbose exclude each other")
  }

  /// How much people are told.
  var account: TrainSummary.Account { quiet ? .none : verbose ? .whole : .short }

  /// Whether the loss on rows held out is of use at each point of the record: to files, or to who looks on.
  var recordsHeldOut: Bool {
    json || metrics != nil || report != nil || verbose || !quiet && Terminal.errors.rewrites
  }

  /// Whether proofs on the way are of use: to a page's curves.
  var recordsGaps: Bool { report != nil }

  func modelPath(for data: String) -> String {
    if let output { return output }
    guard data != "-" else { return "model.onnx" }
    var name = String(MemberPath(data).file.split(separator: "/").last ?? "model")
    let formats = DataOptions.Format.allCases.flatMap(\.endings).map { ".\($0)" }
    for ending in [".gz", ".zst"] + formats + [".txt", ".dat", ".data", ".db", ".sqlite"]
    where name.hasSuffix(ending) {
      name.removeLast(ending.count)
    }
    if let files = try? DataFile.files(of: data), files != [data] { name = Self.name(ofPattern: name) }
    return name + ".onnx"
  }

  /// What a pattern says of the names: `part` of `part-*`.
  private static func name(ofPattern pattern: String) -> String {
    let name = pattern.prefix { !"*?[".contains($0) }
    let end = name.lastIndex { $0.isLetter || $0.isNumber }
    return end.map { String(name[...$0]) } ?? "model"
  }

  /// The files that are written, but for a checkpoint.
  func files(for data: String) -> [Output?] {
    [
      Output("--output", modelPath(for: data), .model), Output("--metrics", metrics, .metrics),
      Output("--report", report, .report), Output("--json", json ? "-" : nil, .metrics),
    ]
  }

  func write<Element: KernelScalar>(_ model: TrainedModel<Element>, named data: String) throws {
    let path = modelPath(for: data)
    try AtomicFile.write(path, ModelFile.bytes(of: model, as: ModelFile.Format(path: path)))
  }

  func write(_ metrics: Metrics) throws {
    if json { try Console.output(metrics.json()) }
    if let path = self.metrics { try AtomicFile.write(path, Array(metrics.json().utf8)) }
  }

  /// - Parameters:
  ///   - model: as it is written.
  ///   - data: measured by those held out, or by those that were trained on where there are none.
  ///   - choice: how the penalty was chosen; nil where it was given.
  func write<Element: KernelScalar & StoredNumber>(
    reportOn model: TrainedModel<Element>, _ metrics: Metrics, _ trainer: Trainer, _ data: TrainingRows,
    choice: Report.Section?, named name: String
  ) throws {
    guard let report else { return }
    // Rows of weight 0 tell nothing.
    let told = (metrics.onTest ?? metrics.onTraining).rows
    let page = ModelReport(
      model: model, name: modelPath(for: name).fileName,
      measures: Measures(
        metrics.onTest ?? metrics.onTraining,
        MeasuredModel(lossName: model.lossName, classNames: model.classNames),
        cost: nil, bootstrap: nil, seed: trainer.seed),
      rowsName: data.heldOut == nil
        ? "the \(told) rows that it was trained on: others may tell of it worse"
        : "\(told) rows that it was not trained on",
      rows: data.heldOut ?? data.training, rowNumbers: data.heldOutNumbers,
      caution: model.calibration != nil && data.heldOut != nil && data.heldOutNumbers != nil
        ? "the probabilities were calibrated by these rows: others may tell of them worse" : nil,
      training: TrainingAccount(
        metrics, findings: Preflight(trainer, data.training).quickFindings(), choice: choice)
    ).page
    try AtomicFile.write(report, Array(page.html().utf8))
    if !quiet { Console.say("wrote \(report)") }
  }
}
