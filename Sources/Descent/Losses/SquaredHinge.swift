internal import DescentKernels
internal import LinearAlgebra

/// The squared multiclass hinge: Σ_{j≠y} max(0, s_j − s_y + Δ)².
///
/// Smooth, unlike ``Hinge``: small violations of the margin cost little, large ones much. At s = 0 the
/// loss is (C−1)·Δ².
/// (Crammer and Singer's and Weston and Watkins's margins squared, as Tang, Deep Learning using Linear
/// Support Vector Machines, 2013, eq. 5, has it for one class against the rest.)
public struct SquaredHinge: Loss {
  /// Δ, by which the right class's score has to exceed each other for a loss of 0. Above 0.
  public let safetyMargin: Double
  public var settings: [Setting] { [Setting("margin", safetyMargin)] }
  public var name: String { "squared-hinge" }
  public var formula: String { "Σ_{j≠y} max(0, s_j − s_y + margin)²" }
  public var task: LearningTask { .classification }

  /// With a safety margin Δ above 0 and finite; any other traps.
  public init(margin: Double = 1) {
    require(margin > 0 && margin.isFinite, "a margin of \(margin)")
    safetyMargin = margin
  }

  public func with(_ settings: [Setting]) throws(SettingError) -> SquaredHinge {
    SquaredHinge(margin: try settings.positive("margin") ?? safetyMargin)
  }

  public func valueAtZero(classes: Int) -> Double? { Double(classes - 1) * safetyMargin * safetyMargin }

  public func evaluate<Element: KernelScalar>(
    _ scores: inout MutableSpan<Element>, columns: Int, targets: Targets, values: inout MutableSpan<Double>
  ) {
    guard case .labels(let labels) = targets else { fatalError("squared hinge wants labels") }
    checkShape(scores: scores.count, columns: columns, rows: labels.count)
    guard !labels.isEmpty else { return }
    labels.withUnsafeBufferPointer { labels in
      withStarts(&scores, &values) {
        Element.squaredHinge(
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
