internal import DescentKernels
internal import Foundation
internal import LinearAlgebra

/// Softmax cross-entropy: −Σ_j q_j·log p_j with p = softmax(s), natural logarithm.
///
/// With labels q is 1 at the row's class, and the loss is the negative log-likelihood −log p_y. With
/// target distributions it is the cross-entropy, which differs from KL(q ‖ p) by the entropy of q, a
/// constant; both have the same gradient p − q. Maximum likelihood minimises the one number.
///
/// Subtracting the row's largest score first keeps it exact at any scale of the scores.
/// (Bishop, Pattern Recognition and Machine Learning, eq. 4.104 to 4.109.)
public struct Softmax: Loss {
  public var name: String { "softmax" }
  public var formula: String { "log Σ_j exp(s_j) − s_y" }
  public var task: LearningTask { .classification }

  /// For labels of any number of classes, or shares `[rows, classes]` whose rows sum to 1 within 1e-6.
  public init() {}

  /// log C
  public func valueAtZero(classes: Int) -> Double? { log(Double(classes)) }

  public func evaluate<Element: KernelScalar>(
    _ scores: inout MutableSpan<Element>, columns: Int, targets: Targets, values: inout MutableSpan<Double>
  ) {
    switch targets {
    case .labels(let labels): evaluate(&scores, columns: columns, labels: labels, &values)
    case .values(let shares, _): evaluate(&scores, columns: columns, distributions: shares, &values)
    }
  }

  private func evaluate<Element: KernelScalar>(
    _ scores: inout MutableSpan<Element>, columns: Int, labels: ArraySlice<Int32>,
    _ values: inout MutableSpan<Double>
  ) {
    checkShape(scores: scores.count, columns: columns, rows: labels.count)
    guard !labels.isEmpty else { return }
    labels.withUnsafeBufferPointer { labels in
      withStarts(&scores, &values) {
        Element.softmax($0, $1, labels.baseAddress!, rows: labels.count, columns: columns)
      }
    }
  }

  private func evaluate<Element: KernelScalar>(
    _ scores: inout MutableSpan<Element>, columns: Int, distributions: ArraySlice<Double>,
    _ values: inout MutableSpan<Double>
  ) {
    let rows = distributions.count / columns
    checkShape(scores: scores.count, columns: columns, rows: rows)
    guard rows > 0 else { return }
    distributions.withUnsafeBufferPointer { q in
      withStarts(&scores, &values) {
        Element.softmax($0, $1, distributions: q.baseAddress!, rows: rows, columns: columns)
      }
    }
  }

  public func check(_ targets: Targets, columns: Int) throws(TargetError) {
    switch targets {
    case .labels(let labels): try targets.checkLabels(labels, classes: columns)
    case .values(let values, let width):
      try targets.checkValues(values, width: width, columns: columns)
      for row in 0..<targets.rows {
        let q = values[values.startIndex + row * width..<values.startIndex + (row + 1) * width]
        let sum = q.reduce(0, +)
        if abs(sum - 1) > 1e-6 || q.contains(where: { $0 < 0 }) {
          throw .notADistribution(row: row, sum: sum)
        }
      }
    }
  }
}
