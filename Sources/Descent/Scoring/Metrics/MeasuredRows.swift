/// Rows that metrics are computed from: once as they are, and again for each resample of a ``Bootstrap``.
///
/// The formulas take a weight a row, so that resampled rows need no second set of them, nor an array.
public protocol MeasuredRows: Sendable {
  /// The rows, numbered from 0; a resample draws as many.
  var count: Int { get }
  /// What row i counts for by itself: 1, unless the data say another.
  func weight(of row: Int) -> Double
  /// The metrics where row i counts `weight(i)` times, 0 or more; those that are not defined then are left out.
  func metrics(weight: (Int) -> Double) -> [Metric: Double]
  /// The same rows, with an order kept that ``metrics(weight:)`` would otherwise seek each time.
  var prepared: Self { get }
}

extension MeasuredRows {
  public var prepared: Self { self }

  /// The metrics of the rows, each by its weight; those that are not defined are left out.
  public var metrics: [Metric: Double] { metrics(weight: weight(of:)) }
}
