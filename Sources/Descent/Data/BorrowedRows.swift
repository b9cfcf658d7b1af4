internal import LinearAlgebra
internal import Synchronization

/// Rows that other ranks hold, and this one asks for: each rank lends its own.
final class BorrowedRows<Stored: KernelScalar & StoredNumber>: Sendable {
  private let ranks: any Communicator
  private let columns: Int
  /// The row that each rank's begin at, and behind the last the number of all.
  private let starts: [Int]
  private let loan: Int
  /// Those that were asked for, one after the other, and where each is.
  private let kept = Mutex<(places: [Int: Int], numbers: [Stored])>(([:], []))
  private let mostKept: Int
  /// Pieces of others' rows, by the first row of each, the one that was asked for last at the end.
  private let pieces = Mutex<[(first: Int, numbers: [Stored])]>([])

  private static var mostPieces: Int { 16 }

  var rank: Int { ranks.rank }

  /// Lends the rows of this rank to the others, as all of them do at the same time.
  ///
  /// - Parameter own: `[starts[rank + 1] - starts[rank], columns]`
  init(_ own: ArraySlice<Stored>, columns: Int, starts: [Int], among ranks: any Communicator) {
    loan = ranks.lend { place, memory in
      own.withUnsafeBytes {
        memory.copyMemory(from: UnsafeRawBufferPointer(rebasing: $0[place..<place + memory.count]))
      }
    }
    (self.ranks, self.columns, self.starts) = (ranks, columns, starts)
    mostKept = max(64 << 20, own.count * MemoryLayout<Stored>.stride / 8) / MemoryLayout<Stored>.stride
  }

  deinit { ranks.giveBack(loan: loan) }

  private var rowBytes: Int { columns * MemoryLayout<Stored>.stride }

  /// So many bytes at a time: what a message may well hold.
  private static var mostAsked: Int { 4 << 20 }

  private func owner(of row: Int) -> Int {
    precondition(row >= 0 && row < starts.last!, "row \(row) of \(starts.last!)")
    return starts.lastIndex { $0 <= row }!
  }

  /// Writes rows that follow each other to `memory`, the first as its row `first`. None of them is kept.
  func fetch(_ rows: Range<Int>, into memory: UnsafeMutableBufferPointer<Stored>, at first: Int) {
    let bytes = UnsafeMutableRawBufferPointer(memory)
    let atOnce = max(1, Self.mostAsked / rowBytes)
    var row = rows.lowerBound
    while row < rows.upperBound {
      let owner = owner(of: row)
      let count = min(rows.upperBound, starts[owner + 1], row + atOnce) - row
      let to = (first + row - rows.lowerBound) * rowBytes
      ranks.fetch(
        [(row - starts[owner]) * rowBytes], of: count * rowBytes, fromRank: owner, loan: loan,
        into: UnsafeMutableRawBufferPointer(rebasing: bytes[to..<to + count * rowBytes]))
      row += count
    }
  }

  /// Some rows, one after the other, `[rows, columns]`: from what was kept, and from their ranks.
  ///
  /// - Parameter inPieces: whether the rows behind them are likely to be asked for next, and these no more.
  func rows(_ rows: [Int], inPieces: Bool) -> [Stored] {
    if inPieces { return rowsOfPieces(rows) }
    var result = [Stored](repeating: 0, count: rows.count * columns)
    var missing: [Int: [(place: Int, row: Int)]] = [:]
    kept.withLock { kept in
      for (place, row) in rows.enumerated() {
        guard let first = kept.places[row] else {
          missing[owner(of: row), default: []].append((place, row))
          continue
        }
        for j in 0..<columns { result[place * columns + j] = kept.numbers[first + j] }
      }
    }
    for (owner, asked) in missing.sorted(by: { $0.key < $1.key }) {
      take(asked, from: owner, &result)
    }
    return result
  }

  private func take(
    _ asked: [(place: Int, row: Int)], from owner: Int, _ result: inout [Stored]
  ) {
    let atOnce = max(1, Self.mostAsked / rowBytes)
    for start in stride(from: 0, to: asked.count, by: atOnce) {
      let some = asked[start..<min(start + atOnce, asked.count)]
      let numbers = [Stored](unsafeUninitializedCapacity: some.count * columns) { memory, count in
        ranks.fetch(
          some.map { ($0.row - starts[owner]) * rowBytes }[...], of: rowBytes, fromRank: owner, loan: loan,
          into: UnsafeMutableRawBufferPointer(memory))
        count = some.count * columns
      }
      for (number, one) in some.enumerated() {
        for j in 0..<columns { result[one.place * columns + j] = numbers[number * columns + j] }
      }
      keep(some.map(\.row), numbers)
    }
  }

  /// The same by pieces of a megabyte, some of which are kept for a while.
  private func rowsOfPieces(_ rows: [Int]) -> [Stored] {
    let count = max(1, (1 << 20) / rowBytes)
    var (result, piece) = ([Stored](), (first: 0, numbers: [Stored]()))
    result.reserveCapacity(rows.count * columns)
    for row in rows {
      if !(piece.first..<piece.first + piece.numbers.count / columns).contains(row) {
        let start = starts[owner(of: row)]
        piece = self.piece(at: start + (row - start) / count * count, count)
      }
      result += piece.numbers[(row - piece.first) * columns..<(row - piece.first + 1) * columns]
    }
    return result
  }

  private func piece(at first: Int, _ count: Int) -> (first: Int, numbers: [Stored]) {
    let known = pieces.withLock { pieces in
      pieces.firstIndex { $0.first == first }.map { place in
        pieces.append(pieces.remove(at: place))
        return pieces[pieces.count - 1]
      }
    }
    if let known { return known }
    let end = min(first + count, starts[owner(of: first) + 1])
    let numbers = [Stored](unsafeUninitializedCapacity: (end - first) * columns) { memory, count in
      fetch(first..<end, into: memory, at: 0)
      count = (end - first) * columns
    }
    pieces.withLock { pieces in
      if pieces.count == Self.mostPieces { pieces.removeFirst() }
      pieces.append((first, numbers))
    }
    return (first, numbers)
  }

  private func keep(_ rows: [Int], _ numbers: [Stored]) {
    kept.withLock { kept in
      for (number, row) in rows.enumerated()
      where kept.numbers.count + columns <= mostKept && kept.places[row] == nil {
        kept.places[row] = kept.numbers.count
        kept.numbers += numbers[number * columns..<(number + 1) * columns]
      }
    }
  }
}
