import ArgumentParser
import Descent
import DescentFiles
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

  @Flag(help: "Say nothing but errors.")
  var quiet = false

  @Flag(help: "A line for each milestone of the training.")
  var verbose = false

  func validate() throws {
    try Usage.require(!(quiet && verbose), "--quiet and --verbose exclude each other")
  }

  func modelPath(for data: String) -> String {
    if let output { return output }
    guard data != "-" else { return "model.onnx" }
    var name = String(MemberPath(data).file.split(separator: "/").last ?? "model")
    let formats = DataOptions.Format.allCases.flatMap(\.endings).map { ".\($0)" }
    for ending in [".gz", ".zst"] + formats + [".txt", ".dat", ".data", ".db", ".sqlite"]
    where name.hasSuffix(ending) {
      name.removeLast(ending.count)
    }
    return name + ".onnx"
  }

  /// The files that are written, but for a checkpoint.
  func files(for data: String) -> [Output?] {
    [Output("--output", modelPath(for: data), .model), Output("--metrics", metrics, .metrics)]
  }

  func write<Element: KernelScalar>(_ model: TrainedModel<Element>, named data: String) throws {
    let path = modelPath(for: data)
    try AtomicFile.write(path, ModelFile.bytes(of: model, as: ModelFile.Format(path: path)))
  }

  func write(_ metrics: Metrics) throws {
    if let path = self.metrics { try AtomicFile.write(path, Array(metrics.json().utf8)) }
  }
}
