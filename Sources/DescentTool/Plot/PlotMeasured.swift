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
  @OptionGroup var output: ChartOutput

  func validate() throws {
    _ = try dataArguments.path(data)
    try dataArguments.columns.checkForModel()
  }

  /// Draws `chart` of the model's answers.
  ///
  /// - Parameter reason: why there may be none.
  func draw(orSay reason: String, _ chart: @escaping (Measures) -> LineChart?) throws {
    try ModelFile.read(model).run(PlotWork(plot: self, reason: reason, chart: chart))
  }
}

private struct PlotWork: ModelWork {
  let plot: MeasuredPlot
  let reason: String
  let chart: (Measures) -> LineChart?

  func run<Element: KernelScalar & StoredNumber>(_ model: TrainedModel<Element>) throws {
    let data = try plot.dataArguments.path(plot.data)
    try plot.output.check(against: [data, plot.model, plot.dataArguments.labels])
    let rows = try Loading().read(
      data, plot.dataArguments.options(measuring: model, plot.model), as: Element.self)
    let measures = Measures(
      try model.evaluation(on: rows, data: data),
      MeasuredModel(lossName: model.lossName, classNames: model.classNames), cost: nil, bootstrap: nil,
      seed: 0)
    guard let chart = chart(measures) else { throw Failure(.badData, "\(plot.model): \(reason)") }
    try plot.output.write(chart)
  }
}

struct PlotROC: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "roc", abstract: "Draw what a model of two classes finds against what it takes wrongly.",
    usage: "descent plot roc <model> <data> [<options>]")
  @OptionGroup var plot: MeasuredPlot

  func run() throws {
    try plot.draw(orSay: "thresholds are of two classes; 'descent evaluate' tells of others") { measures in
      measures.ranking.map { RankingBlocks($0, positive: measures.model.classNames[1]).roc }
    }
  }
}

struct PlotPrecision: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "precision", abstract: "Draw a model's precision against its recall, of two classes.",
    usage: "descent plot precision <model> <data> [<options>]")
  @OptionGroup var plot: MeasuredPlot

  func run() throws {
    try plot.draw(orSay: "thresholds are of two classes; 'descent evaluate' tells of others") { measures in
      measures.ranking.map { RankingBlocks($0, positive: measures.model.classNames[1]).precision }
    }
  }
}

struct PlotReliability: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "reliability", abstract: "Draw whether the probabilities of two classes come true.",
    usage: "descent plot reliability <model> <data> [<options>]")
  @OptionGroup var plot: MeasuredPlot

  func run() throws {
    try plot.draw(
      orSay: "it gives no probabilities of two classes; train with --calibrate, or --loss logistic"
    ) {
      measures in
      measures.ranking.flatMap { RankingBlocks($0, positive: measures.model.classNames[1]).reliability }
    }
  }
}

struct PlotResiduals: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "residuals", abstract: "Draw where a model of numbers errs, by its prediction.",
    usage: "descent plot residuals <model> <data> [<options>]")
  @OptionGroup var plot: MeasuredPlot

  func run() throws {
    try plot.draw(orSay: "it tells classes, which have no residuals; 'descent plot roc' suits two of them") {
      measures in
      measures.residuals.map { ResidualBlocks($0).bias }
    }
  }
}
