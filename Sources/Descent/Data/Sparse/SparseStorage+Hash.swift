extension SparseStorage {
  /// Adds the nonzeros alone, as Doubles, and their places: O(nonzeros), and not of the matrix that they stand for.
  public func addContents(of range: Range<Int>, to hash: ContentHash) {
    let (first, end) = (starts[range.lowerBound], starts[range.upperBound])
    hash.add(starts[range].map { $0 - first })
    addEntries(first..<end, to: hash)
  }

  /// Adds some of the nonzeros: their columns, then their numbers.
  func addEntries(_ range: Range<Int>, to hash: ContentHash) {
    hash.add(indices[range])
    switch values {
    case .double(let values): hash.add(values[range])
    case .float(let values):
      let atOnce = 1 << 13
      for start in stride(from: range.lowerBound, to: range.upperBound, by: atOnce) {
        hash.add(values[start..<min(start + atOnce, range.upperBound)].map { Double($0) })
      }
    }
  }
}
