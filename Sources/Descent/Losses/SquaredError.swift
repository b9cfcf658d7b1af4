public import LinearAlgebra

/// The squared error ½·Σ_j (s_j − t_j)², a row.
///
/// Targets are numbers to regress on; class labels stand for their indicator vectors, which makes it the
/// least-squares classifier. (Bishop, Pattern Recognition and Machine Learning, eq. 3.12 and 4.15.)
public struct SquaredError: Loss {
  public var name: String { "squared" }
  public var task: LearningTask { .regression }

  public init() {}

  public func evaluate<Element: Scalar>(
    _ scores: inout MutableSpan<Element>, columns: Int, targets: Targets
  ) -> Double {
    switch targets {
    case .labels(let labels): Kernels.squared(&scores, columns: columns, labels: labels)
    case .values(let values, _): Kernels.squared(&scores, values: values)
    }
  }

  public func check(_ targets: Targets, columns: Int) throws(TargetError) {
    switch targets {
    case .labels(let labels): try targets.checkLabels(labels, classes: columns)
    case .values(let values, let width): try targets.checkValues(values, width: width, columns: columns)
    }
  }
}
