internal import Synchronization

extension ColumnMoments {
  /// Those of sparse rows, their zeros counted: two walks over the nonzeros, on all cores, O(nonzeros + parts · columns). The
  /// sums' order follows from the rows alone.
  ///
  /// - Parameter counts: what each row counts for, of the mean 1; once each where nil.
  init(ofSparse storage: SparseStorage, counts: [Double]?) {
    let shares = counts.map { all in all.map { $0 / Double(storage.rows) } }
    switch storage.values {
    case .float(let values): self.init(SparseWalk(storage, values, shares))
    case .double(let values): self.init(SparseWalk(storage, values, shares))
    }
  }

  private init<Number>(_ walk: SparseWalk<Number>) {
    let columns = walk.storage.columns
    var tallies = [SparseTally](repeating: SparseTally(), count: columns)
    for part in walk.parts({ walk.tallies($0) }) { for j in 0..<columns { tallies[j].add(part[j]) } }
    for j in 0..<columns { tallies[j].addZeros(among: walk.countedRows) }
    let centres = tallies.map { SIMD2($0.mean, $0.unit == 0 ? 0 : 1 / $0.unit) }
    var squares = zip(tallies, centres).map { tally, centre in
      let zero = centre[0] * centre[1]
      return tally.zeros * zero * zero
    }
    for part in walk.parts({ walk.squares($0, about: centres) }) {
      for j in 0..<columns { squares[j] += part[j] }
    }
    self.init(
      means: tallies.map(\.mean),
      deviations: zip(tallies, squares).map { $0.low < $0.high ? $0.unit * $1.squareRoot() : 0 },
      lows: tallies.map(\.low), highs: tallies.map(\.high))
  }
}

/// What is known of a column.
private struct SparseTally {
  /// The rows that have a number here.
  var count = 0
  /// What they count for, of 1 in all.
  var share = 0.0
  var (low, high) = (Double.infinity, -Double.infinity)
  var mean = 0.0
  /// What the rows without a number count for.
  var zeros = 0.0

  /// The largest magnitude, in whose units squares neither overflow nor underflow.
  var unit: Double { max(abs(low), abs(high)) }

  mutating func add(_ x: Double, _ share: Double) {
    count += 1
    self.share += share
    (low, high) = (min(low, x), max(high, x))
    mean += share * x
  }

  mutating func add(_ other: SparseTally) {
    count += other.count
    share += other.share
    (low, high) = (min(low, other.low), max(high, other.high))
    mean += other.mean
  }

  /// To be called once, at the end.
  mutating func addZeros(among rows: Int) {
    if count < rows || rows == 0 {
      (low, high) = (min(low, 0), max(high, 0))
      zeros = max(0, 1 - share)
    }
    if low == high { mean = low }
  }
}

/// A walk over nonzeros, some rows a part.
private struct SparseWalk<Number: BinaryFloatingPoint & Sendable>: Sendable {
  let storage: SparseStorage
  private let values: [Number]
  /// What each row counts for; nil where all count alike.
  private let shares: [Double]?

  init(_ storage: SparseStorage, _ values: [Number], _ shares: [Double]?) {
    (self.storage, self.values, self.shares) = (storage, values, shares)
  }

  /// Rows that count for something.
  var countedRows: Int { shares?.count { $0 > 0 } ?? storage.rows }

  /// What `body` makes of each part of the rows, in their order: as many parts as are worth their arrays.
  func parts<Result: Sendable>(_ body: @Sendable (Range<Int>) -> [Result]) -> [[Result]] {
    let (rows, nonzeros) = (storage.rows, storage.nonzeros)
    let count = max(1, min(16, nonzeros / max(1, 4 * storage.columns)))
    let results = Mutex([[Result]](repeating: [], count: count))
    SharedPool.cores.run(count, alone: nonzeros < 100_000) { part in
      let result = body(rows * part / count..<rows * (part + 1) / count)
      results.withLock { $0[part] = result }
    }
    return results.withLock { $0 }
  }

  @specialized(where Number == Float)
  @specialized(where Number == Double)
  func tallies(_ rows: Range<Int>) -> [SparseTally] {
    var result = [SparseTally](repeating: SparseTally(), count: storage.columns)
    forEach(rows) { j, x, share in result[j].add(x, share) }
    return result
  }

  @specialized(where Number == Float)
  @specialized(where Number == Double)
  func squares(_ rows: Range<Int>, about centres: [SIMD2<Double>]) -> [Double] {
    var result = [Double](repeating: 0, count: storage.columns)
    forEach(rows) { j, x, share in
      let distance = (x - centres[j][0]) * centres[j][1]
      result[j] += share * distance * distance
    }
    return result
  }

  @inline(__always)
  private func forEach(_ rows: Range<Int>, _ body: (_ column: Int, _ x: Double, _ share: Double) -> Void) {
    let all = 1 / Double(max(1, storage.rows))
    for row in rows {
      let share = shares?[row] ?? all
      guard share > 0 else { continue }
      for k in storage.starts[row]..<storage.starts[row + 1] {
        body(Int(storage.indices[k]), Double(values[k]), share)
      }
    }
  }
}
