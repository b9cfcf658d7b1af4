internal import LinearAlgebra

/// How features are brought to one scale: x ↦ (x − shift)·factor, a feature.
///
/// It is fitted on the training rows and folded into the trained model, which takes raw features.
public enum Scaling: Sendable, Equatable {
  /// Features as they are.
  case none
  /// All features times one number, such as 1/255 for the bytes of an image.
  case uniform(Double)
  /// Each feature with a shift and a factor of its own.
  case each(shifts: [Double], factors: [Double])

  public func shift(_ column: Int) -> Double {
    if case .each(let shifts, _) = self { shifts[column] } else { 0 }
  }

  public func factor(_ column: Int) -> Double {
    switch self {
    case .none: 1
    case .uniform(let factor): factor
    case .each(_, let factors): factors[column]
    }
  }

  /// Standard scaling, (x − mean)/σ with the population σ of the rows. A constant column becomes 0.
  ///
  /// Two passes in Double; deviations are taken in units of the column's range, so that neither features
  /// of 1e-200 nor of 1e200 underflow or overflow when squared. O(rows · columns).
  public static func standard(of features: some FeatureStorage) -> Scaling {
    let (n, columns) = (Double(features.rows), features.columns)
    var low = [Double](repeating: .infinity, count: columns)
    var high = [Double](repeating: -.infinity, count: columns)
    var means = [Double](repeating: 0, count: columns)
    forEachRow(of: features) { row in
      for j in 0..<columns {
        low[j] = min(low[j], row[j])
        high[j] = max(high[j], row[j])
        means[j] += row[j] / n
      }
    }
    var variances = [Double](repeating: 0, count: columns)
    let scales = (0..<columns).map { max(high[$0] - means[$0], means[$0] - low[$0]) }
    forEachRow(of: features) { row in
      for j in 0..<columns where low[j] < high[j] {
        let deviation = (row[j] - means[j]) / scales[j]
        variances[j] += deviation * deviation / n
      }
    }
    let factors = (0..<columns).map { j in
      let deviation = scales[j] * variances[j].squareRoot()
      return low[j] < high[j] && deviation > 0 && (1 / deviation).isFinite ? 1 / deviation : 0
    }
    // A constant column's shift would only cost bits where it is folded into the bias.
    let shifts = (0..<columns).map { factors[$0] == 0 ? 0 : means[$0] }
    return .each(shifts: shifts, factors: factors)
  }
}

/// Calls `body` with each row, converted to Double.
private func forEachRow(of features: some FeatureStorage, _ body: (Span<Double>) -> Void) {
  guard features.columns > 0 else { return }
  let rowsAtOnce = max(1, 16_384 / features.columns)
  var buffer = [Double](repeating: 0, count: rowsAtOnce * features.columns)
  for start in stride(from: 0, to: features.rows, by: rowsAtOnce) {
    let range = start..<min(start + rowsAtOnce, features.rows)
    var span = buffer.mutableSpan
    features.read(range, into: &span)
    for i in 0..<range.count {
      body(buffer.span.extracting(i * features.columns..<(i + 1) * features.columns))
    }
  }
}
