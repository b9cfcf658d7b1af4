internal import Descent

/// The records of an input, one after the other, with their line numbers.
struct CSVRecords {
  let file: String
  private(set) var delimiter: UInt8
  /// The line on which the next record starts.
  private(set) var line = 1
  /// The record that ``find()`` found.
  private(set) var record: CSVRecord
  private let window: RecordWindow
  private let greatestRecord: Int
  private var length = 0

  init(_ input: Input, delimiter: UInt8, greatestRecord: Int, capacity: Int) {
    (file, self.delimiter, self.greatestRecord) = (input.name, delimiter, greatestRecord)
    window = RecordWindow(input, capacity: capacity, greatestRecord: greatestRecord)
    record = CSVRecord(delimiter: delimiter)
  }

  init(_ window: RecordWindow, file: String, delimiter: UInt8, greatestRecord: Int) {
    (self.file, self.delimiter, self.greatestRecord, self.window) = (file, delimiter, greatestRecord, window)
    record = CSVRecord(delimiter: delimiter)
  }

  /// The bytes that have been read from the input and not been consumed.
  var rest: UnsafeBufferPointer<UInt8> { window.bytes }

  /// The first of the bytes that have not been consumed, which end with a NUL.
  var first: UnsafePointer<UInt8> { window.first }

  /// Moves on by a record of one line that ``CSVRow`` has read.
  mutating func consumeLine(_ length: Int) {
    window.consume(length)
    line += 1
  }

  /// Finds the next record that is not blank and splits it; false where there is none.
  mutating func find() throws(FileError) -> Bool {
    while true {
      switch record.split(window.bytes) {
      case .record(let end):
        length = end
        return true
      case .blank(let end):
        length = end
        consume()
      case .incomplete(let openQuote):
        if try window.refill() { continue }
        if window.isAtEnd { return false }
        if window.bytes.count > greatestRecord {
          throw failure(
            .line(line), "the row is longer than \(greatestRecord) bytes",
            "look for a quote that is not closed")
        }
        throw failure(.line(line + (openQuote ?? 0)), "a quote is opened and not closed", "close it")
      case .damaged(let problem, let remedy):
        throw damage(problem, remedy)
      }
    }
  }

  /// Splits the record that was found by another delimiter, if that makes as many fields, or one more; else as it was.
  mutating func isSplit(by other: UInt8, into count: Int) throws(FileError) -> Bool {
    var separated = self
    (separated.delimiter, separated.record) = (other, CSVRecord(delimiter: other))
    guard try separated.find(), count...count + 1 ~= separated.record.fields.count else { return false }
    self = separated
    return true
  }

  /// The cells of up to `count` records behind the one that was found, as far as they are sound and not enormous.
  func peek(_ count: Int) throws(FileError) -> [[[UInt8]]] {
    var (rows, offset, record): ([[[UInt8]]], Int, CSVRecord) = ([], length, CSVRecord(delimiter: delimiter))
    while rows.count < count {
      let rest = UnsafeBufferPointer(rebasing: window.bytes[offset...])
      switch record.split(rest) {
      case .record(let end):
        rows.append(record.fields.indices.map { record.text($0, of: rest) })
        offset += end
      case .blank(let end): offset += end
      case .incomplete: guard window.bytes.count < 1 << 20, try window.refill() else { return rows }
      case .damaged: return rows
      }
    }
    return rows
  }

  /// Moves on by the record that was found.
  mutating func consume() {
    window.consume(length)
    line += record.lines
  }

  /// The text of field `index` of the record that was found, unquoted.
  func text(_ index: Int) -> [UInt8] { record.text(index, of: window.bytes) }

  private func damage(_ problem: String, _ remedy: Phrase) -> FileError {
    let field = record.fields.last
    return failure(
      .cell(line: line + (field?.line ?? 0), column: record.fields.count, header: nil), problem, remedy)
  }

  private func failure(_ place: FileError.Place, _ problem: String, _ remedy: Phrase) -> FileError {
    FileError(.badData, file, at: place, problem, remedy: remedy)
  }
}
