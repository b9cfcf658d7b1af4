import ArgumentParser

/// Pictures of what a training, a path or a model came to: those of reports, each as a file.
struct PlotCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "plot",
    abstract: "Draw one picture: of a training, a path, a model, or of how good it is.",
    discussion: """
      SVG to standard output, charts for light and dark, unless -o names a file, which 'path' and 'weights' ask for; PNG by its name, where \
      rsvg-convert is installed.

        descent plot curves metrics.json -o training.svg
        descent plot curves newton.json lbfgs.json -o solvers.svg
        descent plot roc churn.onnx new-customers.csv > roc.svg
        descent plot confusion digits.onnx digits.csv --holdout 0.2 -o confusion.png
      """,
    subcommands: [
      PlotCurves.self, PlotPath.self, PlotWeights.self, PlotConfusion.self, PlotROC.self, PlotPrecision.self,
      PlotThresholds.self, PlotReliability.self, PlotPredictions.self, PlotResiduals.self,
    ])
}

/// The rows of W, as `descent templates` draws them.
struct PlotWeights: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "weights", abstract: TemplatesCommand.configuration.abstract,
    usage: "descent plot weights <model> -o <file> [<options>]")

  @OptionGroup var templates: TemplatesCommand

  func run() throws { try templates.run() }
}
