/// The order in which an epoch of batches goes through the rows.
///
/// Rows of data that fit into memory are shuffled freely. To fetch single rows of a file larger than memory from all
/// over a disk takes many times as long as reading it, so of such data pieces of 8 MB are shuffled, and then the rows
/// of each 16 pieces that follow each other: a batch is drawn from 128 MB of 16 places of the file. Which it is
/// depends on the data's size alone, so that data in memory and the same in a file give the same bits.
enum RowOrder {
  /// Data of more bytes than this are shuffled in pieces: 4 GiB.
  static let largeBytes = 4 << 30
  private static let pieceBytes = 8 << 20
  private static let piecesAtOnce = 16

  /// Overwrites `order`, which holds each row once, by a shuffled one.
  static func shuffle(
    _ order: inout [Int], rowBytes: Int, largeBytes: Int = largeBytes, pieceBytes: Int = pieceBytes,
    using generator: inout some RandomNumberGenerator
  ) {
    let rows = order.count
    guard rows.multipliedReportingOverflow(by: max(1, rowBytes)).partialValue > largeBytes else {
      return order.shuffle(using: &generator)
    }
    let pieceRows = max(1, pieceBytes / max(1, rowBytes))
    let starts = stride(from: 0, to: rows, by: pieceRows).shuffled(using: &generator)
    order.removeAll(keepingCapacity: true)
    for first in stride(from: 0, to: starts.count, by: piecesAtOnce) {
      let window = order.count
      for start in starts[first..<min(first + piecesAtOnce, starts.count)] {
        order.append(contentsOf: start..<min(start + pieceRows, rows))
      }
      order[window...].shuffle(using: &generator)
    }
  }
}
