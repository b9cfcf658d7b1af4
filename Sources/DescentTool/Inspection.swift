import Descent
import DescentFiles
import DescentPictures
import Foundation
import LinearAlgebra

/// What there is to tell of a model, for people and for programs.
struct Inspection<Element: KernelScalar & StoredNumber> {
  let model: TrainedModel<Element>
  let effects: [FeatureEffects]?
  let inference: Inference?

  init(_ model: TrainedModel<Element>, _ effects: [FeatureEffects]?, _ inference: Inference?) {
    (self.model, self.effects, self.inference) = (model, effects, inference)
  }

  var text: String {
    let lines = labelled(rows.map { ($0[0], $0[1]) })
    return lines.map { $0 + "\n" }.joined() + effectsText
      + (inference.map { "\n" + InferenceText($0, of: model).text } ?? "")
  }

  private var precision: String { Element.self == Float.self ? "float" : "double" }
  private var hasIntercept: Bool { (model.architecture as? LinearModel)?.hasIntercept ?? true }

  /// The parts with numbers to tell of, and the least and the greatest of these.
  private var parts: [(part: ParameterLayout.Part, low: Double, high: Double, zeros: Int)] {
    model.architecture.layout.parts.filter { $0.isPenalised || hasIntercept }.map { part in
      let values = model.parameters[part.range]
      return (part, Double(values.min() ?? 0), Double(values.max() ?? 0), values.count { $0 == 0 })
    }
  }

  private var rows: [[String]] {
    var rows = [
      ["model", model.shape],
      ["precision", precision],
      ["loss", model.lossName],
    ]
    if let calibration = model.calibration { rows.append(["calibration", calibration.words]) }
    rows += model.loss.settings.map { [$0.name, $0.text] }
    if !hasIntercept { rows.append(["intercept", "none"]) }
    for (part, low, high, zeros) in parts {
      let shape = part.shape.map(String.init).joined(separator: " × ")
      rows.append([part.name, "\(shape), from \(format(low, 4)) to \(format(high, 4)), \(zeros) zeros"])
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
    // What goes to a program, or a file, is whole.
    let isWhole = Terminal.output.width == nil
    return rows
      + ModelFile.notes(of: model).map { [$0.name, isWhole ? $0.text : shortened($0.text, to: 80)] }
  }

  private func listed(_ names: [String]) -> String {
    let shown = ShortNames(Array(names.prefix(12)), columns: 24).texts.joined(separator: ", ")
    return names.count > 12 ? "\(shown), … (\(names.count))" : shown
  }

  private var effectsText: String {
    guard let effects else { return "" }
    let hasSpreads = !model.featureScales.isEmpty
    let spread = hasIntercept ? "σ" : "rms"
    let titles = ShortNames(effects.map { name(of: $0) }, columns: 24).texts
    return effects.enumerated().map { number, effects in
      let name = "'\(titles[number])'"
      let names = ShortNames(effects.effects.map { model.allFeatureNames[$0.feature] }, columns: 40).texts
      let title = hasSpreads ? "by |weight|·\(spread)" : "by |weight|: the features' spreads are not known"
      let odds = effects.areLogOdds ? ["odds ×"] : []
      let header = ["feature"] + (hasSpreads ? [spread, "per \(spread)"] + odds : []) + ["per unit"] + odds
      let rows = zip(names, effects.effects).map { name, effect in
        func cells(_ weight: Double) -> [String] {
          [format(weight, 4)] + (effects.areLogOdds ? [format(exp(weight), 4)] : [])
        }
        return [name]
          + (effect.spread.map { [format($0, 4)] + cells(effect.weight * $0) } ?? []) + cells(effect.weight)
      }
      return "\nwhat matters most to \(name), \(title)\n" + aligned([header] + rows).joined(separator: "\n")
        + "\n"
    }.joined()
  }

  private func name(of effects: FeatureEffects) -> String {
    effects.classIndex.map { model.classNames[$0] } ?? model.outputNames[effects.output]
  }
}

extension Inspection {
  var json: JSONValue {
    func texts(_ values: [String]) -> JSONValue { values.isEmpty ? .null : .list(values.map { .text($0) }) }
    func settings(_ settings: [Setting]) -> JSONValue {
      .object(Dictionary(settings.map { ($0.name, JSONValue.text($0.text)) }) { $1 })
    }
    return .object([
      "architecture": .text(model.architecture.name), "inputs": .number(Double(model.inputs)),
      "outputs": .number(Double(model.architecture.outputs)), "precision": .text(precision),
      "loss": .text(model.lossName), "loss_settings": settings(model.loss.settings),
      "intercept": .text(hasIntercept ? "fitted" : "none"),
      "calibration": .text(model.calibration?.words), "classes": texts(model.classNames),
      "features": texts(model.featureNames), "target": .text(model.columns.label?.name),
      "image": model.imageShape.map {
        .list([$0.height, $0.width, $0.channels].map { .number(Double($0)) })
      } ?? .null,
      "parts": .list(
        parts.map { part, low, high, zeros in
          .object([
            "name": .text(part.name), "shape": .list(part.shape.map { .number(Double($0)) }),
            "least": .number(low), "greatest": .number(high), "zeros": .number(Double(zeros)),
          ])
        }),
      "notes": settings(ModelFile.notes(of: model)),
      "top": effects.map { .list($0.map(object)) } ?? .null,
      "inference": inference.map { InferenceJSON($0, of: model).object } ?? .null,
    ])
  }

  private func object(_ effects: FeatureEffects) -> JSONValue {
    .object([
      "name": .text(name(of: effects)),
      "features": .list(
        effects.effects.map { effect in
          func odds(_ weight: Double?) -> JSONValue {
            .number(effects.areLogOdds ? weight.map { exp($0) } : nil)
          }
          return .object([
            "feature": .text(model.allFeatureNames[effect.feature]), "spread": .number(effect.spread),
            "weight": .number(effect.weight), "odds_ratio": odds(effect.weight),
            "scaled_weight": .number(effect.scaledWeight), "scaled_odds_ratio": odds(effect.scaledWeight),
          ])
        }),
    ])
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
