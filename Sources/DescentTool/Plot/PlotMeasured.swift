import ArgumentParser
import Descent
import DescentFiles
import DescentPictures
import LinearAlgebra

/// What pictures of a model's answers are asked by.
struct MeasuredPlot: ParsableArguments {
  @Argument(
    help: "A file that 'descent train' wrote, or another ONNX model of such layers.", completion: .models)
  var model: String

  @Argument(help: "\(FormatHelp.inShort), as for train.", completion: .data)
  var data: String?

  @OptionGroup(title: "Data") var dataArguments: DataArguments
  @OptionGroup(title: "Rows held out, as by train") var holdout: HoldoutArguments

  @Option(
    parsing: .unconditional, help: ArgumentHelp("The seed that goes with --holdout.", valueName: "number"))
  var seed: UInt64 = 0

  @OptionGroup var output: ChartOutput

  func validate() throws {
    _ = try dataArguments.path(data)
    try dataArguments.columns.checkForModel()
  }

  func draw(_ picture: MeasuredPicture) throws {
    try ModelFile.read(model).run(PlotWork(plot: self, picture: picture))
  }
}

private struct PlotWork: ModelWork {
  let plot: MeasuredPlot
  let picture: MeasuredPicture

  func run<Element: KernelScalar & StoredNumber>(_ model: TrainedModel<Element>) throws {
    let data = try plot.dataArguments.path(plot.data)
    try plot.output.check(against: [data, plot.model, plot.dataArguments.labels])
    if let refusal = picture.refusal(of: model) { throw Failure(.badData, "\(plot.model): \(refusal)") }
    var options = try plot.dataArguments.options(measuring: model, plot.model)
    options.roles.group = plot.holdout.holdoutBy
    var rows = try Loading().read(data, options, as: Element.self)
    if let rule = plot.holdout.rule(seed: plot.seed, groups: rows.groups) { rows = rows.split(rule).heldOut }
    let measures = Measures(
      try model.evaluation(on: rows, data: data),
      MeasuredModel(lossName: model.lossName, classNames: model.classNames), cost: nil, bootstrap: nil,
      seed: 0)
    guard let drawn = picture.drawn(measures, rows, model) else {
      throw Failure(.badData, "\(data): \(picture.lacking)")
    }
    try plot.output.write(drawn)
  }
}

/// A command that draws one picture of a model's answers.
protocol AnswersPlot: ParsableCommand {
  static var picture: MeasuredPicture { get }
  var plot: MeasuredPlot { get }
}

extension AnswersPlot {
  static var configuration: CommandConfiguration {
    CommandConfiguration(
      commandName: picture.rawValue, abstract: picture.abstract,
      usage: "descent plot \(picture.rawValue) <model> <data> [<options>]")
  }

  func run() throws { try plot.draw(Self.picture) }
}

struct PlotROC: AnswersPlot {
  static let picture = MeasuredPicture.roc
  @OptionGroup var plot: MeasuredPlot
}

struct PlotPrecision: AnswersPlot {
  static let picture = MeasuredPicture.precision
  @OptionGroup var plot: MeasuredPlot
}

struct PlotThresholds: AnswersPlot {
  static let picture = MeasuredPicture.thresholds
  @OptionGroup var plot: MeasuredPlot
}

struct PlotPredictions: AnswersPlot {
  static let picture = MeasuredPicture.predictions
  @OptionGroup var plot: MeasuredPlot
}

struct PlotReliability: AnswersPlot {
  static let picture = MeasuredPicture.reliability
  @OptionGroup var plot: MeasuredPlot
}

struct PlotResiduals: AnswersPlot {
  static let picture = MeasuredPicture.residuals
  @OptionGroup var plot: MeasuredPlot
}

struct PlotConfusion: AnswersPlot {
  static let picture = MeasuredPicture.confusion
  @OptionGroup var plot: MeasuredPlot
}
