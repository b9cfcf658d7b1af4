internal import LinearAlgebra

/// The rows of several storages, one after the other: of files that hold a part of the data each.
///
/// Training on them gives the same bits as on one storage of the same rows.
public struct ShardedStorage: FeatureStorage {
  private let shards: [any FeatureStorage]
  /// What each is called, in messages; empty where nobody said.
  public let names: [String]
  /// The row that each begins at, and behind the last the number of all.
  private let starts: [Int]
  /// Selections of up to so many bytes are copied into memory.
  private static var mostCopied: Int { 64 << 20 }
  let memo = StorageMemo()

  /// - Parameters:
  ///   - shards: at least one, all of as many columns.
  ///   - names: what each is called in messages, such as its file; one a shard, or none.
  public init(_ shards: [any FeatureStorage], names: [String] = []) {
    precondition(!shards.isEmpty, "no shards")
    precondition(names.isEmpty || names.count == shards.count, "\(shards.count) shards, \(names.count) names")
    for shard in shards {
      precondition(
        shard.columns == shards[0].columns, "\(shard.columns) columns beside \(shards[0].columns)")
    }
    (self.shards, self.names) = (shards, names)
    starts = shards.reduce(into: [0]) { $0.append($0.last! + $1.rows) }
  }

  public var rows: Int { starts.last! }
  public var columns: Int { shards[0].columns }
  public var holdsBytes: Bool { shards.allSatisfy(\.holdsBytes) }
  public var holdsSingles: Bool { shards.allSatisfy(\.holdsSingles) }
  public var rowBytes: Int { shards.reduce(0) { max($0, $1.rowBytes) } }
  public var failure: StorageFailure? { shards.lazy.compactMap(\.failure).first }

  public func willRead(_ range: Range<Int>) {
    for piece in pieces(of: range) { shards[piece.shard].willRead(piece.rows) }
  }

  public func read<Element: KernelScalar>(_ range: Range<Int>, into buffer: inout MutableSpan<Element>) {
    for piece in pieces(of: range) {
      var part = buffer._mutatingExtracting(
        piece.offset * columns..<(piece.offset + piece.rows.count) * columns)
      shards[piece.shard].read(piece.rows, into: &part)
    }
  }

  public func gather<Element: KernelScalar>(_ indices: Span<Int>, into buffer: inout MutableSpan<Element>) {
    var first = 0
    while first < indices.count {
      let shard = shard(of: indices[first])
      let rows = starts[shard]..<starts[shard + 1]
      var end = first + 1
      while end < indices.count, rows.contains(indices[end]) { end += 1 }
      let places = (first..<end).map { indices[$0] - rows.lowerBound }
      var part = buffer._mutatingExtracting(first * columns..<end * columns)
      shards[shard].gather(places.span, into: &part)
      first = end
    }
  }

  public func stored<Element: KernelScalar>(_ range: Range<Int>, as type: Element.Type) -> ArraySlice<
    Element
  >? {
    only(range).flatMap { shards[$0.shard].stored($0.rows, as: type) }
  }

  public func storedBytes(_ range: Range<Int>) -> ArraySlice<UInt8>? {
    only(range).flatMap { shards[$0.shard].storedBytes($0.rows) }
  }

  public func inPlace(_ range: Range<Int>) -> RowsInPlace? {
    only(range).flatMap { shards[$0.shard].inPlace($0.rows) }
  }

  /// In ascending order a few rows are taken from each shard by itself, and others are seen where they lie.
  public func selecting(_ indices: [Int]) -> any FeatureStorage {
    guard indices.count * rowBytes <= Self.mostCopied,
      zip(indices, indices.dropFirst()).allSatisfy({ $0 <= $1 })
    else { return SelectedStorage(self, at: indices) }
    var selected: [any FeatureStorage] = []
    var rest = indices[...]
    while let first = rest.first {
      let shard = shard(of: first)
      let places = rest.prefix { $0 < starts[shard + 1] }
      selected.append(shards[shard].selecting(places.map { $0 - starts[shard] }))
      rest = rest.dropFirst(places.count)
    }
    return selected.isEmpty ? shards[0].selecting([]) : ShardedStorage(selected)
  }

  public func firstUnfit(beyond most: Double) -> (row: Int, column: Int)? {
    memo.firstUnfit(beyond: most) {
      for (shard, start) in zip(shards, starts) {
        if let place = shard.firstUnfit(beyond: most) { return (start + place.row, place.column) }
      }
      return nil
    }
  }

  /// The shard of a row, and the row's place in it.
  public func place(of row: Int) -> (shard: Int, row: Int) {
    let shard = shard(of: row)
    return (shard, row - starts[shard])
  }

  /// The last that begins at the row or before it: one without rows has none.
  private func shard(of row: Int) -> Int {
    precondition(row >= 0 && row < rows, "row \(row) of \(rows)")
    var (low, high) = (0, shards.count)
    while high - low > 1 {
      let middle = (low + high) / 2
      if starts[middle] <= row { low = middle } else { high = middle }
    }
    return low
  }

  /// Where all rows of `range` are in one shard.
  private func only(_ range: Range<Int>) -> Piece? {
    var pieces = pieces(of: range)
    guard let first = pieces.next(), first.rows.count == range.count else { return nil }
    return first
  }

  private func pieces(of range: Range<Int>) -> Pieces {
    precondition(range.lowerBound >= 0 && range.upperBound <= rows, "rows \(range) of \(rows)")
    return Pieces(starts: starts, range: range, shard: range.isEmpty ? 0 : shard(of: range.lowerBound))
  }

  /// Rows of one shard, and how many of those that were asked for come before them.
  private struct Piece {
    let shard: Int
    let rows: Range<Int>
    let offset: Int
  }

  private struct Pieces: Sequence, IteratorProtocol {
    let starts: [Int]
    let range: Range<Int>
    var shard: Int
    var offset = 0

    init(starts: [Int], range: Range<Int>, shard: Int) {
      (self.starts, self.range, self.shard) = (starts, range, shard)
    }

    mutating func next() -> Piece? {
      let first = range.lowerBound + offset
      guard first < range.upperBound else { return nil }
      while starts[shard + 1] <= first { shard += 1 }
      let end = Swift.min(range.upperBound, starts[shard + 1])
      defer { (offset, shard) = (offset + end - first, shard + 1) }
      return Piece(shard: shard, rows: first - starts[shard]..<end - starts[shard], offset: offset)
    }
  }
}
