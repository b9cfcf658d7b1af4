internal import LinearAlgebra

/// The pinball loss of the quantile τ: τ·(t − s) where the score is below the target, (1 − τ)·(s − t) where it is above;
/// summed over the scores of a row.
///
/// The constant that it is smallest for has a share τ of the targets below it: a model predicts that quantile of what may come,
/// 0.5 being the median. (Koenker and Bassett, Regression Quantiles, Econometrica 46, 1978.)
public struct Quantile: Loss {
  /// τ
  public var quantile: Double
  public var name: String { "quantile" }
  public var formula: String { "quantile·(y − s) where s < y, (1 − quantile)·(s − y) elsewhere" }
  public var task: LearningTask { .regression }
  public var settings: [Setting] { [Setting("quantile", quantile)] }

  /// With a quantile τ between 0 and 1, both excluded; any other traps. The default predicts the median.
  public init(_ quantile: Double = 0.5) {
    require(quantile > 0 && quantile < 1, "a quantile of \(quantile)")
    self.quantile = quantile
  }

  public func with(_ settings: [Setting]) throws(SettingError) -> Quantile {
    Quantile(try settings.fraction("quantile") ?? quantile)
  }

  /// The quantile of each column.
  public func start(for targets: Targets, weights: [Double]?, offsets: [Double]?) -> [Double]? {
    targets.less(offsets).quantiles(quantile, weights)
  }

  public func spread(variance: Double, mean: Double) -> Double {
    2 * quantile * (1 - quantile) * variance.squareRoot()
  }

  /// One scale for all columns: the sum over them is theirs together.
  public func rescaled(_ scales: [Double]) -> (loss: any Loss, scales: [Double])? {
    (self, Array(repeating: scales.max() ?? 1, count: scales.count))
  }

  public func evaluate<Element: KernelScalar>(
    _ scores: inout MutableSpan<Element>, columns: Int, targets: Targets, values: inout MutableSpan<Double>
  ) {
    guard case .values(let numbers, _) = targets else { fatalError("the quantile loss wants numbers") }
    evaluateScores(&scores, columns: columns, numbers, &values) {
      pinball($0, $1, $2, count: numbers.count, quantile: quantile)
    }
  }

  public func check(_ targets: Targets, columns: Int) throws(TargetError) {
    guard case .values(let values, let width) = targets else {
      throw .wrongKind(loss: name, wanted: "numbers")
    }
    try targets.checkValues(values, width: width, columns: columns)
  }
}

/// The slope at the kink is 0, one of those that there are.
@specialized(where Element == Float)
@specialized(where Element == Double)
private func pinball<Element: KernelScalar>(
  _ scores: UnsafeMutablePointer<Element>, _ values: UnsafeMutablePointer<Double>,
  _ targets: UnsafePointer<Double>, count: Int, quantile: Double
) {
  for i in 0..<count {
    let d = Double(scores[i]) - targets[i]
    let slope = d > 0 ? 1 - quantile : d < 0 ? -quantile : d
    values[i] = d == 0 ? 0 : slope * d
    scores[i] = Element(slope)
  }
}
