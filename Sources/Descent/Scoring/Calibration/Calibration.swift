internal import LinearAlgebra

/// How a model's scores become probabilities that come true: of the rows that are told 0.3, three of ten are of the class.
///
/// Of two classes one curve, over the second's score less that of the first, or over the only score. Of more classes one
/// each, over its own score, and what the curves give is divided by its sum: one class against the rest.
/// (Zadrozny and Elkan, Transforming Classifier Scores into Accurate Multiclass Probability Estimates, KDD 2002.)
public struct Calibration: Sendable, Equatable, Codable {
  /// One for two classes; for more one each, in the classes' order.
  public let curves: [CalibrationCurve]
  /// The rows that it was fitted to.
  public let rows: Int
  /// How many models, trained without a part of the rows each, gave the scores; nil where the rows were held out.
  public let folds: Int?

  /// Traps where there is no curve, or one is not sound. Whether there are as many as a model needs: ``isSound(classes:)``.
  public init(curves: [CalibrationCurve], rows: Int, folds: Int? = nil) {
    require(!curves.isEmpty, "a calibration without curves")
    for curve in curves { require(curve.isSound, "the curve \(curve)") }
    (self.curves, self.rows, self.folds) = (curves, rows, folds)
  }

  /// Whether it is one of a model of so many classes.
  public func isSound(classes: Int) -> Bool {
    classes >= 2 && curves.count == Self.curves(classes: classes) && curves.allSatisfy(\.isSound)
  }

  static func curves(classes: Int) -> Int { classes == 2 ? 1 : classes }

  /// What the curve of two classes is over.
  static func margin<Element: KernelScalar>(_ scores: ArraySlice<Element>) -> Element {
    scores.count == 1 ? scores[scores.startIndex] : scores[scores.startIndex + 1] - scores[scores.startIndex]
  }

  /// The probabilities of the classes, from a row's scores.
  func probabilities<Element: KernelScalar>(_ scores: ArraySlice<Element>) -> [Double] {
    guard curves.count > 1 else {
      let second = curves[0].probability(of: Double(Self.margin(scores)))
      return [1 - second, second]
    }
    let shares = zip(curves, scores).map { $0.probability(of: Double($1)) }
    let total = shares.reduce(0, +)
    // As good as nothing is known of a row that all classes refuse.
    return shares.map { total > 0 ? $0 / total : 1 / Double(shares.count) }
  }

  /// The class of the greatest probability; of equals the first.
  func decide<Element: KernelScalar>(_ scores: ArraySlice<Element>) -> Int {
    let probabilities = probabilities(scores)
    return probabilities.indices.reduce(0) { probabilities[$1] > probabilities[$0] ? $1 : $0 }
  }
}

extension TrainedModel {
  /// The same model, whose probabilities are those of `calibration`: its classes are the likeliest by them.
  public func calibrated(by calibration: Calibration?) -> TrainedModel {
    let fits = calibration?.isSound(classes: classNames.count) ?? true
    require(fits, "\(calibration?.curves.count ?? 0) curves for \(classNames.count) classes")
    var result = self
    result.calibration = calibration
    return result
  }

  /// What ``ranked(_:)`` says of the second of two classes.
  var meaning: RankedScores.Meaning {
    switch calibration?.curves[0] {
    case .sigmoid?: .logOdds
    case .isotonic?: .probability
    case nil: givesProbabilities ? .logOdds : .margin
    }
  }

  /// A row's scores of two classes as one, above whose decision the second is told.
  func ranked(_ scores: ArraySlice<Element>) -> Double {
    let margin = Double(Calibration.margin(scores))
    switch calibration?.curves[0] {
    case .sigmoid(let slope, let offset)?: return slope * margin + offset
    case let curve?: return curve.probability(of: margin)
    case nil: return margin
    }
  }
}
