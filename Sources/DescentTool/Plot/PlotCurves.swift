import ArgumentParser
import Descent
import DescentFiles
import DescentPictures
import Foundation

/// How trainings went, by the records that they wrote.
struct PlotCurves: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "curves",
    abstract: "Draw how trainings went: FILES are what 'descent train --metrics' wrote.",
    discussion: """
      Of one training the objective, the loss in it and the proved gap, and the loss on rows held out where that was \
      measured; of several one of these, side by side.

        descent train digits.csv --metrics lbfgs.json --solver lbfgs -o a.onnx
        descent train digits.csv --metrics newton.json --solver newton -o b.onnx
        descent plot curves lbfgs.json newton.json --by seconds -o solvers.svg
      """)

  /// What goes up or down.
  enum Measure: String, CaseIterable, ExpressibleByArgument {
    case objective, loss, gap
    case heldOutLoss = "held-out-loss"

    var title: String {
      switch self {
      case .objective: "objective"
      case .loss: "loss on the rows trained on"
      case .gap: "proved gap"
      case .heldOutLoss: "loss on rows held out"
      }
    }

    func value(_ step: TrainingCurve.Step) -> Double? {
      switch self {
      case .objective: step.objective
      case .loss: step.loss
      case .gap: step.gap
      case .heldOutLoss: step.heldOutLoss
      }
    }
  }

  enum Unit: String, CaseIterable, ExpressibleByArgument {
    case passes, seconds

    var title: String { self == .passes ? "passes over the rows" : "seconds" }
    func value(_ step: TrainingCurve.Step) -> Double { self == .passes ? step.passes : step.seconds }
  }

  @Argument(help: "Files of metrics.", completion: .file(extensions: ["json"]))
  var files: [String]

  @Option(
    help:
      "What is drawn: objective, loss, gap or held-out-loss. Default: all of one file, the objective of several."
  )
  var of: Measure?

  @Option(help: "What it is drawn over: passes or seconds.")
  var by = Unit.passes

  @OptionGroup var output: ChartOutput

  /// More lines cannot be told apart.
  private static let most = 5

  func validate() throws {
    try Usage.require(
      files.count <= Self.most,
      "colours and dashes tell \(Self.most) trainings apart, not \(files.count); name fewer")
  }

  func run() throws {
    try output.check(against: files)
    let curves = try files.map { try TrainingCurve(path: $0) }
    let measures = of.map { [$0] } ?? (curves.count == 1 ? Measure.allCases : [.objective])
    var lines: [LineChart.Line] = []
    for (path, curve) in zip(files, curves) {
      for measure in measures {
        let points = curve.history.compactMap { step in measure.value(step).map { (by.value(step), $0) } }
        if points.isEmpty {
          guard of != nil else { continue }
          throw Failure(
            .badData,
            "\(path): has no \(measure.title); leave the file out, or draw another measure: --of objective")
        }
        lines.append(LineChart.Line(curves.count == 1 ? measure.title : path, points))
      }
    }
    let numbers = lines.flatMap { $0.points.map(\.y) }
    let what = measures.count == 1 ? measures[0].title : "objective, gap"
    let title =
      curves.count == 1 ? curves[0].command : "\(what.prefix(1).uppercased())\(what.dropFirst()) by training"
    try output.write(
      DrawnPicture(
        LineChart(title, x: by.title, y: what, lines: lines, isLogarithmic: numbers.allSatisfy { $0 >= 0 })))
  }
}

/// What a file of metrics tells of a training's way.
struct TrainingCurve: Decodable {
  struct Step: Decodable {
    var passes, seconds, objective: Double
    var loss, gap, heldOutLoss: Double?

    private enum CodingKeys: String, CodingKey {
      case passes, seconds, objective, loss, gap
      case heldOutLoss = "held_out_loss"
    }
  }

  var command: String
  var history: [Step]

  init(path: String) throws {
    self = try Self.decoded(
      path,
      "file of metrics; 'descent train --metrics FILE.json' writes one, and 'descent plot path' draws paths")
  }
}

extension Decodable {
  /// That of a file of JSON.
  ///
  /// - Parameter what: as which the file is missed, and what writes it.
  static func decoded(_ path: String, _ what: String) throws(Failure) -> Self {
    guard let data = FileManager.default.contents(atPath: path) else {
      throw Failure(.noInput, "\(path): there is no such file; check the path")
    }
    guard let result = try? JSONDecoder().decode(Self.self, from: data) else {
      throw Failure(.badData, "\(path): is no \(what)")
    }
    return result
  }
}
