internal import DescentKernels
public import LinearAlgebra

/// Huber's loss: ½·d² where |d| ≤ δ, δ·(|d| − ½·δ) beyond, with d = s − t; summed over the scores of a row.
///
/// The squared error for small residuals, the absolute error for large ones, so that outliers pull with a
/// bounded force. (Huber, Robust Estimation of a Location Parameter, Ann. Math. Statist. 35, 1964.)
public struct Huber: Loss {
  public var delta: Double
  public var name: String { "huber" }
  public var task: LearningTask { .regression }

  public init(delta: Double = 1) {
    require(delta > 0 && delta.isFinite, "a delta of \(delta)")
    self.delta = delta
  }

  public func evaluate<Element: KernelScalar>(
    _ scores: inout MutableSpan<Element>, columns: Int, targets: Targets
  ) -> Double {
    guard case .values(let values, _) = targets else { fatalError("Huber's loss wants numbers") }
    checkShape(scores: scores.count, columns: 1, rows: values.count)
    guard !values.isEmpty else { return 0 }
    return values.withUnsafeBufferPointer { values in
      scores.withStart { Element.huber($0, values.baseAddress!, delta: delta, count: values.count) }
    }
  }

  public func check(_ targets: Targets, columns: Int) throws(TargetError) {
    guard case .values(let values, let width) = targets else {
      throw .wrongKind(loss: name, wanted: "numbers")
    }
    try targets.checkValues(values, width: width, columns: columns)
  }
}
