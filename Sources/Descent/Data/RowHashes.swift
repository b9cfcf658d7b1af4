internal import LinearAlgebra

extension Dataset {
  /// How many rows have the features and the target of a row of `other`. It tells by a hash of 64 bits, and takes 8 bytes
  /// a row and a look at all the numbers of both.
  public func rowsShared(with other: Dataset) -> Int {
    guard columns == other.columns else { return 0 }
    let known = Set(other.rowHashes)
    return rowHashes.count { known.contains($0) }
  }

  /// A number a row, the same for the same features and target.
  private var rowHashes: [UInt64] {
    let hash = ContentHash()
    return features.rowHashes(hash).enumerated().map { row, numbers in
      hash.restart()
      hash.add([numbers])
      switch targets {
      case .labels(let labels):
        let label = Int(labels[labels.startIndex + row])
        hash.add(classNames.isEmpty ? "\(label)" : classNames[label])
      case .values(let values, let width):
        let start = values.startIndex + row * width
        hash.add(values[start..<start + width])
      }
      return hash.value
    }
  }
}

extension FeatureStorage {
  /// A number a row, the same for the same numbers, whatever type they are stored as.
  fileprivate func rowHashes(_ hash: ContentHash) -> [UInt64] {
    if let sparse = self as? SparseStorage { return sparse.nonzeroHashes(hash) }
    let rowsAtOnce = max(1, (1 << 16) / max(1, columns))
    var hashes: [UInt64] = []
    hashes.reserveCapacity(rows)
    var buffer = [Double](repeating: 0, count: min(rows, rowsAtOnce) * columns)
    for start in stride(from: 0, to: rows, by: rowsAtOnce) {
      let range = start..<min(start + rowsAtOnce, rows)
      var span = buffer.mutableSpan
      read(range, into: &span)
      // −0 becomes 0, which it is equal to.
      for i in buffer.indices { buffer[i] += 0 }
      for row in 0..<range.count {
        hash.restart()
        hash.add(buffer[row * columns..<(row + 1) * columns])
        hashes.append(hash.value)
      }
    }
    return hashes
  }
}

extension SparseStorage {
  /// By the nonzeros and their columns.
  fileprivate func nonzeroHashes(_ hash: ContentHash) -> [UInt64] {
    (0..<rows).map { row in
      let range = starts[row]..<starts[row + 1]
      hash.restart()
      hash.add(indices[range])
      switch values {
      case .double(let values): hash.add(values[range])
      case .float(let values): hash.add(values[range].map { Double($0) })
      }
      return hash.value
    }
  }
}
