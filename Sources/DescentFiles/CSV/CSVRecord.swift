internal import Descent

/// One record of a table, split into its fields with care: quotes, line breaks inside them, both line ends, comments.
///
/// This is the reader that decides what is right. ``CSVRow`` is the fast one for rows without surprises.
struct CSVRecord {
  /// A field's text, as offsets from the record's first byte, without the quotes around it.
  struct Field {
    var range: Range<Int>
    var isQuoted: Bool
    /// The line it starts on, counted from the record's first.
    var line: Int
  }

  enum Outcome {
    /// A record that ends, with its line break, at this offset.
    case record(end: Int)
    /// A line without a byte.
    case blank(end: Int)
    /// The bytes end before the record does, inside a quote that was opened on this line, if in one.
    case incomplete(openQuote: Int?)
    case damaged(problem: String, remedy: Phrase)
  }

  /// The most fields that a row may have: what a file of another kind may seem to hold takes no memory.
  static let greatestFieldCount = 1 << 22

  var form: TextForm
  private(set) var fields: [Field] = []
  /// The lines that the record took.
  private(set) var lines = 0

  init(_ form: TextForm) { self.form = form }

  /// Splits the record that starts `bytes`. After `damaged` the last of ``fields`` is the one at fault.
  mutating func split(_ bytes: UnsafeBufferPointer<UInt8>) -> Outcome {
    fields.removeAll(keepingCapacity: true)
    lines = 0
    var i = 0
    if form.hasBlanks { return splitAtBlanks(bytes) }
    while true {
      if let outcome = scanField(bytes, &i) { return outcome }
      guard bytes[i] == form.delimiter else { return endOfRecord(bytes, i) }
      guard fields.count < Self.greatestFieldCount else { return Self.tooManyFields }
      i += 1
    }
  }

  /// The same where runs of blanks separate fields, and may stand at both ends of the line.
  private mutating func splitAtBlanks(_ bytes: UnsafeBufferPointer<UInt8>) -> Outcome {
    var i = 0
    while true {
      let start = i
      while i < bytes.count, bytes[i].isBlank { i += 1 }
      guard i < bytes.count else { return .incomplete(openQuote: nil) }
      if let end = form.endOfComment(bytes, at: i) { i = end }
      guard i < bytes.count else { return .incomplete(openQuote: nil) }
      if bytes[i] == .newline || bytes[i] == .carriageReturn { return endOfRecord(bytes, i) }
      guard i > start || fields.isEmpty else { return endOfRecord(bytes, i) }
      guard fields.count < Self.greatestFieldCount else { return Self.tooManyFields }
      if bytes[i] == .quote {
        i += 1
        if let problem = scanQuoted(bytes, &i) { return problem }
      } else if let problem = scanBare(bytes, &i) {
        return problem
      }
    }
  }

  /// What comes of a record behind whose last field stands `i`.
  private mutating func endOfRecord(_ bytes: UnsafeBufferPointer<UInt8>, _ i: Int) -> Outcome {
    switch bytes[i] {
    case .newline: return finished(i + 1)
    case .carriageReturn:
      guard i + 1 < bytes.count else { return .incomplete(openQuote: nil) }
      guard bytes[i + 1] == .newline else {
        return .damaged(
          problem: "a carriage return without a line feed",
          remedy: "end the lines by LF or CR LF, for example by mac2unix")
      }
      return finished(i + 2)
    default:
      return .damaged(
        problem: "text after the closing quote of a field",
        remedy: Self.others.contains(bytes[i])
          ? TableForm.Delimiter(bytes[i]).remedy
          : "double the quotes inside a quoted field")
    }
  }

  /// Adds the field that starts at `i` and moves to what follows it; an outcome where nothing does.
  private mutating func scanField(_ bytes: UnsafeBufferPointer<UInt8>, _ i: inout Int) -> Outcome? {
    // Spaces may stand around a quoted field, and belong to one that is not.
    let start = i
    while i < bytes.count, bytes[i] == .space { i += 1 }
    guard i < bytes.count else { return .incomplete(openQuote: nil) }
    let problem: Outcome?
    if bytes[i] == .quote {
      i += 1
      problem = scanQuoted(bytes, &i)
      while i < bytes.count, bytes[i] == .space { i += 1 }
      if i < bytes.count, let end = form.endOfComment(bytes, at: i) { i = end }
    } else {
      i = start
      problem = scanBare(bytes, &i)
    }
    return problem ?? (i < bytes.count ? nil : .incomplete(openQuote: nil))
  }

  /// Adds the field behind an opening quote and moves behind its closing one.
  private mutating func scanQuoted(_ bytes: UnsafeBufferPointer<UInt8>, _ i: inout Int) -> Outcome? {
    let (start, line) = (i, lines)
    while i < bytes.count {
      switch bytes[i] {
      case .quote:
        guard i + 1 < bytes.count, bytes[i + 1] == .quote else {
          fields.append(Field(range: start..<i, isQuoted: true, line: line))
          i += 1
          return nil
        }
        i += 1
      case .newline: lines += 1
      case 0: return damaged(start..<i, line, Self.nul)
      default: break
      }
      i += 1
    }
    return .incomplete(openQuote: line)
  }

  /// Adds the field that ends before the next delimiter, comment or line end, and moves behind the comment, if there is one.
  private mutating func scanBare(_ bytes: UnsafeBufferPointer<UInt8>, _ i: inout Int) -> Outcome? {
    let start = i
    while i < bytes.count, bytes[i] != form.delimiter, bytes[i] != .newline, bytes[i] != .carriageReturn {
      if form.hasBlanks, bytes[i] == .tab { break }
      if let end = form.endOfComment(bytes, at: i) {
        let text = bytes[start..<i].lastIndex { !$0.isBlank }.map { $0 + 1 } ?? start
        fields.append(Field(range: start..<text, isQuoted: false, line: lines))
        i = end
        return nil
      }
      if bytes[i] == .quote { return damaged(start..<i, lines, Self.quoteInside) }
      if bytes[i] == 0 { return damaged(start..<i, lines, Self.nul) }
      i += 1
    }
    fields.append(Field(range: start..<i, isQuoted: false, line: lines))
    return nil
  }

  private mutating func finished(_ end: Int) -> Outcome {
    lines += 1
    let isBlank = fields.isEmpty || fields.count == 1 && fields[0].range.isEmpty && !fields[0].isQuoted
    return isBlank ? .blank(end: end) : .record(end: end)
  }

  private mutating func damaged(_ range: Range<Int>, _ line: Int, _ outcome: Outcome) -> Outcome {
    fields.append(Field(range: range, isQuoted: false, line: line))
    return outcome
  }

  private static let others = Array(",;\t|".utf8)

  private static let tooManyFields = Outcome.damaged(
    problem: "the row has more than \(greatestFieldCount) fields", remedy: "check the format")

  private static let nul = Outcome.damaged(
    problem: "a NUL byte", remedy: "the file is not text in UTF-8: check its format and encoding")

  private static let quoteInside = Outcome.damaged(
    problem: "a quote inside an unquoted field",
    remedy: "put the whole field in quotes and double the quotes inside it")

  /// The bytes of field `index`, spaces around it cut unless it was quoted, doubled quotes halved.
  func text(_ index: Int, of bytes: UnsafeBufferPointer<UInt8>) -> [UInt8] {
    let field = fields[index]
    var text = bytes[field.range]
    guard field.isQuoted else {
      while text.first == .space { text.removeFirst() }
      while text.last == .space { text.removeLast() }
      return Array(text)
    }
    var result: [UInt8] = []
    result.reserveCapacity(text.count)
    while let byte = text.popFirst() {
      result.append(byte)
      if byte == .quote { text.removeFirst() }
    }
    return result
  }
}
