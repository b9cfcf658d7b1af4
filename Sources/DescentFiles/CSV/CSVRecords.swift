internal import Descent

/// The records of an input, one after the other, with their line numbers.
struct CSVRecords {
  let file: String
  /// How the records are split that are found next.
  var form: TextForm {
    get { record.form }
    set { record.form = newValue }
  }
  /// The line on which the next record starts.
  private(set) var line = 1
  /// The record that ``find()`` found.
  private(set) var record: CSVRecord
  private let window: RecordWindow
  private let greatestRecord: Int
  private var length = 0

  init(_ input: Input, _ form: TextForm, greatestRecord: Int, capacity: Int) {
    (file, self.greatestRecord) = (input.name, greatestRecord)
    window = RecordWindow(input, capacity: capacity, greatestRecord: greatestRecord)
    record = CSVRecord(form)
  }

  init(_ window: RecordWindow, file: String, _ form: TextForm, greatestRecord: Int) {
    (self.file, self.greatestRecord, self.window) = (file, greatestRecord, window)
    record = CSVRecord(form)
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

  /// The cells of up to `count` records behind the one that was found, as far as they are sound and not enormous.
  func peek(_ count: Int) throws(FileError) -> [[[UInt8]]] {
    try records(count, from: length, by: form)
  }

  /// Whether the record behind the one that was found, which has been peeked at, begins with a quote.
  var nextBeginsWithQuote: Bool {
    window.bytes[length...].first { !$0.isBlank && $0 != .newline && $0 != .carriageReturn } == .quote
  }

  /// The cells of up to `count` records from the one on that is found next, as another form splits them.
  func sample(_ count: Int, by form: TextForm) throws(FileError) -> [[[UInt8]]] {
    try records(count, from: 0, by: form)
  }

  private func records(_ count: Int, from offset: Int, by form: TextForm) throws(FileError) -> [[[UInt8]]] {
    var (rows, offset, record): ([[[UInt8]]], Int, CSVRecord) = ([], offset, CSVRecord(form))
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

  /// The byte to come; nil at the end.
  func firstByte() throws(FileError) -> UInt8? {
    while window.bytes.isEmpty { guard try window.refill() else { return nil } }
    return window.bytes[0]
  }

  /// The lines to come, up to `count` and not enormous, without what ends them.
  func lines(_ count: Int) throws(FileError) -> [[UInt8]] {
    while true {
      let bytes = window.bytes
      let lines = bytes.split(separator: .newline, maxSplits: count, omittingEmptySubsequences: false)
      // The last is not whole, or what is left.
      guard lines.count <= count, bytes.count < 1 << 20, try window.refill() else {
        return lines.dropLast().map { Array($0.last == .carriageReturn ? $0.dropLast() : $0) }
      }
    }
  }

  /// Moves on by so many lines, whatever they hold; false where there are fewer.
  mutating func skipLines(_ count: Int) throws(FileError) -> Bool {
    let last = line + count
    while line < last {
      while window.bytes.isEmpty { guard try window.refill() else { return false } }
      let bytes = window.bytes
      let end = bytes.firstIndex(of: .newline)
      window.consume(end.map { $0 + 1 } ?? bytes.count)
      if end != nil { line += 1 }
    }
    return true
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
