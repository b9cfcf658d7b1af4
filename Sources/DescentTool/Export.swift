import ArgumentParser
import Descent
import DescentFiles
import LinearAlgebra

enum ExportFormat: String, ExpressibleByArgument, CaseIterable { case csv, npy, safetensors, onnx }

struct Export: ParsableCommand, ModelWork {
  static let configuration = CommandConfiguration(
    abstract: "Write a model's weights, or the model, in another format.",
    usage: "descent export <model> --output <file> [<options>]",
    discussion: """
      csv is a table of a linear model's scores, a line each: its class, its bias and a weight a feature, for features \
      as they are in the data. npy is the matrix W alone, [outputs, inputs]. With --part both hold one part, as \
      'descent inspect' lists them: weights, biases; of a network weights1, biases1 and so on. safetensors and onnx \
      hold the whole model.

        descent export digits.onnx -o weights.csv
        descent export digits.onnx -o biases.npy --part biases
        descent export digits.onnx --format safetensors -o -
      """)

  @Argument(
    help: "A file that 'descent train' wrote, or another ONNX model of such layers.", completion: .models)
  var model: String

  @Option(
    name: [.short, .long],
    help: ArgumentHelp("The file to write; - is standard output.", valueName: "file"), completion: .file())
  var output: String

  @Option(help: ArgumentHelp("What is written. Default: by the name of --output.", valueName: "name"))
  var format: ExportFormat?

  @OptionGroup var written: WrittenArguments
  @OptionGroup var force: ForceArguments

  @Option(
    help: ArgumentHelp(
      "The part that csv and npy hold. Default: all of a linear model for csv, its weights for npy.",
      valueName: "name"))
  var part: String?

  private var chosenFormat: ExportFormat? {
    format
      ?? output.split(separator: "/").last?.split(separator: ".").last
      .flatMap { ExportFormat(rawValue: $0.lowercased()) }
  }

  func validate() throws {
    guard let chosenFormat else {
      throw ValidationError(
        "the name '\(output)' does not tell the format; add --format, one of "
          + ExportFormat.allCases.map(\.rawValue).joined(separator: ", "))
    }
    try Usage.require(
      part == nil || chosenFormat == .csv || chosenFormat == .npy, "--part is for csv and npy")
    try [Output("--output", output, .data()), written.file].checkNames()
  }

  func run() throws { try ModelFile.read(model).runCompiled(self) }

  func run<Element: KernelScalar & StoredNumber>(_ model: TrainedModel<Element>) throws {
    let isTable = part == nil && model.templates != nil
    let kind: OutputKind =
      switch chosenFormat! {
      case .onnx, .safetensors: .model
      case .npy: .data()
      case .csv: .table(header: isTable ? header(model) : nil, endings: [])
      }
    try force.check([Output("--output", output, kind)], against: [self.model])
    switch chosenFormat! {
    case .onnx: try AtomicFile.write(output, ModelFile.bytes(of: model, as: .onnx))
    case .safetensors: try AtomicFile.write(output, ModelFile.bytes(of: model, as: .safetensors))
    case .npy: try AtomicFile.write(output, npy(model, chosenPart(model, default: "weights")))
    case .csv:
      let text = isTable ? table(model) : csv(model, try chosenPart(model, default: "weights"))
      try AtomicFile.write(output, text.utf8)
    }
    try written.tell(
      output,
      [
        "model": .text(self.model), "format": .text(chosenFormat!.rawValue),
        "part": .text(writtenPart(of: model)),
        "offset": .text(model.columns.others.offset.map { $0.name ?? "\($0.number)" }),
      ])
    if let offset = model.columns.others.offset {
      let name = offset.name.map { "'\($0)'" } ?? "\(offset.number)"
      Console.say(
        "note: the model adds \(model.columns.others.isExposure ? "the logarithm of column" : "column") \(name) to its "
          + "scores: it is no part of what was written, and left to who computes them")
    }
  }

  /// The part that was written; nil where it was all.
  private func writtenPart<Element>(of model: TrainedModel<Element>) -> String? {
    part ?? (chosenFormat == .npy || chosenFormat == .csv && model.templates == nil ? "weights" : nil)
  }

  private func chosenPart<Element>(
    _ model: TrainedModel<Element>, default name: String
  ) throws(Failure) -> ParameterLayout.Part {
    let layout = model.architecture.layout
    if let part = layout[part ?? name] { return part }
    let parts = layout.parts.map(\.name).joined(separator: ", ")
    guard let part else {
      throw Failure(.usage, "a network has several weights; choose one by --part: \(parts)")
    }
    throw Failure(.usage, "the model has no part '\(part)'; its parts are \(parts)")
  }

  /// `class,bias,x1,...`, a line a score.
  private func table<Element>(_ model: TrainedModel<Element>) -> String {
    guard let weights = model.templates, let biases = model.biases else { return "" }
    var text = header(model)
    for (c, name) in model.outputNames.enumerated() {
      text += CSVText.line([CSVText.field(name), "\(biases[c])"] + weights[row: c].map { "\($0)" })
    }
    return text
  }

  /// Its first line.
  private func header<Element>(_ model: TrainedModel<Element>) -> String {
    CSVText.line(["class", "bias"] + model.allFeatureNames.map { CSVText.field($0) })
  }

  /// The numbers alone, a line a row of the matrix, or a number of the vector.
  private func csv<Element>(_ model: TrainedModel<Element>, _ part: ParameterLayout.Part) -> String {
    let values = model.parameters[part.range]
    let columns = part.shape.count == 2 ? part.shape[1] : 1
    return stride(from: values.startIndex, to: values.endIndex, by: max(1, columns)).map { start in
      CSVText.line(values[start..<start + columns].map { "\($0)" })
    }.joined()
  }

  private func npy<Element: KernelScalar & StoredNumber>(
    _ model: TrainedModel<Element>, _ part: ParameterLayout.Part
  ) -> [UInt8] {
    NPYArray.bytes(shape: part.shape, Array(model.parameters[part.range]))
  }
}
