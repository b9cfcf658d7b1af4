import ArgumentParser
import Descent
import DescentFiles
import Foundation
import LinearAlgebra

struct Inspect: ParsableCommand, ModelWork {
  static let configuration = CommandConfiguration(
    abstract: "Show what a model file holds.",
    discussion: """
      With --top the features that matter most to each class or number, by |weight|·σ: what a step of σ, the feature's \
      spread among the rows trained on, and what a unit of it adds to the score; of two classes with probabilities by \
      what it multiplies the odds of the second.

        descent inspect churn.onnx --top 10

      With --inference the standard errors, tests and intervals of a linear model's coefficients, from the data that it \
      was trained on, and how well it fits them; without a penalty or with l2 alone.

        descent train wages.csv --loss squared --l2 0 -o wages.onnx
        descent inspect wages.onnx --inference wages.csv
      """)

  @Argument(
    help: "A file that 'descent train' wrote, or another ONNX model of such layers.", completion: .models)
  var model: String

  @Option(
    parsing: .unconditional,
    help: ArgumentHelp("The features that matter most, so many of each class.", valueName: "count"))
  var top: Int?

  @Flag(help: "One JSON object instead of text; what does not apply is null.")
  var json = false

  @Option(
    help: ArgumentHelp(
      "The data that the model was trained on: what chance has to do with its coefficients.",
      valueName: "data"),
    completion: .data)
  var inference: String?

  @OptionGroup(title: "Inference") var errors: InferenceOptions
  @OptionGroup(title: "Its data") var dataArguments: DataArguments

  func validate() throws {
    try Usage.atLeastOne(top, "--top")
    if inference == nil, dataArguments.sqlite == nil {
      let idle = Usage.options(CommandLine.arguments).first { !["--top", "--json"].contains($0) }
      try Usage.require(idle == nil, "\(idle ?? "") is for --inference")
    }
    try dataArguments.columns.checkForModel()
  }

  func run() throws { try ModelFile.read(model).run(self) }

  func run<Element: KernelScalar & StoredNumber>(_ model: TrainedModel<Element>) throws {
    let effects = top.flatMap { model.featureEffects(most: $0) }
    guard top == nil || effects != nil else {
      throw Failure(
        .badData,
        "\(self.model): only linear models have a weight a feature, and this is a network; leave --top out")
    }
    let inspection = Inspection(model, effects, try inference(of: model))
    if json { try Console.output(inspection.json.json()) } else { try Console.show(inspection.text) }
  }

  private func inference<Element: KernelScalar & StoredNumber>(
    of model: TrainedModel<Element>
  ) throws -> Inference? {
    guard inference != nil || dataArguments.sqlite != nil else { return nil }
    let path = try dataArguments.path(inference)
    var options = try dataArguments.options(measuring: model, self.model)
    (options.roles.group, options.roles.groupOption) = (errors.cluster, .cluster)
    let data = try Loading().read(path, options, as: Double.self)
    try data.checkFinite(path)
    try model.columns.others.checkOffsets(data.offsets, data: path)
    do throws(InferenceError) {
      return try model.inference(on: data, covariance: errors.kind)
    } catch {
      throw Failure(.badData, "\(path): \(error.phrase.text(naming: Usage.option))")
    }
  }
}
