internal import LinearAlgebra

/// Features whose numbers are in memory while they are read alone.
protocol LiesOnDisk {}

extension MappedStorage: LiesOnDisk {}

extension FeatureStorage {
  /// A hash of all numbers. Features that remember take it once; who asks meanwhile waits.
  ///
  /// - Parameter alone: Leaves the cores to others.
  func contentHash(alone: Bool = false) -> UInt64 {
    guard let memo = (self as? any RemembersMoments)?.memo else { return hash(alone: alone) }
    return memo.contentHash { hash(alone: alone) }
  }

  /// The rows are cut into pieces by their number, and the pieces' hashes are hashed in order: who took which does not
  /// matter.
  ///
  /// - Parameter bytes: Of each piece no more are looked at.
  func hash(alone: Bool, sampling bytes: Int = .max) -> UInt64 {
    let pieces = max(1, min(256, rows / 256))
    let most = max(1, bytes / max(1, rowBytes))
    let hashes = [UInt64](unsafeUninitializedCapacity: pieces) { hashes, count in
      nonisolated(unsafe) let hashes = hashes  // each task writes its own
      SharedPool.cores.run(pieces, alone: alone) { piece in
        let hash = ContentHash()
        let range = rows * piece / pieces..<rows * (piece + 1) / pieces
        addContents(of: range.prefix(most), to: hash)
        hashes[piece] = hash.value
      }
      count = pieces
    }
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
