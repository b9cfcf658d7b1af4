internal import Descent
internal import LinearAlgebra

/// The rows of a table of text whose parts are read on all cores, some ahead of who asks.
struct TableRowParts<Element: KernelScalar & StoredNumber> {
  /// Rows, and the lines that they took.
  private typealias Part = (rows: TableRows<Element>, lines: Int)

  private let queue: PartQueue<Part>
  private let columns: Int
  /// Those that were read and not all given yet.
  private var current = TableRows<Element>()
  private var start = 0
  private var lines: Int
  private var isAtEnd = false

  /// - Parameters:
  ///   - table: The reader of the table, which has read its header.
  ///   - first: What gathers its rows by what a model knows: it finds no classes nor categories.
  init(
    _ input: Input, _ table: CSVReader, like first: TableRowGathering<Element>, threads: Int?, chunkSize: Int
  ) {
    (columns, lines) = (table.layout.features, table.linesRead)
    let splitter = RecordSplitter(
      input, rest: Array(table.rest), chunkSize: chunkSize, greatestRecord: CSVReader.greatestRecord,
      hasQuotes: true, comment: table.textForm.comment)
    nonisolated(unsafe) let (table, first) = (table, first)  // read and not changed
    queue = PartQueue(splitter, threads: threads) { chunk in
      let bytes = chunk.bytes.count
      let reader = CSVReader(chunk, of: table)
      var gathering = TableRowGathering(reader, like: first)
      // Rows of two bytes a cell, which few are as short as: what is not written to takes no memory.
      let rows = gathering.next(.max, expected: bytes / max(2, 2 * table.layout.columns))
      return (rows, reader.linesRead)
    }
  }

  /// The next `count` rows; fewer at the end, or where one is not as it should be.
  mutating func next(_ count: Int) -> TableRows<Element> {
    var rows = TableRows<Element>()
    rows.elements.reserveCapacity(min(count, 1 << 10) * columns)
    while rows.count < count {
      if start == current.count {
        if let failure = current.failure {
          rows.failure = failure
          break
        }
        guard !isAtEnd else { break }
        advance()
        (rows.droppedRows, rows.unseenCategories) = (
          rows.droppedRows + current.droppedRows, rows.unseenCategories + current.unseenCategories
        )
        continue
      }
      let end = min(current.count, start + count - rows.count)
      rows.append(current, start..<end, columns: columns)
      start = end
    }
    return rows
  }

  /// Takes the part that follows.
  private mutating func advance() {
    (current, start) = (TableRows(), 0)
    do throws(FileError) {
      guard let part = try queue.next() else { return isAtEnd = true }
      current = part.rows
      current.failure = part.rows.failure?.movedDown(by: lines)
      lines += part.lines
    } catch {
      current.failure = error
    }
  }
}
