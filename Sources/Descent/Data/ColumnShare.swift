internal import LinearAlgebra

/// Some rows' share of the sums. One thread at a time has it.
final class ColumnShare: @unchecked Sendable {
  private let features: any FeatureStorage
  private let rows: Range<Int>
  private let counts: [Double]?
  private(set) var low: [Double]
  private(set) var high: [Double]
  /// Of x − centre; by ``sum()`` of x over the number of all rows, so that no sum of huge features overflows.
  private(set) var sums: [Double]
  /// Of (x − centre)²; by ``sumSquares(_:_:)`` of ((x − centre)·inverse)².
  private(set) var squares: [Double]

  /// All that was found.
  var numbers: [Double] {
    get { low + high + sums + squares }
    set {
      let columns = low.count
      func part(_ k: Int) -> [Double] { Array(newValue[k * columns..<(k + 1) * columns]) }
      (low, high, sums, squares) = (part(0), part(1), part(2), part(3))
    }
  }

  /// As many parts as the shape asks for, whatever the machine's cores.
  static func parts(of features: any FeatureStorage, _ counts: [Double]?) -> [ColumnShare] {
    let count = max(1, min(64, features.rows / 512))
    return (0..<count).map {
      ColumnShare(features, features.rows * $0 / count..<features.rows * ($0 + 1) / count, counts)
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

  /// Low and high, Σ(x − centre) and Σ(x − centre)², in one walk.
  func sumBoth(about centres: [Double]) {
    let width = max(1, features.columns)
    let atOnce = max(1, 16_384 / width)
    if !features.holdsSingles { return sumBoth(about: centres, atOnce, as: Double.self) }
    sumBoth(about: centres, atOnce, as: Float.self)
  }

  private func sumBoth<Element: KernelScalar>(about centres: [Double], _ atOnce: Int, as type: Element.Type) {
    features.willRead(rows)
    var buffer: [Element] = []
    for start in stride(from: rows.lowerBound, to: rows.upperBound, by: atOnce) {
      let range = start..<min(start + atOnce, rows.upperBound)
      if let here = features.inPlace(range), here.kind == (Element.self == Float.self ? .singles : .doubles) {
        here.withStart { add(range, $0.of(Element.self), centres) }
        continue
      }
      if buffer.isEmpty { buffer = Array(repeating: 0, count: atOnce * features.columns) }
      var span = buffer.mutableSpan
      features.read(range, into: &span)
      buffer.withUnsafeBufferPointer { if let x = $0.baseAddress { add(range, x, centres) } }
    }
  }

  private func add<Element: KernelScalar>(
    _ range: Range<Int>, _ x: UnsafePointer<Element>, _ centres: [Double]
  ) {
    let counts = counts.map { $0[range] }
    withOptionalStart(counts) { counts in
      low.withUnsafeMutableBufferPointer { low in
        high.withUnsafeMutableBufferPointer { high in
          sums.withUnsafeMutableBufferPointer { sums in
            squares.withUnsafeMutableBufferPointer { squares in
              guard let low = low.baseAddress, let high = high.baseAddress, let sums = sums.baseAddress,
                let squares = squares.baseAddress
              else { return }
              Element.addMoments(
                x, counts: counts, centres: centres, lows: low, highs: high, sums: sums, squares: squares,
                rows: range.count, columns: centres.count)
            }
          }
        }
      }
    }
  }

  private func withOptionalStart(_ numbers: ArraySlice<Double>?, _ body: (UnsafePointer<Double>?) -> Void) {
    guard let numbers else { return body(nil) }
    numbers.withUnsafeBufferPointer { body($0.baseAddress) }
  }

  func sum() {
    var (low, high) = (self.low, self.high)
    var sums = [Double](repeating: 0, count: low.count)
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
    var squares = [Double](repeating: 0, count: low.count)
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
