internal import LinearAlgebra

extension Trainer {
  /// The fit with a model whose probabilities are calibrated by rows that were held out.
  public func calibrated<Element: KernelScalar>(
    _ fit: Fit<Element>, _ method: Calibration.Method, on heldOut: Dataset
  ) throws(TrainingError) -> Fit<Element> {
    var fit = fit
    fit.model = try fit.model.calibrated(method, on: heldOut)
    return fit
  }

  /// The fit with a model whose probabilities are calibrated by the rows that it was trained on: by the score that each gets
  /// from a model that was trained on the other folds.
  ///
  /// Costs `folds` trainings of the same recipe, each on the rows less one fold; each class is dealt out to the folds
  /// alike, by the trainer's seed.
  ///
  /// - Throws: ``TrainingError``, also `interrupted`.
  public func calibrated<Element: KernelScalar>(
    _ fit: Fit<Element>, _ method: Calibration.Method, acrossFoldsOf data: Dataset, folds: Int = 5,
    isInterrupted: @escaping () -> Bool = { false }
  ) throws(TrainingError) -> Fit<Element> {
    require(folds >= 2, "\(folds) folds")
    let labels = try data.labelsToCalibrate()
    try checkFolds(labels, data)
    var generator = SeededGenerator(seed: seed)
    let fold = Folds.deal(
      labels.rowsByClass(among: 0..<data.rows), to: folds, rows: data.rows, using: &generator)
    let outputs = fit.model.architecture.outputs
    var scores = Matrix<Element>(rows: data.rows, columns: outputs)
    for number in 0..<folds {
      let heldOut = fold.indices.filter { fold[$0] == number }
      guard !heldOut.isEmpty else { continue }
      let part: Fit<Element> = try self.fit(
        data.rows(at: fold.indices.filter { fold[$0] != number }), as: Element.self,
        isInterrupted: isInterrupted)
      if part.stopReason == .interrupted { throw .interrupted }
      var rows = heldOut[...]
      part.model.forEachBlock(of: data.rows(at: heldOut)) { block, _ in
        for row in 0..<block.rows { scores[row: rows.removeFirst()] = block[row: row] }
      }
    }
    try checkCalibrating(scores.elements)
    var fit = fit
    fit.model = fit.model.calibrated(
      by: Calibration(
        method, scores: scores, labels: labels, classes: data.classes, weights: data.weights,
        folds: folds))
    return fit
  }

  /// Each class must be left in all parts that are trained on.
  private func checkFolds(_ labels: ArraySlice<Int32>, _ data: Dataset) throws(TrainingError) {
    var counts = [Int](repeating: 0, count: data.classes)
    for label in labels { counts[Int(label)] += 1 }
    guard let single = counts.firstIndex(of: 1) else { return }
    throw .unsupported(
      "the class '\(data.classNames[single])' has one row, and calibrating by folds takes two of each: "
        + "calibrate by rows held out, or remove it")
  }
}
