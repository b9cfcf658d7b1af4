internal import Dispatch
internal import LinearAlgebra

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
  /// - Parameter weights: what each row counts for; once each where nil.
  static func of(_ features: any FeatureStorage, weights: [Double]? = nil) -> ColumnMoments {
    if let weights { return ColumnMoments(of: features, counts: weights.scaledToMean1) }
    guard let remembering = features as? any RemembersMoments else { return ColumnMoments(of: features) }
    return remembering.memo.moments { ColumnMoments(of: features) }
  }

  /// - Parameter counts: of the mean 1.
  private init(of features: any FeatureStorage, counts: [Double]? = nil) {
    let (rows, columns) = (Double(features.rows), features.columns)
    let parts = MomentPart.parts(of: features, counts)
    DispatchQueue.concurrentPerform(iterations: parts.count) { parts[$0].sum() }
    // In the order of the parts, whichever was done first.
    var low = [Double](repeating: .infinity, count: columns)
    var high = [Double](repeating: -.infinity, count: columns)
    var means = [Double](repeating: 0, count: columns)
    for part in parts {
      for j in 0..<columns {
        low[j] = min(low[j], part.low[j])
        high[j] = max(high[j], part.high[j])
        means[j] += part.sums[j]
      }
    }
    let centres = means
    let scales = (0..<columns).map { (j: Int) -> Double in max(high[j] - centres[j], centres[j] - low[j]) }
    let inverses = (0..<columns).map { (j: Int) -> Double in low[j] < high[j] ? 1 / scales[j] : 0 }
    DispatchQueue.concurrentPerform(iterations: parts.count) { parts[$0].sumSquares(centres, inverses) }
    self.means = centres
    (lows, highs) = (low, high)
    deviations = (0..<columns).map { (j: Int) -> Double in
      let square: Double = parts.reduce(0.0) { sum, part in sum + part.squares[j] / rows }
      return low[j] < high[j] ? scales[j] * square.squareRoot() : 0
    }
  }
}

/// Some rows' share of the sums. One thread at a time has it.
private final class MomentPart: @unchecked Sendable {
  private let features: any FeatureStorage
  private let rows: Range<Int>
  private let counts: [Double]?
  private(set) var low: [Double]
  private(set) var high: [Double]
  /// Of x over the number of all rows, so that no sum of huge features overflows.
  private(set) var sums: [Double]
  /// Of ((x − centre)·inverse)².
  private(set) var squares: [Double]

  /// As many parts as the shape asks for, whatever the machine's cores.
  static func parts(of features: any FeatureStorage, _ counts: [Double]?) -> [MomentPart] {
    let count = max(1, min(16, features.rows / 512))
    return (0..<count).map {
      MomentPart(features, features.rows * $0 / count..<features.rows * ($0 + 1) / count, counts)
    }
  }

  private init(_ features: any FeatureStorage, _ rows: Range<Int>, _ counts: [Double]?) {
    (self.features, self.rows, self.counts) = (features, rows, counts)
    let columns = features.columns
    low = Array(repeating: .infinity, count: columns)
    high = Array(repeating: -.infinity, count: columns)
    sums = Array(repeating: 0, count: columns)
    squares = Array(repeating: 0, count: columns)
  }

  func sum() {
    var (low, high, sums) = (self.low, self.high, self.sums)
    let one = 1 / Double(features.rows)
    forEachRow { row, count in
      let share = one * count
      for j in 0..<row.count {
        low[j] = min(low[j], row[j])
        high[j] = max(high[j], row[j])
        sums[j] += row[j] * share
      }
    }
    (self.low, self.high, self.sums) = (low, high, sums)
  }

  func sumSquares(_ centres: [Double], _ inverses: [Double]) {
    var squares = self.squares
    forEachRow { row, count in
      for j in 0..<row.count {
        let deviation = (row[j] - centres[j]) * inverses[j]
        squares[j] += count * deviation * deviation
      }
    }
    self.squares = squares
  }

  /// Calls `body` with each row that counts, converted to Double, and what it counts for.
  private func forEachRow(_ body: (UnsafeBufferPointer<Double>, _ count: Double) -> Void) {
    let columns = features.columns
    guard columns > 0 else { return }
    let rowsAtOnce = max(1, 16_384 / columns)
    var buffer = [Double](repeating: 0, count: rowsAtOnce * columns)
    for start in stride(from: rows.lowerBound, to: rows.upperBound, by: rowsAtOnce) {
      let range = start..<min(start + rowsAtOnce, rows.upperBound)
      var span = buffer.mutableSpan
      features.read(range, into: &span)
      buffer.withUnsafeBufferPointer { all in
        for i in 0..<range.count {
          let count = counts?[range.lowerBound + i] ?? 1
          if count > 0 {
            body(UnsafeBufferPointer(rebasing: all[i * columns..<(i + 1) * columns]), count)
          }
        }
      }
    }
  }
}
