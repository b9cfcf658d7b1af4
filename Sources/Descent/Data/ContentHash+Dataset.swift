internal import LinearAlgebra

extension Dataset {
  /// A hash of the features, targets, weights, offsets and names, in hexadecimal: what tells whether data are the same,
  /// whatever their file is called. One pass over the data.
  public var contentHash: String {
    let hash = ContentHash()
    features.addContents(to: hash)
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

extension FeatureStorage {
  /// Adds the numbers to a hash as Doubles, which every stored number is exactly. What was rounded to Float when it was
  /// read is not what a file of Doubles holds: their moments differ.
  public func addContents(to hash: ContentHash) {
    guard columns > 0 else { return }
    let rowsAtOnce = max(1, (1 << 16) / columns)
    var buffer: [Double] = []
    for start in stride(from: 0, to: rows, by: rowsAtOnce) {
      let range = start..<min(start + rowsAtOnce, rows)
      if let numbers = stored(range, as: Double.self) {
        hash.add(numbers)
      } else {
        if buffer.isEmpty { buffer = Array(repeating: 0, count: rowsAtOnce * columns) }
        var span = buffer.mutableSpan
        read(range, into: &span)
        hash.add(buffer[..<(range.count * columns)])
      }
    }
  }
}
