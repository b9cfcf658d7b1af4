internal import DescentKernels
internal import Foundation
internal import LinearAlgebra

/// Half the Poisson deviance of a count t whose mean is exp(s): exp(s) − t·s − (t − t·log t), summed over the scores of a row.
///
/// The last part does not depend on the score and makes the loss 0 where exp(s) = t, and above 0 elsewhere; its mean is half of
/// scikit-learn's `mean_poisson_deviance`, and its sum −log p of the counts, less that of the best means there are. Targets are
/// numbers of 0 and more, whole or not: counts, or costs. An offset of log(exposure) makes the counts rates.
/// (McCullagh and Nelder, Generalized Linear Models, section 6.2.)
public struct Poisson: Loss {
  public var name: String { "poisson" }
  public var formula: String { "exp(s) − y·s − (y − y·log y)" }
  public var task: LearningTask { .regression }
  public var link: Link { .logarithm }

  /// For targets of 0 and more that are not all 0: of others ``check(_:columns:)`` throws.
  public init() {}

  /// log(Σ w·t / Σ w·exp(offset)), the best for all rows alike.
  public func start(for targets: Targets, weights: [Double]?, offsets: [Double]?) -> [Double]? {
    guard case .values(let values, let width) = targets, width > 0 else { return nil }
    let top = offsets?.max() ?? 0
    var sums = [(counts: Double, exposure: Double)](repeating: (0, 0), count: width)
    for (i, value) in values.enumerated() {
      let weight = weights?[i / width] ?? 1
      sums[i % width].counts += weight * value
      sums[i % width].exposure += weight * exp((offsets?[i] ?? 0) - top)
    }
    let starts = sums.map { log($0.counts) - log($0.exposure) - top }
    return starts.allSatisfy(\.isFinite) ? starts : nil
  }

  public func spread(variance: Double, mean: Double) -> Double { mean > 0 ? 0.5 * variance / mean : 0 }

  public func evaluate<Element: KernelScalar>(
    _ scores: inout MutableSpan<Element>, columns: Int, targets: Targets, values: inout MutableSpan<Double>
  ) {
    guard case .values(let numbers, _) = targets else { fatalError("the Poisson loss wants numbers") }
    evaluateScores(&scores, columns: columns, numbers, &values) {
      Element.poisson($0, $1, $2, count: numbers.count)
    }
  }

  public func check(_ targets: Targets, columns: Int) throws(TargetError) {
    guard case .values(let values, let width) = targets else {
      throw .wrongKind(loss: name, wanted: "numbers of 0 and more")
    }
    try targets.checkValues(values, width: width, columns: columns)
    for (i, value) in values.enumerated() where value < 0 { throw .negative(row: i / width, value) }
    if !values.isEmpty, values.allSatisfy({ $0 == 0 }) { throw .allZero(loss: name) }
  }
}
