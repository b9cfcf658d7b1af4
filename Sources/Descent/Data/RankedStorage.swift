internal import LinearAlgebra

/// Dense rows of which each rank holds a share, as even as can be, and asks the others for what else it needs: a training's
/// samples, the ends of its lanes, or all rows to measure by.
///
/// Training on them gives the same bits as on one storage of all the rows. Rows of others that were asked for are kept, up to an
/// eighth of a rank's own or 64 MB.
public final class RankedStorage<Stored: KernelScalar & StoredNumber>: FeatureStorage {
  public let columns: Int
  /// The row that each rank's share begins at, and behind the last the number of all.
  private let starts: [Int]
  private let own: DenseStorage<Stored>
  private let others: BorrowedRows
  /// Whether all numbers are finite, and none is beyond the range of Float.
  private let areModerate: Bool
  let memo = StorageMemo()
  /// Selections of up to so many bytes are copied into memory.
  private static var mostCopied: Int { 64 << 20 }

  /// Takes rows as ranks have read them, and evens out how many each holds. All ranks do so at the same time.
  ///
  /// - Parameters:
  ///   - read: the rows that this rank has read, `[counts[rank], columns]`.
  ///   - counts: how many each rank has.
  ///   - columns: the numbers of a row.
  ///   - ranks: they must be such as lend each other bytes.
  public init(_ read: [Stored], counts: [Int], columns: Int, among ranks: any Communicator) {
    precondition(
      read.count == counts[ranks.rank] * columns,
      "\(read.count) numbers in \(counts[ranks.rank]) rows of \(columns)")
    let rows = counts.reduce(0, +)
    let starts = (0...ranks.size).map { rows * $0 / ranks.size }
    let before = counts.reduce(into: [0]) { $0.append($0.last! + $1) }
    let rowBytes = columns * MemoryLayout<Stored>.stride
    let asRead = BorrowedRows(Self.lending(read[...]), rowBytes: rowBytes, starts: before, among: ranks)
    let share = starts[ranks.rank]..<starts[ranks.rank + 1]
    let mine = share.clamped(to: before[ranks.rank]..<before[ranks.rank + 1])
    let held = ArraySlice<Stored>.aligned(count: share.count * columns) { numbers in
      let memory = UnsafeMutableRawBufferPointer(numbers)
      guard !mine.isEmpty else { return asRead.fetch(share, into: memory) }
      for rows in [share.lowerBound..<mine.lowerBound, mine.upperBound..<share.upperBound] {
        asRead.fetch(
          rows,
          into: UnsafeMutableRawBufferPointer(
            rebasing: memory[((rows.lowerBound - share.lowerBound) * rowBytes)...])
        )
      }
      let first = (mine.lowerBound - before[ranks.rank]) * rowBytes
      let to = (mine.lowerBound - share.lowerBound) * rowBytes
      read.withUnsafeBytes {
        UnsafeMutableRawBufferPointer(rebasing: memory[to...]).copyMemory(
          from: UnsafeRawBufferPointer(rebasing: $0[first..<first + mine.count * rowBytes]))
      }
    }
    (self.columns, self.starts) = (columns, starts)
    others = BorrowedRows(Self.lending(held), rowBytes: rowBytes, starts: starts, among: ranks)
    own = DenseStorage(rows: share.count, columns: columns, elements: held)
    areModerate = Self.areAll(own.firstUnfit(beyond: Self.moderate) == nil, among: ranks)
  }

  private static func lending(_ numbers: ArraySlice<Stored>) -> Communicator.LentBytes {
    { place, memory in
      numbers.withUnsafeBytes {
        memory.copyMemory(from: UnsafeRawBufferPointer(rebasing: $0[place..<place + memory.count]))
      }
    }
  }

  public var rows: Int { starts.last! }
  public var holdsSingles: Bool { own.holdsSingles }
  public var rowBytes: Int { own.rowBytes }

  /// The rows that this rank holds.
  private var share: Range<Int> { starts[others.rank]..<starts[others.rank + 1] }

  private func here(_ range: Range<Int>) -> Range<Int>? {
    let share = share
    guard range.lowerBound >= share.lowerBound, range.upperBound <= share.upperBound else { return nil }
    return range.lowerBound - share.lowerBound..<range.upperBound - share.lowerBound
  }

  public func read<Element: KernelScalar>(_ range: Range<Int>, into buffer: inout MutableSpan<Element>) {
    if let here = here(range) { return own.read(here, into: &buffer) }
    gather(Array(range).span, into: &buffer)
  }

  /// Whether rows are such as somebody reads who goes over all, once, and not a lane's end, which comes again with each pass.
  private func areFar(_ rows: [(place: Int, row: Int)]) -> Bool {
    let (first, last) = (rows[0].row, rows[rows.count - 1].row)
    let margin = share.count / 4
    return first <= last && last - first < 4 * rows.count
      && (last < share.lowerBound - margin || first >= share.upperBound + margin)
  }

  public func gather<Element: KernelScalar>(_ indices: Span<Int>, into buffer: inout MutableSpan<Element>) {
    precondition(buffer.count >= indices.count * columns, "room for \(buffer.count) features")
    let share = share
    var foreign: [(place: Int, row: Int)] = []
    // Runs of rows that are here go as they lie.
    var first = 0
    while first < indices.count {
      guard share.contains(indices[first]) else {
        foreign.append((first, indices[first]))
        first += 1
        continue
      }
      var end = first + 1
      while end < indices.count, share.contains(indices[end]) { end += 1 }
      let places = (first..<end).map { indices[$0] - share.lowerBound }
      var part = buffer._mutatingExtracting(first * columns..<end * columns)
      own.gather(places.span, into: &part)
      first = end
    }
    guard !foreign.isEmpty else { return }
    let numbers = [Stored](unsafeUninitializedCapacity: foreign.count * columns) { numbers, count in
      others.copy(
        foreign.map(\.row), inPieces: areFar(foreign), into: UnsafeMutableRawBufferPointer(numbers))
      count = foreign.count * columns
    }
    let fetched = DenseStorage(rows: foreign.count, columns: columns, elements: numbers[...])
    if foreign.count == indices.count { return fetched.read(0..<foreign.count, into: &buffer) }
    for (number, place) in foreign.map(\.place).enumerated() {
      var part = buffer._mutatingExtracting(place * columns..<(place + 1) * columns)
      fetched.read(number..<number + 1, into: &part)
    }
  }

  public func stored<Element: KernelScalar>(_ range: Range<Int>, as type: Element.Type) -> ArraySlice<
    Element
  >? {
    here(range).flatMap { own.stored($0, as: type) }
  }

  public func inPlace(_ range: Range<Int>) -> RowsInPlace? { here(range).flatMap { own.inPlace($0) } }

  public func selecting(_ indices: [Int]) -> any FeatureStorage {
    guard indices.count * rowBytes <= Self.mostCopied else { return SelectedStorage(self, at: indices) }
    var elements = [Stored](repeating: 0, count: indices.count * columns)
    var span = elements.mutableSpan
    gather(indices.span, into: &span)
    return DenseStorage(rows: indices.count, columns: columns, elements: elements[...])
  }

  private static var moderate: Double { Double(Float.greatestFiniteMagnitude) }

  /// What all ranks say, who say it at the same time.
  private static func areAll(_ isSo: Bool, among ranks: any Communicator) -> Bool {
    var all = [UInt8](repeating: isSo ? 1 : 0, count: ranks.size)
    all.withUnsafeMutableBytes { ranks.gather($0, counts: Array(repeating: 1, count: ranks.size)) }
    return !all.contains(0)
  }

  public func firstUnfit(beyond most: Double) -> (row: Int, column: Int)? {
    if areModerate, most >= Self.moderate { return nil }
    return memo.firstUnfit(beyond: most) {
      FirstPlace.find(rows: rows, rowBytes: rowBytes) { range in
        var numbers = [Stored](repeating: 0, count: range.count * columns)
        var span = numbers.mutableSpan
        read(range, into: &span)
        return numbers.withUnsafeBufferPointer { firstUnfitIndex($0, most) }
          .map { (range.lowerBound + $0 / columns, $0 % columns) }
      }
    }
  }
}

extension RankedStorage: RemembersMoments {}
