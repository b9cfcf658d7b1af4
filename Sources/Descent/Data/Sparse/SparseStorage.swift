internal import LinearAlgebra

/// Rows of which most numbers are zeros: the others alone are kept, row after row, with their columns.
///
/// This is the compressed sparse row format. Nothing of it is ever turned into a dense matrix: passes over the data
/// multiply the nonzeros (see `SparseProducts`), and only a few rows at a time are written out, where somebody
/// asks for them by ``read(_:into:)``.
public struct SparseStorage: FeatureStorage, Equatable {
  /// In `Float` or in `Double`: nonzeros keep the precision that they were read in.
  public typealias Values = SparseValues

  public let columns: Int
  /// Where each row's nonzeros start, and where the last one's end: `rows + 1` offsets.
  public let starts: [Int]
  /// The column of each nonzero, ascending within a row.
  public let indices: [Int32]
  /// The numbers that are stored, each in the column that ``indices`` has at its place.
  public let values: Values
  private let lazyColumns = LazyColumns()
  let memo = StorageMemo()

  /// - Parameters:
  ///   - values: what is stored at the indices.
  ///   - columns: the number of columns.
  ///   - starts: `rows + 1` offsets into `indices`, ascending from 0.
  ///   - indices: columns below `columns`, ascending within each row.
  public init(columns: Int, starts: [Int], indices: [Int32], values: Values) {
    require(
      starts.first == 0 && starts.last == indices.count,
      "rows that end at \(starts.last ?? -1) of \(indices.count)")
    require(indices.count == values.count, "\(indices.count) columns for \(values.count) values")
    require(columns <= Int(Int32.max), "\(columns) columns, \(Int32.max) at the most")
    let greatest = Int32(truncatingIfNeeded: columns)
    for row in 0..<starts.count - 1 {
      let (start, end) = (starts[row], starts[row + 1])
      require(start <= end, "row \(row) ends before it starts")
      // Looked at as a whole: millions of nonzeros are read in less time than so many calls take.
      var (last, isAscending) = (Int32(-1), true)
      for k in start..<end {
        isAscending = indices[k] > last && isAscending
        last = indices[k]
      }
      require(
        isAscending && last < greatest, "row \(row): columns that do not ascend to below \(columns)")
    }
    (self.columns, self.starts, self.indices, self.values) = (columns, starts, indices, values)
  }

  /// Of what is known to be sound: rows of a storage that was checked.
  private init(trusted starts: [Int], _ indices: [Int32], _ values: Values, columns: Int) {
    (self.columns, self.starts, self.indices, self.values) = (columns, starts, indices, values)
  }

  public static func == (a: SparseStorage, b: SparseStorage) -> Bool {
    a.columns == b.columns && a.starts == b.starts && a.indices == b.indices && a.values == b.values
  }

  public var rows: Int { starts.count - 1 }
  /// How many numbers are stored, zeros that were stored as such among them.
  public var nonzeros: Int { indices.count }

  /// The same numbers by columns. Computed once, and then kept: O(nonzeros + columns) in time and memory.
  var byColumns: SparseColumns { lazyColumns.columns(of: self) }

  /// Whether a column lies far from 0, measured by its spread: sparse rows are not centred, and a step on one row would
  /// undo what another's has done.
  public var hasOffsets: Bool {
    let moments = ColumnMoments.of(self)
    return zip(moments.means, moments.deviations).contains { $1 > 0 && abs($0) > 100 * $1 }
  }

  /// Nonzeros of a row, on average, rounded up: what a row costs.
  var nonzerosPerRow: Int { (nonzeros + max(1, rows) - 1) / max(1, rows) }

  public func read<Element: KernelScalar>(_ range: Range<Int>, into buffer: inout MutableSpan<Element>) {
    for (i, row) in range.enumerated() { write(row, at: i, into: &buffer) }
  }

  public func gather<Element: KernelScalar>(_ indices: Span<Int>, into buffer: inout MutableSpan<Element>) {
    for i in 0..<indices.count { write(indices[i], at: i, into: &buffer) }
  }

  private func write<Element: KernelScalar>(
    _ row: Int, at position: Int, into buffer: inout MutableSpan<Element>
  ) {
    let first = position * columns
    require(buffer.count >= first + columns, "a buffer of \(buffer.count) for row \(position) of \(columns)")
    for j in first..<first + columns { buffer[j] = 0 }
    for k in starts[row]..<starts[row + 1] {
      switch values {
      case .float(let values): buffer[first + Int(indices[k])] = Element(values[k])
      case .double(let values): buffer[first + Int(indices[k])] = Element(values[k])
      }
    }
  }

  public func stored<Element: KernelScalar>(_ range: Range<Int>, as type: Element.Type) -> ArraySlice<
    Element
  >? {
    nil
  }

  public func selecting(_ rows: [Int]) -> any FeatureStorage { picking(rows) }

  func picking(_ rows: [Int]) -> SparseStorage {
    var starts = [0]
    starts.reserveCapacity(rows.count + 1)
    for row in rows { starts.append(starts.last! + self.starts[row + 1] - self.starts[row]) }
    var indices: [Int32] = []
    indices.reserveCapacity(starts.last!)
    for row in rows { indices += self.indices[self.starts[row]..<self.starts[row + 1]] }
    let values: Values =
      switch values {
      case .float(let values): .float(pick(rows, values, count: starts.last!))
      case .double(let values): .double(pick(rows, values, count: starts.last!))
      }
    return SparseStorage(trusted: starts, indices, values, columns: columns)
  }

  private func pick<Number>(_ rows: [Int], _ values: [Number], count: Int) -> [Number] {
    var result: [Number] = []
    result.reserveCapacity(count)
    for row in rows { result += values[starts[row]..<starts[row + 1]] }
    return result
  }

  public var holdsSingles: Bool {
    if case .float = values { true } else { false }
  }

  public func firstUnfit(beyond most: Double) -> (row: Int, column: Int)? {
    let bad =
      switch values {
      case .float(let values): values.firstIndex { !(Double(abs($0)) <= most) }
      case .double(let values): values.firstIndex { !(abs($0) <= most) }
      }
    return bad.map { k in
      // The last row that starts at k or before it.
      var (low, high) = (0, rows)
      while high - low > 1 {
        let middle = (low + high) / 2
        if starts[middle] <= k { low = middle } else { high = middle }
      }
      return (low, Int(indices[k]))
    }
  }
}
