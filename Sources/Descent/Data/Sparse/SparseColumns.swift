internal import Synchronization

/// The numbers of a ``SparseStorage`` by columns: the compressed sparse column format.
struct SparseColumns: Sendable {
  /// Where each column's nonzeros start, and where the last one's end.
  let starts: [Int]
  /// The row of each nonzero, ascending within a column.
  let rows: [Int32]
  let values: SparseStorage.Values

  /// By counting: O(nonzeros + columns).
  init(_ storage: SparseStorage) {
    var starts = [Int](repeating: 0, count: storage.columns + 1)
    for j in storage.indices { starts[Int(j) + 1] += 1 }
    for j in 0..<storage.columns { starts[j + 1] += starts[j] }
    self.starts = starts
    var places = [Int](repeating: 0, count: storage.nonzeros)
    var rows = [Int32](repeating: 0, count: storage.nonzeros)
    for row in 0..<storage.rows {
      for k in storage.starts[row]..<storage.starts[row + 1] {
        let j = Int(storage.indices[k])
        rows[starts[j]] = Int32(row)
        places[starts[j]] = k
        starts[j] += 1
      }
    }
    self.rows = rows
    values =
      switch storage.values {
      case .float(let values): .float(places.map { values[$0] })
      case .double(let values): .double(places.map { values[$0] })
      }
  }
}

/// What is computed when it is first asked for.
final class LazyColumns: Sendable {
  private let known = Mutex<SparseColumns?>(nil)

  func columns(of storage: SparseStorage) -> SparseColumns {
    known.withLock { known in
      if let known { return known }
      let columns = SparseColumns(storage)
      known = columns
      return columns
    }
  }
}
