internal import LinearAlgebra

extension Trainer {
  /// The objective of the model on `data`, less the rows that early stopping holds out, and how features are scaled.
  func objective<Element: KernelScalar>(
    _ data: Dataset, as type: Element.Type, threads: Int, among ranks: Ranks? = nil
  ) throws(TrainingError) -> (DataObjective<Element>, Scaling) {
    let model = model(for: data)
    guard let earlyStopping else {
      let scaling = self.scaling.scaling(for: data, hasIntercept: fitsIntercept)
      let targets = targetScaling(of: data, for: model)
      let settled = try settled(model, data, scaling, as: type)
      return (objective(model, data, settled, targets, threads, among: ranks), scaling)
    }
    let (training, heldOut) = data.split(holdout: earlyStopping.holdout, seed: seed)
    guard training.rows > 0, heldOut.rows > 0 else {
      throw .unsupported(
        "early stopping by \(earlyStopping.holdout) of \(data.rows) rows leaves \(training.rows) to train on and "
          + "\(heldOut.rows) to measure by; choose another fraction, or leave it out")
    }
    let scaling = self.scaling.scaling(for: training, hasIntercept: fitsIntercept)
    let targets = targetScaling(of: training, for: model)
    let settled = try settled(model, training, scaling, as: type)
    let measured = HeldOut<Element>(
      objective: objective(model, heldOut, settled, targets, threads), patience: earlyStopping.patience)
    return (objective(model, training, settled, targets, threads, heldOut: measured, among: ranks), scaling)
  }

  /// The model for the shape of `data`, without parameters.
  public func model(for data: Dataset) -> any Model {
    let (inputs, outputs) = (data.columns, loss.columns(classes: outputs(of: data)))
    if case .linear = model {
      return LinearModel(inputs: inputs, outputs: outputs, hasIntercept: fitsIntercept)
    }
    return model.model(inputs: inputs, outputs: outputs)
  }

  private func objective<Element: KernelScalar>(
    _ model: any Model, _ data: Dataset, _ settled: (penalty: any Penalty, scaling: Scaling),
    _ targets: (scaling: TargetScaling, loss: any Loss)?, _ threads: Int,
    heldOut: HeldOut<Element>? = nil, among ranks: Ranks? = nil
  ) -> DataObjective<Element> {
    DataObjective<Element>(
      model: model, loss: targets?.loss ?? loss, penalty: settled.penalty, features: data.features,
      scaling: settled.scaling, targets: targets?.scaling.apply(data.targets) ?? data.targets,
      weights: data.weights,
      offsets: data.offsets.map { targets?.scaling.apply(offsets: $0) ?? $0 },
      targetScaling: targets?.scaling,
      heldOut: heldOut, threads: threads, ranks: ranks)
  }

  /// Measures the rows of `data` by the way, scaled as those of the objective are.
  func measure<Element: KernelScalar>(
    _ data: Dataset, along monitor: Monitor, _ learnt: DataObjective<Element>
  ) {
    let measured = measured(data, as: learnt)
    monitor.measure { measured.meanLoss(at: $0) }
  }

  /// The rows of `data`, scaled as those of an objective are.
  func measured<Element: KernelScalar>(
    _ data: Dataset, as learnt: DataObjective<Element>
  ) -> DataObjective<Element> {
    let targets = learnt.targetScaling.map { (scaling: $0, loss: learnt.loss) }
    return objective(learnt.model, data, (learnt.penalty, learnt.scaling), targets, learnt.pool.threads)
  }

  /// Checks that the solver is one for the model of such data.
  func checkSolver(_ data: Dataset) throws(TrainingError) {
    let outline = try outline(of: data)
    guard outline.isLinear || fitsIntercept else {
      throw .unsupported(
        "only a linear model can do without an intercept: a network's units are thresholds on their biases")
    }
    if let refusal = solver.refusal(of: outline) { throw .refused(refusal) }
    guard earlyStopping == nil || solver.stopsEarly(on: outline) else {
      throw .unsupported(
        "the solver '\(solver.name)' does not stop early: it ends by its tolerance; leave early stopping out")
    }
  }
}
