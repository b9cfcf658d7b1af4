extension MappedStorage {
  /// Selections of up to so many bytes are copied into memory.
  private static var mostCopied: Int { 64 << 20 }

  /// A few rows are copied, and many are seen where they lie.
  public func selecting(_ indices: [Int]) -> any FeatureStorage {
    guard indices.count * rowBytes <= Self.mostCopied else { return SelectedStorage(self, at: indices) }
    let elements = [Stored](unsafeUninitializedCapacity: indices.count * columns) { buffer, count in
      withNumbers { numbers in
        for (i, row) in indices.enumerated() {
          precondition(row >= 0 && row < rows, "row \(row) of \(rows)")
          (buffer.baseAddress! + i * columns).initialize(from: numbers + row * columns, count: columns)
        }
      }
      count = indices.count * columns
    }
    return DenseStorage(rows: indices.count, columns: columns, elements: elements[...])
  }

  public var bytesAtHand: Bool { holdsBytes && bytes.areFew }

  public func gatherBytes(_ indices: Span<Int>, into buffer: inout MutableSpan<UInt8>) {
    withNumbers { numbers in
      copyBytes(
        of: indices, from: UnsafeBufferPointer(start: numbers, count: rows * columns), columns, into: &buffer)
    }
  }

  /// One pass over the file, on all cores, and only once: what is mapped is not meant to change.
  public func firstUnfit(beyond most: Double) -> (row: Int, column: Int)? {
    if Stored.self == UInt8.self || columns == 0 { return nil }
    // Only numbers that are stored in double precision may be too large for the one they are meant for.
    let most = Stored.self == Double.self ? most : .greatestFiniteMagnitude
    return memo.firstUnfit(beyond: most) { find(beyond: most) }
  }

  private func find(beyond most: Double) -> (row: Int, column: Int)? {
    FirstPlace.find(rows: rows, rowBytes: rowBytes, begin: { willRead($0) }) { range in
      readAhead(of: range)
      return withNumbers { all in
        firstUnfitIndex(
          UnsafeBufferPointer(start: all + range.lowerBound * columns, count: range.count * columns), most)
      }.map { (range.lowerBound + $0 / columns, $0 % columns) }
    }
  }
}
