import Descent
import LinearAlgebra

/// What a model was trained to make small, as formulas.
struct ObjectiveText<Element: KernelScalar> {
  private let model: TrainedModel<Element>

  init(of model: TrainedModel<Element>) { self.model = model }

  var text: String {
    """
    minimise  \(mean)\(penalty == nil ? "" : " + R(W)")
    scores    s = \(scores)
    loss      ℓ(s, y) = \(with(model.loss.formula, model.loss.settings))
    """ + (penalty.map { "\npenalty   R(W) = \($0)" } ?? "")
  }

  private var mean: String {
    let isWeighted = model.columns.others.weight != nil || model.provenance.classWeights != nil
    return isWeighted ? "Σ w·ℓ(s, y) / Σ w over the rows" : "(1/n)·Σ ℓ(s, y) over the n rows"
  }

  private var scores: String {
    let offset = model.columns.others.offset == nil ? "" : " + offset"
    guard let network = model.architecture as? Network else {
      let hasIntercept = (model.architecture as? LinearModel)?.hasIntercept ?? true
      return "W·x" + (hasIntercept ? " + b" : "") + offset
    }
    var (text, number) = ("x", 0)
    for layer in network.layers {
      switch layer {
      case is Affine:
        number += 1
        text = "W\(lowered(number))·\(text) + b\(lowered(number))"
      case is Dropout: continue
      default: text = "\(layer.text.prefix { $0 != " " })(\(text))"
      }
    }
    return text + offset
  }

  private func lowered(_ number: Int) -> String {
    String(String(number).compactMap { Array("₀₁₂₃₄₅₆₇₈₉")[$0.wholeNumberValue!] })
  }

  /// Nil where nothing is penalised, or the model does not say.
  private var penalty: String? {
    guard let choice = model.provenance.penalty,
      let penalty = try? Penalties.named(choice.name, choice.settings), penalty.elasticNet ?? (1, 1) != (0, 0)
    else { return nil }
    return with(penalty.formula, penalty.settings)
  }

  private func with(_ formula: String, _ settings: [Setting]) -> String {
    let values = settings.map { setting in
      if case .number(let number) = setting.value { return "\(setting.name) = \(format(number, 6))" }
      return "\(setting.name) = \(shortened(setting.text, to: 80))"
    }
    return formula + (values.isEmpty ? "" : ", with \(values.joined(separator: ", "))")
  }
}
