public import LinearAlgebra

extension Calibration {
  /// The kind of curve that makes probabilities of scores: one a class, and of two classes one over their margin.
  public enum Method: String, Sendable, CaseIterable {
    /// Platt's: two numbers a curve, for few rows, and scores whose errors are those of a bell.
    case sigmoid
    /// Any curve that does not fall: for some thousand rows and more.
    case isotonic
  }

  /// Fits curves to the scores `[rows, outputs]` of rows that the model was not trained on.
  ///
  /// - Parameters:
  ///   - scores: the scores, `[rows, outputs]`.
  ///   - method: the kind of curve.
  ///   - folds: into how many parts the rows were cut to get the scores, if they were.
  ///   - classes: the number of classes.
  ///   - labels: the rows' classes.
  ///   - weights: What each row counts; nil is 1 each.
  public init<Element: KernelScalar>(
    _ method: Method, scores: Matrix<Element>, labels: some Collection<Int32>, classes: Int,
    weights: [Double]? = nil, folds: Int? = nil
  ) {
    require(scores.rows == labels.count, "\(scores.rows) rows of scores, \(labels.count) labels")
    require(scores.rows > 0 && classes >= 2, "\(classes) classes of \(scores.rows) rows")
    require(
      weights.map { $0.count == scores.rows } ?? true,
      "\(weights?.count ?? 0) weights for \(scores.rows) rows")
    let curves = (0..<Self.curves(classes: classes)).map { c in
      let isOfTwo = classes == 2
      let rows = ScoredOutcomes(
        scores: (0..<scores.rows).map { Double(isOfTwo ? Self.margin(scores[row: $0]) : scores[$0, c]) },
        isPositive: labels.map { Int($0) == (isOfTwo ? 1 : c) }, weights: weights)
      return method == .sigmoid ? CalibrationCurve.sigmoid(of: rows) : .isotonic(of: rows)
    }
    self.init(curves: curves, rows: scores.rows, folds: folds)
  }
}

extension TrainedModel {
  /// The same model with probabilities that are calibrated on `data`, which it must not have been trained on.
  ///
  /// ```swift
  /// let (training, heldOut) = data.split(holdout: 0.2)
  /// let model = try Trainer(loss: Hinge()).fit(training).model.calibrated(.sigmoid, on: heldOut)
  /// print(model.probabilities(model.scores(rows))!)
  /// ```
  public func calibrated(_ method: Calibration.Method, on data: Dataset) throws(TrainingError) -> TrainedModel
  {
    let labels = try data.labelsToCalibrate()
    var scores: [Element] = []
    forEachBlock(of: data) { block, _ in scores += block.elements }
    try checkCalibrating(scores)
    return calibrated(
      by: Calibration(
        method, scores: Matrix(rows: data.rows, columns: architecture.outputs, elements: scores),
        labels: labels, classes: classNames.count, weights: data.weights))
  }
}

/// Throws where a score of rows to calibrate by is beyond the numbers.
func checkCalibrating<Element: KernelScalar>(_ scores: some Collection<Element>) throws(TrainingError) {
  guard !scores.allSatisfy(\.isFinite) else { return }
  throw .unsupported(
    "a row to calibrate by has a score beyond \(Element.self == Float.self ? "the numbers of single precision" : "all numbers")"
      + ": look for a feature that is far from the others, and correct the row or leave it out")
}

extension Dataset {
  /// The labels, which must be of two classes and more.
  func labelsToCalibrate() throws(TrainingError) -> ArraySlice<Int32> {
    guard case .labels(let labels) = targets else {
      throw .unsupported("only a classifier has probabilities to calibrate")
    }
    guard let first = labels.first else { throw .unsupported("there are no rows to calibrate by") }
    guard labels.contains(where: { $0 != first }) else {
      let name = classNames.indices.contains(Int(first)) ? classNames[Int(first)] : "\(first)"
      throw .unsupported("all rows to calibrate by are of one class, '\(name)'; calibrate by more of them")
    }
    return labels
  }
}
