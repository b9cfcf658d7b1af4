import ArgumentParser
import Descent
import DescentFiles
import LinearAlgebra

struct Evaluate: ParsableCommand, ModelWork {
  static let configuration = CommandConfiguration(
    abstract: "Measure a model on DATA that has labels.",
    usage:
      "descent evaluate <model> <data> [<options>]\ndescent evaluate <model> --sqlite <file> --query <query> [<options>]",
    discussion: """
      Prints what the model does beside the baseline, which always answers the most frequent class or the mean of \
      these rows. Of two classes accuracy, ROC AUC, average precision, log loss, Brier score, calibration, and what \
      thresholds do; of more classes averages, the confusion matrix, and precision and recall of each; of numbers \
      absolute and squared errors, R², bias and quantiles.

        descent evaluate digits.onnx new-digits.csv
        descent evaluate churn.onnx customers.csv --cost 1:5 --bootstrap 1000
        descent evaluate digits.onnx digits.csv --holdout 0.2

      The last measures by the rows that 'descent train digits.csv --holdout 0.2' held out.
      """)

  @Argument(
    help: "A file that 'descent train' wrote, or another ONNX model of such layers.", completion: .models)
  var model: String

  @Argument(help: "\(FormatHelp.inShort), as for train.", completion: .data)
  var data: String?

  @OptionGroup(title: "Data") var dataArguments: DataArguments
  @OptionGroup(title: "Answer") var answer: EvaluateOptions

  @OptionGroup(title: "Rows held out, as by train") var holdout: HoldoutArguments

  @Option(
    parsing: .unconditional,
    help: ArgumentHelp("The seed that goes with --holdout and --bootstrap.", valueName: "number"))
  var seed: UInt64 = 0

  @Flag(help: "A category that the model has not seen is an error. Default: all its features are 0.")
  var strict = false

  func validate() throws {
    _ = try dataArguments.path(data)
    try dataArguments.columns.checkForModel()
  }

  func run() throws { try ModelFile.read(model).run(self) }

  func run<Element: KernelScalar & StoredNumber>(_ model: TrainedModel<Element>) throws {
    let data = try dataArguments.path(data)
    try answer.check(classes: model.classNames, inputs: [data, self.model, dataArguments.labels])
    var options = try dataArguments.options(measuring: model, self.model)
    options.refusesUnseen = strict
    options.roles.group = holdout.holdoutBy
    let file = MeasuredFile(path: data, holdout: holdout, seed: seed, title: data)
    let evaluation = try file.evaluation(of: model, options)
    try answer.report(
      evaluation, MeasuredModel(lossName: model.lossName, classNames: model.classNames), seed: seed)
  }
}
