internal import LinearAlgebra

extension Provenance {
  /// The strength of the l2 that a model was trained with, 0 for no penalty; none is said of models from elsewhere, and
  /// taken for no penalty.
  func ridge() throws(InferenceError) -> Double {
    guard let penalty else { return 0 }
    guard let made = try? Penalties.named(penalty.name, penalty.settings), let strengths = made.elasticNet
    else { throw .penalty("the model was trained with the penalty '\(penalty.name)'") }
    guard strengths.l1 == 0 else { throw .penalty("the model was trained with an l1 of \(strengths.l1)") }
    return strengths.l2
  }

  /// The rows that count, by their weights times those of their classes, whose unit stays.
  func counting(_ data: Dataset, _ kind: Inference.Covariance) throws(InferenceError) -> Dataset {
    var result = data
    if let choice = classWeights {
      if kind == .information { throw .classWeights }
      var named: [String: Double] = [:]
      for setting in choice.settings { named[setting.name] = try? [setting].positive(setting.name) }
      let weights: ClassWeights = choice.name == ClassWeights.balanced.choice.name ? .balanced : .named(named)
      guard let factors = try? weights.factors(for: data), case .labels(let labels) = data.targets else {
        throw .classWeights
      }
      result.weights = labels.enumerated().map { (data.weights?[$0] ?? 1) * factors[Int($1)] }
    }
    guard let weights = result.weights, weights.contains(0) else { return result }
    return result.rows(at: weights.indices.filter { weights[$0] > 0 })
  }
}

extension TrainedModel {
  /// What weights are multiplied by to be those of the features as the training saw them: 1 over its scaling's factors.
  func spreads(on data: Dataset) -> [Double] {
    guard featureScales.isEmpty else { return featureScales }
    let choice = provenance.scaling.flatMap { try? ScalingChoice.named($0.name, $0.settings) } ?? .none
    let scaling = choice.scaling(for: data, hasIntercept: architecture.hasIntercept).inverse
    return (0..<inputs).map { scaling.factor($0) }
  }
}
