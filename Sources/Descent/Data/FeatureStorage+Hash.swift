internal import LinearAlgebra

/// Features whose numbers are in memory while they are read alone.
protocol LiesOnDisk {}

extension MappedStorage: LiesOnDisk {}
extension ShardedStorage: LiesOnDisk {}

extension FeatureStorage {
  /// A hash of all numbers. Features that remember take it once; who asks meanwhile waits.
  ///
  /// - Parameters:
  ///   - alone: Leaves the cores to others.
  ///   - ranks: Those who ask for the same, each of which then looks at some of the rows.
  func contentHash(alone: Bool = false, among ranks: Ranks? = nil) -> UInt64 {
    // What one rank remembers, by whoever asked before, another may not.
    guard ranks == nil, let memo = (self as? any RemembersMoments)?.memo else {
      return hash(alone: alone, among: ranks)
    }
    return memo.contentHash { hash(alone: alone) }
  }

  /// The rows are cut into pieces by their number, and the pieces' hashes are hashed in order: who took which does not
  /// matter.
  ///
  /// - Parameter bytes: Of each piece no more are looked at.
  func hash(alone: Bool, sampling bytes: Int = .max, among ranks: Ranks? = nil) -> UInt64 {
    let pieces = max(1, min(256, rows / 256))
    let most = max(1, bytes / max(1, rowBytes))
    let bounds = (0...(ranks?.count ?? 1)).map { pieces * $0 / (ranks?.count ?? 1) }
    let own = bounds[ranks?.rank ?? 0]..<bounds[(ranks?.rank ?? 0) + 1]
    var hashes = [UInt64](unsafeUninitializedCapacity: own.count) { hashes, count in
      nonisolated(unsafe) let hashes = hashes  // each task writes its own
      SharedPool.cores.run(own.count, alone: alone) { task in
        let (hash, piece) = (ContentHash(), own.lowerBound + task)
        let range = rows * piece / pieces..<rows * (piece + 1) / pieces
        addContents(of: range.prefix(most), to: hash)
        hashes[task] = hash.value
      }
      count = own.count
    }
    if let ranks { hashes = ranks.gather(hashes, counts: zip(bounds, bounds.dropFirst()).map { $1 - $0 }) }
    return ContentHash.of(([UInt64(rows), UInt64(columns)] + hashes)[...])
  }

  /// Adds the numbers to a hash as Doubles, which every stored number is exactly. What was rounded to Float when it was
  /// read is not what a file of Doubles holds: their moments differ.
  public func addContents(of range: Range<Int>, to hash: ContentHash) {
    forEachBlock(of: range, numbersPerRow: columns) { rows, buffer in
      if let numbers = stored(rows, as: Double.self) { return hash.add(numbers) }
      var span = buffer.mutableSpan
      read(rows, into: &span)
      hash.add(buffer[..<(rows.count * columns)])
    }
  }
}

/// Calls `body` for the rows of `range` in their order, some at a time, with room for their numbers that stays in a core's
/// cache.
func forEachBlock(
  of range: Range<Int>, numbersPerRow columns: Int, _ body: (Range<Int>, inout [Double]) -> Void
) {
  let atOnce = max(1, (1 << 13) / max(1, columns))
  var buffer = [Double](repeating: 0, count: min(atOnce, range.count) * columns)
  for start in stride(from: range.lowerBound, to: range.upperBound, by: atOnce) {
    body(start..<min(start + atOnce, range.upperBound), &buffer)
  }
}
