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

  func validate() throws { try Usage.atLeastOne(top, "--top") }

  func run() throws { try ModelFile.read(model).run(self) }

  func run<Element: KernelScalar & StoredNumber>(_ model: TrainedModel<Element>) throws {
    let effects = top.flatMap { model.featureEffects(most: $0) }
    guard top == nil || effects != nil else {
      throw Failure(
        .badData,
        "\(self.model): only linear models have a weight a feature, and this is a network; leave --top out")
    }
    let inspection = Inspection(model, effects)
    try Console.output(json ? inspection.json.json() : inspection.text)
  }
}
