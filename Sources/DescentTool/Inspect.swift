import ArgumentParser
import Descent
import DescentFiles
import Foundation
import LinearAlgebra

struct Inspect: ParsableCommand, ModelWork {
  static let configuration = CommandConfiguration(abstract: "Show what a model file holds.")

  @Argument(
    help: "A file that 'descent train' wrote, or another ONNX model of such layers.", completion: .models)
  var model: String

  func run() throws { try ModelFile.read(model).run(self) }

  func run<Element: KernelScalar & StoredNumber>(_ model: TrainedModel<Element>) throws {
    var rows = [
      [
        "model",
        "\(model.architecture.name), \(model.inputs) features to \(model.architecture.outputs) scores",
      ],
      ["precision", Element.self == Float.self ? "float" : "double"],
      ["loss", model.lossName],
    ]
    if let calibration = model.calibration { rows.append(["calibration", calibration.words]) }
    rows += model.loss.settings.map { [$0.name, $0.text] }
    let hasIntercept = (model.architecture as? LinearModel)?.hasIntercept ?? true
    if !hasIntercept { rows.append(["intercept", "none"]) }
    for part in model.architecture.layout.parts where part.isPenalised || hasIntercept {
      let values = model.parameters[part.range]
      let (low, high) = (values.min() ?? 0, values.max() ?? 0)
      let shape = part.shape.map(String.init).joined(separator: " × ")
      rows.append([
        part.name,
        "\(shape), from \(format(Double(low), 4)) to \(format(Double(high), 4)), \(values.count { $0 == 0 }) zeros",
      ])
    }
    if !model.classNames.isEmpty {
      rows.append(["classes", "\(model.classNames.count): \(listed(model.classNames))"])
    }
    if !model.featureNames.isEmpty { rows.append(["features", listed(model.featureNames)]) }
    if let shape = model.imageShape {
      rows.append([
        "image",
        "\(shape.height) × \(shape.width), \(shape.channels) channel(s)\(shape.isPlanar ? ", one after the other" : "")",
      ])
    }
    rows += ModelFile.notes(of: model).map { [$0.name, shortened($0.text, to: 80)] }
    let width = rows.map { $0[0].count }.max() ?? 0
    try Console.output(
      rows.map { $0[0].padding(toLength: width, withPad: " ", startingAt: 0) + "  " + $0[1] + "\n" }.joined())
  }

  private func listed(_ names: [String]) -> String {
    let shown = names.prefix(12).map { shortened($0, to: 24) }.joined(separator: ", ")
    return names.count > 12 ? "\(shown), … (\(names.count))" : shown
  }
}

extension Calibration {
  /// `sigmoid, by 5 folds of 1797 rows`
  var words: String {
    let kind: String
    switch curves[0] {
    case .sigmoid: kind = "sigmoid"
    case .isotonic: kind = "isotonic"
    }
    return "\(kind), by " + (folds.map { "\($0) folds of \(rows) rows" } ?? "\(rows) rows held out")
  }
}
