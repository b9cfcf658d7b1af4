internal import DescentKernels
internal import LinearAlgebra

/// Huber's loss: ½·d² where |d| ≤ δ, δ·(|d| − ½·δ) beyond, with d = s − t; summed over the scores of a row.
///
/// The squared error for small residuals, the absolute error for large ones, so that outliers pull with a
/// bounded force. δ is in the targets' unit: `scaled(to:penalty:scaling:seed:threads:)` finds one that suits them. (Huber, Robust Estimation of a Location Parameter, Ann. Math. Statist. 35, 1964.)
public struct Huber: Loss {
  /// δ, in the targets' unit: residuals up to it count by their squares, those beyond by their size. Above 0.
  public var delta: Double
  public var name: String { "huber" }
  public var formula: String { "½·(s − y)² where |s − y| ≤ delta, delta·(|s − y| − ½·delta) beyond" }
  public var task: LearningTask { .regression }
  public var settings: [Setting] { [Setting("delta", delta)] }

  /// With a δ above 0 and finite, in the targets' unit; any other traps.
  public init(delta: Double = 1) {
    require(delta > 0 && delta.isFinite, "a delta of \(delta)")
    self.delta = delta
  }

  /// δ is in the unit of the targets, and one for all columns: so must the scale be. It is their root mean square.
  public func rescaled(_ scales: [Double]) -> (loss: any Loss, scales: [Double])? {
    let largest = scales.max() ?? 1
    let mean = scales.reduce(0) { $0 + ($1 / largest) * ($1 / largest) } / Double(max(1, scales.count))
    let scale = largest * mean.squareRoot()
    let delta = delta / scale
    guard delta > 0, delta.isFinite else { return nil }
    return (Huber(delta: delta), Array(repeating: scale, count: scales.count))
  }

  public func with(_ settings: [Setting]) throws(SettingError) -> Huber {
    Huber(delta: try settings.positive("delta") ?? delta)
  }

  /// The median of each column, whose slopes are small where the mean of the targets is far from 0.
  public func start(for targets: Targets, weights: [Double]?, offsets: [Double]?) -> [Double]? {
    targets.less(offsets).medians(weights)
  }

  public func spread(variance: Double, mean: Double) -> Double {
    min(0.5 * variance, delta * variance.squareRoot())
  }

  public func evaluate<Element: KernelScalar>(
    _ scores: inout MutableSpan<Element>, columns: Int, targets: Targets, values: inout MutableSpan<Double>
  ) {
    guard case .values(let numbers, _) = targets else { fatalError("Huber's loss wants numbers") }
    evaluateScores(&scores, columns: columns, numbers, &values) {
      Element.huber($0, $1, $2, delta: delta, count: numbers.count)
    }
  }

  public func check(_ targets: Targets, columns: Int) throws(TargetError) {
    guard case .values(let values, let width) = targets else {
      throw .wrongKind(loss: name, wanted: "numbers")
    }
    try targets.checkValues(values, width: width, columns: columns)
  }
}
