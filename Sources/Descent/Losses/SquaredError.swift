internal import DescentKernels
internal import LinearAlgebra

/// The squared error ½·Σ_j (s_j − t_j)², a row.
///
/// Targets are numbers to regress on; class labels stand for their indicator vectors, which makes it the
/// least-squares classifier. (Bishop, Pattern Recognition and Machine Learning, eq. 3.12 and 4.15.)
public struct SquaredError: Loss {
  public var name: String { "squared" }
  public var formula: String { "½·(s − y)²" }
  public var task: LearningTask { .regression }

  /// Nothing to set: a change of the targets' unit only multiplies the loss by a factor.
  public init() {}

  /// Each column by its own scale: they do not know of each other.
  public func rescaled(_ scales: [Double]) -> (loss: any Loss, scales: [Double])? { (self, scales) }

  public func evaluate<Element: KernelScalar>(
    _ scores: inout MutableSpan<Element>, columns: Int, targets: Targets, values: inout MutableSpan<Double>
  ) {
    switch targets {
    case .values(let numbers, _): evaluate(&scores, columns, numbers, &values)
    case .labels(let labels):
      evaluate(&scores, columns, indicators(labels, columns: columns)[...], &values)
    }
  }

  private func evaluate<Element: KernelScalar>(
    _ scores: inout MutableSpan<Element>, _ columns: Int, _ targets: ArraySlice<Double>,
    _ values: inout MutableSpan<Double>
  ) {
    evaluateScores(&scores, columns: columns, targets, &values) {
      Element.squaredError($0, $1, $2, count: targets.count)
    }
  }

  private func indicators(_ labels: ArraySlice<Int32>, columns: Int) -> [Double] {
    var result = [Double](repeating: 0, count: labels.count * columns)
    for (row, label) in labels.enumerated() { result[row * columns + Int(label)] = 1 }
    return result
  }

  public func check(_ targets: Targets, columns: Int) throws(TargetError) {
    switch targets {
    case .labels(let labels): try targets.checkLabels(labels, classes: columns)
    case .values(let values, let width): try targets.checkValues(values, width: width, columns: columns)
    }
  }
}
