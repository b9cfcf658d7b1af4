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
      throw Failure(.badData, "\(data): its rows are of one class; the picture needs some of both")
    }
    try plot.output.write(drawn)
  }
}

struct PlotROC: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "roc", abstract: "Draw what a model of two classes finds against what it takes wrongly.",
    usage: "descent plot roc <model> <data> [<options>]")
  @OptionGroup var plot: MeasuredPlot

  func run() throws { try plot.draw(.roc) }
}

struct PlotPrecision: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "precision", abstract: "Draw a model's precision against its recall, of two classes.",
    usage: "descent plot precision <model> <data> [<options>]")
  @OptionGroup var plot: MeasuredPlot

  func run() throws { try plot.draw(.precision) }
}

struct PlotReliability: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "reliability", abstract: "Draw whether a model's probabilities come true.",
    usage: "descent plot reliability <model> <data> [<options>]")
  @OptionGroup var plot: MeasuredPlot

  func run() throws { try plot.draw(.reliability) }
}

struct PlotResiduals: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "residuals", abstract: "Draw where a model of numbers errs, by its prediction.",
    usage: "descent plot residuals <model> <data> [<options>]")
  @OptionGroup var plot: MeasuredPlot

  func run() throws { try plot.draw(.residuals) }
}

struct PlotConfusion: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "confusion", abstract: "Draw which class a model takes for which.",
    usage: "descent plot confusion <model> <data> [<options>]")
  @OptionGroup var plot: MeasuredPlot

  func run() throws { try plot.draw(.confusion) }
}
