extension SparseStorage {
  /// Adds the nonzeros alone, as Doubles, and their places: O(nonzeros), and not of the matrix that they stand for.
  public func addContents(to hash: ContentHash) {
    hash.add(starts)
    hash.add(indices)
    switch values {
    case .double(let values): hash.add(values)
    case .float(let values):
      let atOnce = 1 << 16
      for start in stride(from: 0, to: values.count, by: atOnce) {
        hash.add(values[start..<min(start + atOnce, values.count)].map { Double($0) })
      }
    }
  }
}
