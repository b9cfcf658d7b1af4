internal import DescentKernels
internal import LinearAlgebra

/// The multiclass hinge of Weston and Watkins: Σ_{j≠y} max(0, s_j − s_y + Δ).
///
/// Every class that comes closer to the right one than the safety margin Δ is charged for it. At s = 0
/// the loss is (C−1)·Δ. The margin only sets the scale of W: the optimum at margin Δ and l2 λ is Δ
/// times the optimum at margin 1 and l2 λ·Δ.
/// (Weston and Watkins, Support Vector Machines for Multi-Class Pattern Recognition, ESANN 1999, eq. 4.)
public struct Hinge: Loss {
  public let safetyMargin: Double
  public var settings: [Setting] { [Setting("margin", safetyMargin)] }
  public var name: String { "hinge" }
  public var formula: String { "Σ_{j≠y} max(0, s_j − s_y + margin)" }
  public var task: LearningTask { .classification }

  /// With a safety margin Δ above 0 and finite; any other traps.
  public init(margin: Double = 1) {
    require(margin > 0 && margin.isFinite, "a margin of \(margin)")
    safetyMargin = margin
  }

  public func with(_ settings: [Setting]) throws(SettingError) -> Hinge {
    Hinge(margin: try settings.positive("margin") ?? safetyMargin)
  }

  public func valueAtZero(classes: Int) -> Double? { Double(classes - 1) * safetyMargin }

  /// At a kink, where s_j − s_y + Δ is exactly 0, the derivative is taken from the flat side.
  public func evaluate<Element: KernelScalar>(
    _ scores: inout MutableSpan<Element>, columns: Int, targets: Targets, values: inout MutableSpan<Double>
  ) {
    guard case .labels(let labels) = targets else { fatalError("hinge wants labels") }
    checkShape(scores: scores.count, columns: columns, rows: labels.count)
    guard !labels.isEmpty else { return }
    labels.withUnsafeBufferPointer { labels in
      withStarts(&scores, &values) {
        Element.hinge(
          $0, $1, labels.baseAddress!, margin: safetyMargin, rows: labels.count, columns: columns)
      }
    }
  }

  public func check(_ targets: Targets, columns: Int) throws(TargetError) {
    guard case .labels(let labels) = targets else {
      throw .wrongKind(loss: name, wanted: "class labels")
    }
    try targets.checkLabels(labels, classes: columns)
  }
}
