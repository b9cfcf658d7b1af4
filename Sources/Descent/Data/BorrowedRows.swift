internal import LinearAlgebra
internal import Synchronization

/// Rows that other ranks hold, and this one asks for: each rank lends its own. They are bytes here, so many a row.
final class BorrowedRows: Sendable {
  private let ranks: any Communicator
  private let rowBytes: Int
  /// The row that each rank's begin at, and behind the last the number of all.
  private let starts: [Int]
  private let loan: Int
  /// Those that were asked for, one after the other, and where each is.
  private let kept = Mutex<(places: [Int: Int], bytes: [UInt8])>(([:], []))
  private let mostKept: Int
  /// Pieces of others' rows, by the first row of each, the one that was asked for last at the end.
  private let pieces = Mutex<[Piece]>([])

  private struct Piece {
    var rows: Range<Int>
    var bytes: [UInt8]
  }

  private static var mostPieces: Int { 16 }

  var rank: Int { ranks.rank }

  /// Lends the rows of this rank to the others, as all of them do at the same time.
  ///
  /// - Parameter starts: the row that each rank's begin at, and behind the last the number of all.
  init(_ own: @escaping Communicator.LentBytes, rowBytes: Int, starts: [Int], among ranks: any Communicator) {
    (self.ranks, self.rowBytes, self.starts) = (ranks, max(1, rowBytes), starts)
    loan = ranks.lend(own)
    mostKept = max(64 << 20, (starts[ranks.rank + 1] - starts[ranks.rank]) * rowBytes / 8)
  }

  deinit { ranks.giveBack(loan: loan) }

  /// So many bytes at a time: what a message may well hold.
  private static var mostAsked: Int { 4 << 20 }

  private func owner(of row: Int) -> Int {
    precondition(row >= 0 && row < starts.last!, "row \(row) of \(starts.last!)")
    return starts.lastIndex { $0 <= row }!
  }

  /// Writes rows that follow each other to `memory`. None of them is kept.
  func fetch(_ rows: Range<Int>, into memory: UnsafeMutableRawBufferPointer) {
    let atOnce = max(1, Self.mostAsked / rowBytes)
    var row = rows.lowerBound
    while row < rows.upperBound {
      let owner = owner(of: row)
      let count = min(rows.upperBound, starts[owner + 1], row + atOnce) - row
      let to = (row - rows.lowerBound) * rowBytes
      ranks.fetch(
        [(row - starts[owner]) * rowBytes], of: count * rowBytes, fromRank: owner, loan: loan,
        into: UnsafeMutableRawBufferPointer(rebasing: memory[to..<to + count * rowBytes]))
      row += count
    }
  }

  /// Writes some rows to `memory`, one after the other: from what was kept, and from their ranks.
  ///
  /// - Parameter inPieces: whether the rows behind them are likely to be asked for next, and these no more.
  func copy(_ rows: [Int], inPieces: Bool, into memory: UnsafeMutableRawBufferPointer) {
    if inPieces { return copyByPieces(rows, into: memory) }
    var missing: [Int: [(place: Int, row: Int)]] = [:]
    kept.withLock { kept in
      kept.bytes.withUnsafeBytes { bytes in
        for (place, row) in rows.enumerated() {
          if let first = kept.places[row] {
            copy(bytes, from: first, to: memory, at: place)
          } else {
            missing[owner(of: row), default: []].append((place, row))
          }
        }
      }
    }
    for (owner, asked) in missing.sorted(by: { $0.key < $1.key }) { take(asked, from: owner, memory) }
  }

  /// Copies a row that begins at a byte.
  private func copy(
    _ bytes: UnsafeRawBufferPointer, from first: Int, to memory: UnsafeMutableRawBufferPointer, at place: Int
  ) {
    UnsafeMutableRawBufferPointer(rebasing: memory[place * rowBytes..<(place + 1) * rowBytes]).copyMemory(
      from: UnsafeRawBufferPointer(rebasing: bytes[first..<first + rowBytes]))
  }

  private func take(
    _ asked: [(place: Int, row: Int)], from owner: Int, _ memory: UnsafeMutableRawBufferPointer
  ) {
    let atOnce = max(1, Self.mostAsked / rowBytes)
    for start in stride(from: 0, to: asked.count, by: atOnce) {
      let some = asked[start..<min(start + atOnce, asked.count)]
      let bytes = [UInt8](unsafeUninitializedCapacity: some.count * rowBytes) { bytes, count in
        ranks.fetch(
          some.map { ($0.row - starts[owner]) * rowBytes }[...], of: rowBytes, fromRank: owner, loan: loan,
          into: UnsafeMutableRawBufferPointer(bytes))
        count = some.count * rowBytes
      }
      bytes.withUnsafeBytes { bytes in
        for (number, one) in some.enumerated() {
          copy(bytes, from: number * rowBytes, to: memory, at: one.place)
        }
      }
      keep(some.map(\.row), bytes)
    }
  }

  private func keep(_ rows: [Int], _ bytes: [UInt8]) {
    kept.withLock { kept in
      for (number, row) in rows.enumerated()
      where kept.bytes.count + rowBytes <= mostKept && kept.places[row] == nil {
        kept.places[row] = kept.bytes.count
        kept.bytes += bytes[number * rowBytes..<(number + 1) * rowBytes]
      }
    }
  }

  /// The same by pieces of a megabyte, some of which are kept for a while.
  private func copyByPieces(_ rows: [Int], into memory: UnsafeMutableRawBufferPointer) {
    let count = max(1, (1 << 20) / rowBytes)
    var piece = Piece(rows: 0..<0, bytes: [])
    for (place, row) in rows.enumerated() {
      if !piece.rows.contains(row) {
        let start = starts[owner(of: row)]
        piece = self.piece(at: start + (row - start) / count * count, count)
      }
      piece.bytes.withUnsafeBytes {
        copy($0, from: (row - piece.rows.lowerBound) * rowBytes, to: memory, at: place)
      }
    }
  }

  private func piece(at first: Int, _ count: Int) -> Piece {
    let known = pieces.withLock { pieces -> Piece? in
      guard let place = pieces.firstIndex(where: { $0.rows.lowerBound == first }) else { return nil }
      pieces.append(pieces.remove(at: place))
      return pieces[pieces.count - 1]
    }
    if let known { return known }
    let rows = first..<min(first + count, starts[owner(of: first) + 1])
    let bytes = [UInt8](unsafeUninitializedCapacity: rows.count * rowBytes) { memory, count in
      fetch(rows, into: UnsafeMutableRawBufferPointer(memory))
      count = rows.count * rowBytes
    }
    let piece = Piece(rows: rows, bytes: bytes)
    pieces.withLock { pieces in
      if pieces.count == Self.mostPieces { pieces.removeFirst() }
      pieces.append(piece)
    }
    return piece
  }
}
