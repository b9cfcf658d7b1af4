internal import Dispatch

/// Means and population standard deviations of the columns of some features, in Double.
struct ColumnMoments: Sendable {
  let means: [Double]
  /// Exactly 0 for a constant column.
  let deviations: [Double]
  let lows: [Double]
  let highs: [Double]

  init(means: [Double], deviations: [Double], lows: [Double], highs: [Double]) {
    (self.means, self.deviations, self.lows, self.highs) = (means, deviations, lows, highs)
  }

  /// Those of features as they are stored are found once and remembered.
  ///
  /// - Parameters:
  ///   - weights: what each row counts for; once each where nil.
  ///   - ranks: those who ask for the same, each of which then looks at some of the rows; nil where this process is alone.
  static func of(
    _ features: any FeatureStorage, weights: [Double]? = nil, among ranks: Ranks? = nil
  ) -> ColumnMoments {
    if let weights {
      return ColumnMoments(of: features, counts: weights.scaledToMean1, among: ranks)
    }
    let memo = (features as? any RemembersMoments)?.memo
    guard let ranks else {
      return memo?.moments { ColumnMoments(of: features, among: nil) }
        ?? ColumnMoments(of: features, among: nil)
    }
    // What one rank remembers, by whoever asked before, another may not: known is what all of them know.
    let known = memo?.moments
    let are: [UInt8] = ranks.gather([known == nil ? 0 : 1], counts: Array(repeating: 1, count: ranks.count))
    if let known, !are.contains(0) { return known }
    let moments = ColumnMoments(of: features, among: ranks)
    memo?.moments = moments
    return moments
  }

  /// - Parameter counts: of the mean 1.
  private init(of features: any FeatureStorage, counts: [Double]? = nil, among ranks: Ranks?) {
    if let sparse = features as? SparseStorage {
      self.init(ofSparse: sparse, counts: counts)
      return
    }
    let parts = ColumnShare.parts(of: features, counts)
    self = Self.atOnce(features, parts, ranks) ?? Self.twice(features, parts, ranks)
  }

  /// Has each part do its work, on all cores; each rank does some of them.
  private static func forEach(
    of parts: [ColumnShare], among ranks: Ranks?, _ body: @Sendable (ColumnShare) -> Void
  ) {
    guard let ranks else {
      return DispatchQueue.concurrentPerform(iterations: parts.count) { body(parts[$0]) }
    }
    let bounds = (0...ranks.count).map { parts.count * $0 / ranks.count }
    let first = bounds[ranks.rank]
    DispatchQueue.concurrentPerform(iterations: bounds[ranks.rank + 1] - first) { body(parts[first + $0]) }
    let width = parts[0].numbers.count
    let all = ranks.gather(
      parts[first..<bounds[ranks.rank + 1]].flatMap(\.numbers),
      counts: zip(bounds, bounds.dropFirst()).map { ($1 - $0) * width })
    for (i, part) in parts.enumerated() { part.numbers = Array(all[i * width..<(i + 1) * width]) }
  }

  /// Whether all numbers that they are of are, and none is of a greater magnitude than `most`.
  func areFinite(within most: Double) -> Bool {
    means.indices.allSatisfy {
      (means[$0] + deviations[$0]).isFinite && -most <= lows[$0] && highs[$0] <= most
    }
  }

  /// In one walk: Σ(x − c) and Σ(x − c)² about the mean c of a few rows. Nil where that would cost digits: where c is many
  /// deviations off, or where squares leave the range of numbers.
  /// (Chan, Golub and LeVeque, Algorithms for computing the sample variance, Am. Stat. 37, 1983: shifted data.)
  private static func atOnce(
    _ features: any FeatureStorage, _ parts: [ColumnShare], _ ranks: Ranks?
  ) -> ColumnMoments? {
    let (rows, columns) = (Double(features.rows), features.columns)
    let centres = centres(of: features)
    forEach(of: parts, among: ranks) { $0.sumBoth(about: centres) }
    let (low, high) = extremes(parts, columns)
    var means = [Double](repeating: 0, count: columns)
    var deviations = means
    for j in 0..<columns {
      let shift = parts.reduce(0.0) { $0 + $1.sums[j] } / rows
      let square = parts.reduce(0.0) { $0 + $1.squares[j] } / rows
      guard shift.isFinite, square.isFinite, low[j] <= high[j] else { return nil }
      let isConstant = low[j] == high[j]
      means[j] = isConstant ? low[j] : centres[j] + shift
      let variance = square - shift * shift
      guard isConstant || (variance > 1e-3 * square && square > 1e-280) else { return nil }
      deviations[j] = isConstant ? 0 : variance.squareRoot()
    }
    return ColumnMoments(means: means, deviations: deviations, lows: low, highs: high)
  }

  /// The mean of some rows, evenly over all of them.
  private static func centres(of features: any FeatureStorage) -> [Double] {
    let (columns, count) = (features.columns, min(64, features.rows))
    var rows = [Double](repeating: 0, count: count * columns)
    var span = rows.mutableSpan
    let places = (0..<count).map { features.rows * $0 / count }
    if count * columns > 0 { features.gather(places.span, into: &span) }
    return (0..<columns).map { j in
      let mean = stride(from: j, to: rows.count, by: columns).reduce(0.0) { $0 + rows[$1] / Double(count) }
      return mean.isFinite ? mean : 0
    }
  }

  /// In two walks, deviations in units of the columns' ranges.
  private static func twice(
    _ features: any FeatureStorage, _ parts: [ColumnShare], _ ranks: Ranks?
  ) -> ColumnMoments {
    let (rows, columns) = (Double(features.rows), features.columns)
    forEach(of: parts, among: ranks) { $0.sum() }
    let (low, high) = extremes(parts, columns)
    let centres = (0..<columns).map { j in parts.reduce(0.0) { $0 + $1.sums[j] } }
    let scales = (0..<columns).map { (j: Int) -> Double in max(high[j] - centres[j], centres[j] - low[j]) }
    let inverses = (0..<columns).map { (j: Int) -> Double in low[j] < high[j] ? 1 / scales[j] : 0 }
    forEach(of: parts, among: ranks) { $0.sumSquares(centres, inverses) }
    let deviations = (0..<columns).map { (j: Int) -> Double in
      let square: Double = parts.reduce(0.0) { sum, part in sum + part.squares[j] / rows }
      return low[j] < high[j] ? scales[j] * square.squareRoot() : 0
    }
    return ColumnMoments(means: centres, deviations: deviations, lows: low, highs: high)
  }

  private static func extremes(_ parts: [ColumnShare], _ columns: Int) -> (low: [Double], high: [Double]) {
    let low = (0..<columns).map { j in parts.reduce(Double.infinity) { min($0, $1.low[j]) } }
    let high = (0..<columns).map { j in parts.reduce(-Double.infinity) { max($0, $1.high[j]) } }
    return (low, high)
  }
}

extension FeatureStorage {
  /// Means and population standard deviations of the columns, of sparse rows their zeros counted.
  ///
  /// - Parameter weights: what each row counts for; once each where nil.
  func columnMoments(_ weights: [Double]?) -> (means: [Double], deviations: [Double]) {
    let moments = ColumnMoments.of(self, weights: weights)
    return (moments.means, moments.deviations)
  }
  /// The mean square of each column's distance from a centre, over all rows: by the moments of the numbers as they are stored,
  /// which are remembered.
  ///
  /// - Parameter centre: `[columns]`
  func meanSquares(about centre: [Double]) -> [Double] {
    let scaled = self as? ScaledStorage
    let scaling = scaled?.scaling ?? .none
    let moments = (scaled?.base ?? self).columnMoments(nil)
    return centre.indices.map { j in
      let deviation = moments.deviations[j] * scaling.factor(j)
      let offset = (moments.means[j] - scaling.shift(j)) * scaling.factor(j) - centre[j]
      return deviation * deviation + offset * offset
    }
  }
}
