internal import Dispatch
internal import Synchronization

/// The first place of several that threads come upon.
final class FirstPlace: Sendable {
  private let first = Mutex<(row: Int, column: Int)?>(nil)

  var place: (row: Int, column: Int)? { first.withLock { $0 } }

  func isBefore(_ row: Int) -> Bool { first.withLock { $0.map { $0.row < row } ?? false } }

  func offer(_ row: Int, _ column: Int) {
    first.withLock { if $0 == nil || row < $0!.row { $0 = (row, column) } }
  }

  /// The first place in all rows, which `look` tells of some, looked for on all cores by pieces of 64 kB and more; before
  /// the first of several that follow each other `begin` is told of all of them.
  static func find(
    rows: Int, rowBytes: Int, begin: @Sendable (_ range: Range<Int>) -> Void = { _ in },
    _ look: @Sendable (_ range: Range<Int>) -> (row: Int, column: Int)?
  ) -> (row: Int, column: Int)? {
    let (parts, atOnce) = (max(1, min(64, rows / 512)), max(1, (64 << 10) / max(1, rowBytes)))
    let found = FirstPlace()
    DispatchQueue.concurrentPerform(iterations: parts) { part in
      let (first, end) = (rows * part / parts, rows * (part + 1) / parts)
      begin(first..<end)
      for start in stride(from: first, to: end, by: atOnce) {
        if found.isBefore(start) { return }
        if let place = look(start..<min(start + atOnce, end)) {
          return found.offer(place.row, place.column)
        }
      }
    }
    return found.place
  }
}
