extension Dataset {
  /// A hash of the features, targets, weights, offsets and names, in hexadecimal: what tells whether data are the same,
  /// whatever their file is called. One pass over the data, on all cores, and of the same features one alone.
  public var contentHash: String { contentHash(alone: false) }

  /// - Parameters:
  ///   - alone: Leaves the cores to others; the hash is the same.
  ///   - ranks: Those who ask for the same.
  func contentHash(alone: Bool, among ranks: Ranks? = nil) -> String {
    hash(features: features.contentHash(alone: alone, among: ranks))
  }

  /// The same, on one thread and without a further reading of what lies on a disk: of features that are mapped and take more
  /// than a gigabyte 256 samples are looked at, each 64 KB, evenly spread, and `sample-` stands before the number.
  /// All of the rest counts.
  public var fingerprint: String {
    guard features is any LiesOnDisk, features.rows * features.rowBytes > 1 << 30 else {
      return contentHash(alone: true)
    }
    return "sample-" + hash(features: features.hash(alone: true, sampling: 1 << 16))
  }

  /// One that looks at a few numbers of the features alone: what tells files that were mixed up.
  var glimpse: String { hash(features: features.hash(alone: true, sampling: 1)) }

  /// The hash that checkpoints of version 0.1 hold: of the features' numbers, as Doubles, in one stream with all of the rest;
  /// of sparse rows their nonzeros' places and numbers. On one thread.
  var formerContentHash: String {
    let hash = ContentHash()
    if let sparse = features as? SparseStorage {
      hash.add(sparse.starts)
      sparse.addEntries(0..<sparse.indices.count, to: hash)
    } else {
      forEachBlock(of: 0..<rows, numbersPerRow: columns) { rows, buffer in
        var span = buffer.mutableSpan
        features.read(rows, into: &span)
        hash.add(buffer[..<(rows.count * columns)])
      }
    }
    return finish(hash)
  }

  private func hash(features: UInt64) -> String {
    let hash = ContentHash()
    hash.add([features])
    return finish(hash)
  }

  private func finish(_ hash: ContentHash) -> String {
    switch targets {
    case .labels(let labels): hash.add(labels)
    case .values(let values, let width):
      hash.add([width])
      hash.add(values)
    }
    for (name, numbers) in [("weights", weights), ("offsets", offsets)] {
      guard let numbers else { continue }
      hash.add(name)
      hash.add(numbers[...])
    }
    for name in classNames + [""] + featureNames { hash.add(name) }
    let text = String(hash.value, radix: 16)
    return String(repeating: "0", count: 16 - text.count) + text
  }
}
