internal import LinearAlgebra

/// How targets that are numbers are brought to the scale that a network starts at: t ↦ (t − centre)/scale, a column.
///
/// It is fitted on the training rows and folded into the trained model's last layer, whose scores are in the targets'
/// own unit again. While training goes on, losses are those of the standardised numbers: ``SquaredError`` in units of
/// scale².
public struct TargetScaling: Sendable, Equatable {
  /// The weighted mean of each column of the training rows' targets, less their offsets.
  public let centres: [Double]
  /// The population σ of each column, 1 of a constant one; of ``Huber`` these numbers' root mean square, the same for all.
  public let scales: [Double]

  init(centres: [Double], scales: [Double]) { (self.centres, self.scales) = (centres, scales) }

  /// The mean and the population standard deviation of each column; a constant one keeps its scale.
  static func standard(of values: ArraySlice<Double>, width: Int, weights: [Double]? = nil) -> TargetScaling {
    let columns = DenseStorage(rows: values.count / width, columns: width, elements: values)
    let moments = ColumnMoments.of(columns, weights: weights)
    return TargetScaling(
      centres: moments.means, scales: moments.deviations.map { $0 > 0 && (1 / $0).isFinite ? $0 : 1 })
  }

  /// The targets in this scale; labels as they are.
  func apply(_ targets: Targets) -> Targets {
    guard case .values(let values, let width) = targets else { return targets }
    let scaled = values.enumerated().map { i, t in (t - centres[i % width]) / scales[i % width] }
    return .values(scaled[...], width: width)
  }

  /// Offsets, `[rows, width]`, in this scale: they have no centre of their own.
  func apply(offsets: [Double]) -> [Double] {
    offsets.enumerated().map { i, offset in offset / scales[i % scales.count] }
  }
}
