internal import DescentKernels
internal import Foundation
internal import LinearAlgebra

/// The binary logistic loss log(1 + exp(−t·s)) of one score a row, t = ±1: the negative log-likelihood of
/// two classes with p(second class) = 1/(1 + exp(−s)).
///
/// It is softmax over two classes with the first class's score held at 0, and needs half the weights. At
/// s = 0 it is log 2. (Hastie, Tibshirani and Friedman, The Elements of Statistical Learning, eq. 4.20.)
public struct Logistic: Loss {
  public var name: String { "logistic" }
  public var formula: String { "log(1 + exp(−y·s)), y = ±1" }
  public var task: LearningTask { .classification }

  /// For labels of two classes: ``check(_:columns:)`` throws where there are others, which ``Softmax`` takes.
  public init() {}

  public func columns(classes: Int) -> Int { 1 }

  public func valueAtZero(classes: Int) -> Double? { classes == 2 ? log(2) : nil }

  public func evaluate<Element: KernelScalar>(
    _ scores: inout MutableSpan<Element>, columns: Int, targets: Targets, values: inout MutableSpan<Double>
  ) {
    guard case .labels(let labels) = targets else { fatalError("logistic wants labels") }
    checkShape(scores: scores.count, columns: 1, rows: labels.count)
    guard !labels.isEmpty else { return }
    labels.withUnsafeBufferPointer { labels in
      withStarts(&scores, &values) { Element.logistic($0, $1, labels.baseAddress!, rows: labels.count) }
    }
  }

  public func check(_ targets: Targets, columns: Int) throws(TargetError) {
    guard case .labels(let labels) = targets, columns == 1, labels.allSatisfy({ $0 < 2 }) else {
      throw .wrongKind(loss: name, wanted: "labels of two classes; softmax takes more")
    }
    try targets.checkLabels(labels, classes: 2)
  }
}
