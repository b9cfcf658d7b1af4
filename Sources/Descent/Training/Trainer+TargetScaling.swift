extension Trainer {
  /// How the targets are scaled for the model, and the loss of such targets; nil where they are taken as they are.
  func targetScaling(of data: Dataset, for model: any Model) -> (scaling: TargetScaling, loss: any Loss)? {
    guard model.foldsTargets, case .values(let values, let width) = data.targets.less(data.offsets),
      width > 0,
      !values.isEmpty
    else { return nil }
    let standard = TargetScaling.standard(of: values, width: width, weights: data.weights)
    guard let (loss, scales) = loss.rescaled(standard.scales) else { return nil }
    return (TargetScaling(centres: standard.centres, scales: scales), loss)
  }
}
