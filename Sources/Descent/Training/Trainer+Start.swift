internal import LinearAlgebra

extension Trainer {
  /// That a training on `data` can go on from a model: it takes these features and tells these classes, by their names where
  /// both have such, and has the parameters that this recipe's model has.
  public func checkStart<Element: KernelScalar>(
    _ start: TrainedModel<Element>, for data: Dataset
  ) throws(TrainingError) {
    let (own, wanted) = (start.architecture, model(for: data))
    do throws(StartError) {
      guard own.inputs == data.columns else { throw .features(own.inputs, data: data.columns) }
      for (column, names) in zip(start.featureNames, data.featureNames).enumerated()
      where names.0 != names.1 { throw .featureName(names.0, data: names.1, column: column + 1) }
      guard start.classNames == data.classNames else {
        throw .classes(start.classNames, data: data.classNames)
      }
      guard own.outputs == wanted.outputs else {
        throw .scores(own.outputs, loss: loss.name, wanted: wanted.outputs)
      }
      guard own.layout == wanted.layout, Self.words(for: own) == Self.words(for: wanted) else {
        throw .architecture(Self.words(for: own), wanted: Self.words(for: wanted))
      }
      if !wanted.hasIntercept, start.biases?.contains(where: { $0 != 0 }) == true { throw .intercept }
    } catch { throw .start(error) }
  }

  /// The parameters on scaled features that a fit begins with: those of `start`, or where there is none the model's own
  /// and the scores that are best for all rows alike.
  func firstParameters<Element: KernelScalar>(
    of objective: DataObjective<Element>, from start: TrainedModel<Element>?
  ) -> [Element] {
    if let start { return objective.parameters(ofWritten: start.parameters) }
    let model = objective.model
    var generator = SeededGenerator(seed: seed)
    var parameters = model.initialParameters(of: Element.self, using: &generator)
    if let linear = model as? LinearModel, let start = objective.rowLoss.start,
      start.count == linear.learntBiases.count
    {
      parameters.replaceSubrange(linear.learntBiases, with: start.map { Element($0) })
    }
    return parameters
  }
}

extension DataObjective {
  /// The parameters on scaled features, and for scaled targets, of a model that is written in the data's units.
  func parameters(ofWritten written: [Element]) -> [Element] {
    var parameters = model.folding(scaling.inverse, into: written.map { Double($0) })
    if let targetScaling { parameters = model.folding(targets: targetScaling.inverse, into: parameters) }
    return parameters.map { Element($0) }
  }
}

extension TargetScaling {
  /// t ↦ t·scale + centre
  fileprivate var inverse: TargetScaling {
    TargetScaling(centres: zip(centres, scales).map { -$0 / $1 }, scales: scales.map { 1 / $0 })
  }
}

extension TrainedModel {
  /// What a result depends on by where it began.
  var startFact: TrainingFact {
    let hash = ContentHash()
    hash.add(parameters)
    return TrainingFact(name: "the model to go on from", value: String(hash.value, radix: 16))
  }
}
