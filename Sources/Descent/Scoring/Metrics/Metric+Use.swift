extension Metric {
  /// Whether more of it is better: so it is of shares that are right and of areas, not of errors. Nil of what is to come near
  /// a number between.
  public var isGain: Bool? {
    switch self {
    case .accuracy, .topFiveAccuracy, .precision, .recall, .f1, .macroPrecision, .macroRecall, .macroF1,
      .weightedPrecision, .weightedRecall, .weightedF1, .rocAUC, .averagePrecision, .r2, .d2:
      true
    case .logLoss, .brierScore, .calibrationError, .meanAbsoluteError, .medianAbsoluteError,
      .absoluteError90, .rootMeanSquaredError, .poissonDeviance, .pinballLoss:
      false
    case .fractionBelow: nil
    }
  }

  /// What it is told of.
  enum Subject: String {
    case numbers, classes
    case twoClasses = "two classes"
    case manyClasses = "more than five classes"

    /// Whether such are so many classes; none are numbers.
    func includes(classes: Int) -> Bool {
      switch self {
      case .numbers: classes == 0
      case .classes: classes >= 2
      case .twoClasses: classes == 2
      case .manyClasses: classes > 5
      }
    }
  }

  var subject: Subject {
    switch self {
    case .meanAbsoluteError, .medianAbsoluteError, .absoluteError90, .rootMeanSquaredError, .r2,
      .poissonDeviance, .d2, .pinballLoss, .fractionBelow:
      .numbers
    case .precision, .recall, .f1, .rocAUC, .averagePrecision, .brierScore, .calibrationError: .twoClasses
    case .topFiveAccuracy: .manyClasses
    case .accuracy, .macroPrecision, .macroRecall, .macroF1, .weightedPrecision, .weightedRecall,
      .weightedF1, .logLoss:
      .classes
    }
  }
}
