internal import LinearAlgebra

/// Some rows that stand for all. Of those that differ in a column that seldom does, so many of each such column, or all that
/// there are; of the others one of each of so many equal parts. A row counts for as many as its stratum has to each that was
/// taken, so that what is fitted to the sample knows rare columns as well as any.
/// (Cochran, Sampling Techniques, 3rd edition, 1977, chapter 5.)
struct StratifiedSample {
  /// In rising order.
  let indices: [Int]
  /// What each of them counts for; nil where all count alike.
  let counts: [Double]?

  /// Rows of a stratum at the least, where it has so many.
  private static let least = 256

  /// - Parameters:
  ///   - columns: the features' usual values.
  ///   - wanted: rows without anything seldom. Those with are about as many again at the most.
  ///   - ranks: those who ask for the same; nil where this process is alone.
  init(
    of features: any FeatureStorage, _ columns: UsualValues, wanted: Int, seed: UInt64, pool: ThreadPool,
    among ranks: Ranks? = nil
  ) {
    let seldom = columns.seldom
    let strata = seldom.isEmpty ? [] : Self.strata(of: features, columns, seldom, pool, ranks)
    var sizes = [Int](repeating: 0, count: seldom.count + 1)
    for stratum in strata { sizes[Int(stratum)] += 1 }
    if strata.isEmpty { sizes[0] = features.rows }
    let others = max(Self.least, wanted / max(1, seldom.count))
    var generator = SeededGenerator(seed: seed)
    let taken = sizes.enumerated().map { stratum, size in
      Self.places(min(size, stratum == 0 ? wanted : others), of: size, &generator)
    }
    guard !strata.isEmpty else {
      (indices, counts) = (taken[0], nil)
      return
    }
    var (indices, counts) = ([Int](), [Double]())
    var seen = [Int](repeating: 0, count: sizes.count)
    var next = seen
    for (row, stratum) in strata.lazy.map({ Int($0) }).enumerated() {
      if next[stratum] < taken[stratum].count, taken[stratum][next[stratum]] == seen[stratum] {
        indices.append(row)
        counts.append(Double(sizes[stratum]) / Double(taken[stratum].count))
        next[stratum] += 1
      }
      seen[stratum] += 1
    }
    (self.indices, self.counts) = (indices, counts)
  }

  /// One of each of `count` equal parts of 0..<size.
  private static func places(_ count: Int, of size: Int, _ generator: inout SeededGenerator) -> [Int] {
    if count == size { return Array(0..<size) }
    return (0..<count).map { i in
      Int.random(in: size * i / count..<size * (i + 1) / count, using: &generator)
    }
  }

  /// Of each row: one more than the place in `seldom` of the first column that it differs in, or 0.
  private static func strata(
    of features: any FeatureStorage, _ columns: UsualValues, _ seldom: [Int], _ pool: ThreadPool,
    _ ranks: Ranks?
  ) -> [UInt16] {
    let count = max(1, min(64, features.rows / 1024))
    let bounds = (0...count).map { features.rows * $0 / count }
    let shares = ranks?.shares(of: count) ?? [0..<count]
    let own = shares[ranks?.rank ?? 0]
    let parts = own.map { _ in StrataPart() }
    pool.run(own.count) { task, _ in
      let part = own.lowerBound + task
      parts[task].find(in: bounds[part]..<bounds[part + 1], of: features, columns, seldom)
    }
    let found = parts.flatMap(\.strata)
    return ranks?.gather(found, counts: shares.map { bounds[$0.upperBound] - bounds[$0.lowerBound] }) ?? found
  }
}

/// Some of the rows. One thread at a time has it.
private final class StrataPart: @unchecked Sendable {
  private(set) var strata: [UInt16] = []

  func find(in range: Range<Int>, of features: any FeatureStorage, _ columns: UsualValues, _ seldom: [Int]) {
    let width = features.columns
    strata.reserveCapacity(range.count)
    let usual = seldom.map { columns.values[$0] }
    forEachBlock(of: range, numbersPerRow: width) { rows, numbers in
      var span = numbers.mutableSpan
      features.read(rows, into: &span)
      for i in 0..<rows.count {
        let first = seldom.indices.first { numbers[i * width + seldom[$0]] != usual[$0] }
        strata.append(first.map { UInt16($0 + 1) } ?? 0)
      }
    }
  }
}
