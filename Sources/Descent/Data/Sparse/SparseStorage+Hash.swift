extension SparseStorage {
  /// Adds the nonzeros alone, as Doubles, and their places: O(nonzeros), and not of the matrix that they stand for.
  public func addContents(of range: Range<Int>, to hash: ContentHash) {
    let (first, end) = (starts[range.lowerBound], starts[range.upperBound])
    hash.add(starts[range].map { $0 - first })
    hash.add(indices[first..<end])
    switch values {
    case .double(let values): hash.add(values[first..<end])
    case .float(let values):
      let atOnce = 1 << 13
      for start in stride(from: first, to: end, by: atOnce) {
        hash.add(values[start..<min(start + atOnce, end)].map { Double($0) })
      }
    }
  }
}
