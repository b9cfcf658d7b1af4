import Descent
import DescentPictures
import Foundation
import LinearAlgebra

/// What a linear model looks for: templates where features are pixels, else the features that matter most; and how many
/// weights there are.
struct WeightBlocks<Element: KernelScalar & StoredNumber> {
  private let model: TrainedModel<Element>
  private static var most: Int { 15 }

  init(_ model: TrainedModel<Element>) { self.model = model }

  var blocks: [Report.Block] {
    guard let weights = model.comparableTemplates, let effects = model.featureEffects(most: Self.most) else {
      let layer = model.namedShape == nil ? nil : model.drawableWeights
      return [.text("A network has no weight a feature: its first layer mixes all of them.")]
        + (layer.map { pictures($0.weights, $0.names, "A picture a unit of the first layer") } ?? [])
    }
    return pictures(weights, model.outputNames, "A template a class")
      + (model.namedShape == nil ? effects.map(bars) : []) + sparsity(weights)
  }

  private func pictures(_ weights: Matrix<Double>, _ names: [String], _ what: String) -> [Report.Block] {
    guard let shape = model.namedShape else { return [] }
    let templates = Templates(
      weights: weights, classNames: names, featureNames: model.featureNames, shape: shape)
    let unit = model.featureScales.isEmpty ? "" : " per σ of the pixel"
    let most = format(templates.fullColour, 3)
    let channels = shape.channels > 1 ? ", a picture a channel" : ""
    return [
      .text("\(what)\(channels): red pixels speak for it, blue ones against it, by up to \(most)\(unit)."),
      .gallery(names.indices.map { (templates.tile($0)!, names[$0]) }),
    ]
  }

  private func bars(_ effects: FeatureEffects) -> Report.Block {
    let name = effects.classIndex.map { model.classNames[$0] } ?? model.outputNames[effects.output]
    let hasSpreads = !model.featureScales.isEmpty
    let rows = effects.effects.map { effect in
      let odds = effects.areLogOdds ? [format(exp(effect.scaledWeight ?? effect.weight), 3)] : []
      return (
        name: model.allFeatureNames[effect.feature], value: effect.scaledWeight ?? effect.weight,
        texts: (hasSpreads ? [format(effect.scaledWeight ?? 0, 3)] : []) + [format(effect.weight, 3)] + odds
      )
    }
    let header =
      (hasSpreads ? ["per σ"] : []) + ["per unit"]
      + (effects.areLogOdds ? [hasSpreads ? "odds × per σ" : "odds ×"] : [])
    let block = Report.Block.bars(
      Report.Bars("What speaks for '\(name)' (to the right) and against it", header: header, rows: rows))
    return model.outputNames.count > 4 ? .folded("'\(name)'", [block]) : block
  }

  private func sparsity(_ weights: Matrix<Double>) -> [Report.Block] {
    let nonzeros = (0..<weights.rows).map { weights[row: $0].count { $0 != 0 } }
    let all = nonzeros.reduce(0, +)
    let text = "\(all) of \(weights.rows * weights.columns) weights are not zero."
    guard all < weights.rows * weights.columns, weights.rows > 1 else { return [.text(text)] }
    let rows = zip(model.outputNames, nonzeros).map { [$0, "\($1)"] }
    return [
      .text(text),
      .folded(
        "how many of each class",
        [.table(Report.Table("Weights that are not zero", header: ["class", "weights"], rows: rows))]),
    ]
  }
}
