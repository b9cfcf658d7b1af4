// Where the kernels of sparse rows find them.

extension SparseStorage {
  /// Calls `body` with where the rows' starts and their columns lie; not at all where no number is stored.
  func withStarts(_ body: (_ starts: UnsafePointer<Int>, _ indices: UnsafePointer<Int32>) -> Void) {
    withAddresses(starts, indices, body)
  }
}

extension SparseColumns {
  /// The same of the columns' starts and their rows.
  func withStarts(_ body: (_ starts: UnsafePointer<Int>, _ rows: UnsafePointer<Int32>) -> Void) {
    withAddresses(starts, rows, body)
  }
}

private func withAddresses(
  _ starts: [Int], _ places: [Int32], _ body: (UnsafePointer<Int>, UnsafePointer<Int32>) -> Void
) {
  starts.withUnsafeBufferPointer { starts in
    places.withUnsafeBufferPointer { places in
      guard let starts = starts.baseAddress, let places = places.baseAddress else { return }
      body(starts, places)
    }
  }
}
