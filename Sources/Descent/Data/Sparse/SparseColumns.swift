internal import Synchronization

/// The numbers of a ``SparseStorage`` by columns: the compressed sparse column format.
struct SparseColumns: Sendable {
  /// Where each column's nonzeros start, and where the last one's end.
  let starts: [Int]
  /// The row of each nonzero, ascending within a column.
  let rows: [Int32]
  let values: SparseStorage.Values

  /// By counting, on all cores: O(nonzeros + parts · columns). Where each number goes follows from the rows alone.
  init(_ storage: SparseStorage) {
    let (columns, nonzeros) = (storage.columns, storage.nonzeros)
    // A part counts for itself where its numbers of each column go: as many as are worth their counts.
    let parts = max(1, min(16, nonzeros / max(1, 4 * columns)))
    let cuts = (0...parts).map { storage.rows * $0 / parts }
    var places = [Int](repeating: 0, count: parts * columns)
    var starts = [Int](repeating: 0, count: columns + 1)
    places.withUnsafeMutableBufferPointer { places in
      let counts = Shares(places.baseAddress, columns)
      SharedPool.cores.run(parts, alone: nonzeros < 100_000) { part in
        let counts = counts[part]
        storage.indices.withUnsafeBufferPointer { indices in
          for k in storage.starts[cuts[part]]..<storage.starts[cuts[part + 1]] {
            counts[Int(indices[k])] += 1
          }
        }
      }
      // From counts to where a part's first goes.
      var place = 0
      for j in 0..<columns {
        for part in 0..<parts {
          let more = counts[part][j]
          counts[part][j] = place
          place += more
        }
        starts[j + 1] = place
      }
    }
    var rows: [Int32] = []
    let values: SparseStorage.Values
    switch storage.values {
    case .float(let x): values = .float(Self.spread(storage, x, cuts, &places, &rows))
    case .double(let x): values = .double(Self.spread(storage, x, cuts, &places, &rows))
    }
    (self.starts, self.rows, self.values) = (starts, rows, values)
  }

  /// Writes each number and its row where `places` say.
  private static func spread<Number: BitwiseCopyable & Sendable>(
    _ storage: SparseStorage, _ values: [Number], _ cuts: [Int], _ places: inout [Int],
    _ rows: inout [Int32]
  ) -> [Number] {
    let (columns, nonzeros, parts) = (storage.columns, storage.nonzeros, cuts.count - 1)
    var result: [Number] = []
    rows = [Int32](unsafeUninitializedCapacity: nonzeros) { rows, rowCount in
      result = [Number](unsafeUninitializedCapacity: nonzeros) { result, count in
        places.withUnsafeMutableBufferPointer { places in
          let next = Shares(places.baseAddress, columns)
          let (rowsOut, valuesOut) = (Shares(rows.baseAddress, 0), Shares(result.baseAddress, 0))
          SharedPool.cores.run(parts, alone: nonzeros < 100_000) { part in
            let (next, rowsOut, valuesOut) = (next[part], rowsOut[0], valuesOut[0])
            storage.indices.withUnsafeBufferPointer { indices in
              values.withUnsafeBufferPointer { values in
                for row in cuts[part]..<cuts[part + 1] {
                  for k in storage.starts[row]..<storage.starts[row + 1] {
                    let j = Int(indices[k])
                    let place = next[j]
                    next[j] += 1
                    rowsOut[place] = Int32(truncatingIfNeeded: row)
                    valuesOut[place] = values[k]
                  }
                }
              }
            }
          }
        }
        count = nonzeros
      }
      rowCount = nonzeros
    }
    return result
  }
}

/// Parts of one buffer, `stride` numbers each, which tasks write each in its own places.
private struct Shares<Number>: @unchecked Sendable {
  private let start: UnsafeMutablePointer<Number>
  private let stride: Int

  init(_ start: UnsafeMutablePointer<Number>?, _ stride: Int) {
    self.start = start ?? UnsafeMutablePointer(bitPattern: MemoryLayout<Number>.alignment)!
    self.stride = stride
  }

  subscript(part: Int) -> UnsafeMutablePointer<Number> { start + part * stride }
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
