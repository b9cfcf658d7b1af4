internal import LinearAlgebra

extension Trainer {
  /// The penalty of these features, and how they are scaled for it: where it comes to a simpler one in other units of the
  /// features, these are part of the scaling.
  func settled(
    _ model: any Model, _ data: Dataset, _ scaling: Scaling, rounding: Double = 0
  ) throws(TrainingError) -> (penalty: any Penalty, scaling: Scaling) {
    let resolved: any Penalty
    do throws(PenaltyError) {
      resolved = try penalty.resolved(
        for: PenalisedFeatures(
          FeatureColumns(data), scaling: scaling, isLinear: model is LinearModel, rounding: rounding))
    } catch { throw .penalty(error) }
    guard let (units, simpler) = resolved.inUnits else { return (resolved, scaling) }
    return (simpler, scaling.divided(by: units))
  }

  func settled(
    _ model: any Model, _ data: Dataset, _ scaling: Scaling, as type: any KernelScalar.Type
  ) throws(TrainingError) -> (penalty: any Penalty, scaling: Scaling) {
    let rounding = type == Float.self ? Double(Float.ulpOfOne) : Double.ulpOfOne
    return try settled(model, data, scaling, rounding: rounding)
  }

  /// What of a training on `data` decides which solvers can minimise it.
  ///
  /// - Throws: ``TrainingError/penalty(_:)`` where the penalty speaks of features that are not there.
  public func outline(of data: Dataset) throws(TrainingError) -> ProblemOutline {
    let model = model(for: data)
    // Which penalty it comes to does not depend on the scaling.
    let penalty = try settled(model, data, .none).penalty
    var outline = ProblemOutline(
      data.features, loss: loss, penalty: penalty, isLinear: model is LinearModel, outputs: model.outputs,
      hasIntercept: fitsIntercept
    ) {
      let scaling = self.scaling.scaling(for: data, hasIntercept: fitsIntercept)
      return (try? settled(model, data, scaling).scaling) ?? scaling
    }
    outline.addsToScores = data.offsets != nil
    return outline
  }
}
