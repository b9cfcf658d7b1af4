internal import LinearAlgebra

extension Dataset {
  /// How many rows have the features and the target of a row of `other`. It tells by a hash of 64 bits, and takes 8 bytes
  /// a row and a look at all the numbers of both, on all cores.
  public func rowsShared(with other: Dataset) -> Int {
    guard columns == other.columns else { return 0 }
    let areCoded = starts.map { $0 == other.starts } ?? false
    let hashes = rowHashes(areCoded: areCoded)
    var known = SeenHashes(hashes)
    for hash in other.rowHashes(areCoded: areCoded) { known.mark(hash) }
    return hashes.count { known.isMarked($0) }
  }

  /// Where the features of categories are, if there are such.
  private var starts: [Int]? { (features as? OneHotStorage)?.starts }

  /// A number a row, the same for the same features and target, whatever type they are stored as.
  private func rowHashes(areCoded: Bool) -> [UInt64] {
    let names = classNames.map { ContentHash.of(Array($0.utf8)[...]) }
    let tasks = max(1, min(256, rows / 256))
    return [UInt64](unsafeUninitializedCapacity: rows) { hashes, count in
      nonisolated(unsafe) let hashes = hashes  // each task writes its own rows
      SharedPool.cores.run(tasks, alone: rows * columns < 1 << 14) { task in
        features.forEachRow(in: rows * task / tasks..<rows * (task + 1) / tasks, areCoded: areCoded) {
          hashes[$0] = $1(targetHash($0, names))
        }
      }
      count = rows
    }
  }

  private func targetHash(_ row: Int, _ names: [UInt64]) -> UInt64 {
    switch targets {
    case .labels(let labels):
      let label = Int(labels[labels.startIndex + row])
      return names.isEmpty ? ContentHash.of(Array("\(label)".utf8)[...]) : names[label]
    case .values(let values, let width):
      let start = values.startIndex + row * width
      return ContentHash.of(values[start..<start + width].map { $0 + 0 }[...])
    }
  }
}

extension FeatureStorage {
  /// Calls `body` with each row and what hashes its numbers, another way for each seed.
  fileprivate func forEachRow(
    in range: Range<Int>, areCoded: Bool, _ body: (Int, (_ seed: UInt64) -> UInt64) -> Void
  ) {
    if let sparse = self as? SparseStorage {
      for row in range { body(row) { sparse.nonzeroHash(row, seed: $0) } }
      return
    }
    let coded = areCoded ? self as? OneHotStorage : nil
    let columns = coded?.storedColumns ?? columns
    forEachBlock(of: range, numbersPerRow: columns) { rows, buffer in
      if let coded {
        coded.readPlaces(rows, into: &buffer)
      } else {
        var span = buffer.mutableSpan
        read(rows, into: &span)
      }
      // −0 becomes 0, which it is equal to.
      for i in buffer.indices { buffer[i] += 0 }
      for (i, row) in rows.enumerated() {
        body(row) { ContentHash.of(buffer[i * columns..<(i + 1) * columns], seed: $0) }
      }
    }
  }
}

extension SparseStorage {
  /// By the nonzeros and their columns.
  fileprivate func nonzeroHash(_ row: Int, seed: UInt64) -> UInt64 {
    let range = starts[row]..<starts[row + 1]
    let places = ContentHash.of(indices[range], seed: seed)
    switch values {
    case .double(let values): return ContentHash.of(values[range], seed: places)
    case .float(let values): return ContentHash.of(values[range].map { Double($0) }[...], seed: places)
    }
  }
}

/// Hashes, and which of them came again. Their own bits say where they stand: those are spread already.
private struct SeenHashes {
  /// Twice as many as hashes, or more; 0 stands for none.
  private var slots: [UInt64]
  private var marks: [Bool]

  init(_ hashes: [UInt64]) {
    let count = 1 << (Int.bitWidth - (2 * hashes.count).leadingZeroBitCount)
    (slots, marks) = (Array(repeating: 0, count: count), Array(repeating: false, count: count))
    for hash in hashes { slots[slot(of: hash)] = max(1, hash) }
  }

  mutating func mark(_ hash: UInt64) { marks[slot(of: hash)] = true }

  func isMarked(_ hash: UInt64) -> Bool { marks[slot(of: hash)] }

  /// Where the hash stands, or would.
  private func slot(of hash: UInt64) -> Int {
    let (hash, mask) = (max(1, hash), slots.count - 1)
    var slot = Int(truncatingIfNeeded: hash) & mask
    while slots[slot] != 0, slots[slot] != hash { slot = (slot + 1) & mask }
    return slot
  }
}
