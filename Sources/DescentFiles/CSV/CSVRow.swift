/// Reads rows of numbers, and of texts in some columns, in one pass over their bytes.
///
/// It knows nothing of blank lines, line breaks in quotes, or errors: it declines what is not plain, and
/// ``CSVRecord`` looks at that with care.
struct CSVRow {
  let form: TextForm
  let columns: Int
  /// A column of which something else is read than a number.
  struct Other {
    let column: Int
    let use: CSVLayout.Use
  }
  /// These columns, in order.
  let others: [Other]
  /// Whether the numbers are to be rounded to `Float`.
  let isSingle: Bool
  let missing: MissingCells

  var delimiter: UInt8 { form.delimiter }

  /// Reads the row at `start`: its numbers to `numbers`, one a column of features, its texts to `texts`, both in the order of the columns.
  ///
  /// - Parameters:
  ///   - lacking: Counts the numbers that are missing, where they may be: they are NaN.
  ///   - truths: Knows and learns the columns that say numbers by words.
  ///   - line: That of the row, and `row` its number.
  /// - Returns: Where the next row starts; nil where this one is not plain or not whole. The bytes must end
  ///   with a NUL.
  func scan(
    _ start: UnsafePointer<UInt8>, numbers: UnsafeMutablePointer<Double>,
    texts: UnsafeMutablePointer<UnsafeBufferPointer<UInt8>>, lacking: inout Int,
    truths: UnsafeMutablePointer<TruthColumns>, line: Int, row: Int
  ) -> UnsafePointer<UInt8>? {
    // Settled once for a file: what most have is a loop of its own.
    form.isPlain
      ? scan(start, numbers, texts, &lacking, truths, line, row, isPlain: true)
      : scan(start, numbers, texts, &lacking, truths, line, row, isPlain: false)
  }

  @inline(__always)
  private func scan(
    _ start: UnsafePointer<UInt8>, _ numbers: UnsafeMutablePointer<Double>,
    _ texts: UnsafeMutablePointer<UnsafeBufferPointer<UInt8>>, _ lacking: inout Int,
    _ truths: UnsafeMutablePointer<TruthColumns>, _ line: Int, _ row: Int, isPlain: Bool
  ) -> UnsafePointer<UInt8>? {
    // A comment; without any, the NUL at the end.
    guard start.pointee != form.comment else { return nil }
    var (p, numbers, text) = (start, numbers, 0)
    var (other, next) = (0, others.first?.column ?? -1)
    for column in 0..<columns {
      // Between blanks no field is empty: a row that ends here has too few.
      if !isPlain, form.hasBlanks, !skipBlanks(&p) { return nil }
      if column == next {
        switch others[other].use {
        case .nothing: guard skip(&p) else { return nil }
        case .text, .category:
          guard let found = scanText(&p) else { return nil }
          texts[text] = found
          text += 1
          if others[other].use == .category { numbers += 1 }
        case .number, .keptNumber:
          let start = p
          guard let number = scanFeature(&p, column, &lacking, truths, line, row, isPlain) else { return nil }
          numbers.pointee = number
          numbers += 1
          texts[text] = Self.trimmed(start, p)
          text += 1
        }
        other += 1
        next = other < others.count ? others[other].column : -1
      } else {
        guard let number = scanFeature(&p, column, &lacking, truths, line, row, isPlain) else { return nil }
        numbers.pointee = number
        numbers += 1
      }
      guard column < columns - 1 else { break }
      guard p.pointee == delimiter || !isPlain && form.hasBlanks && p.pointee == .tab else { return nil }
      p += 1
    }
    if !isPlain, !skipEmptyFields(&p) { return nil }
    if p.pointee == .carriageReturn { p += 1 }
    return p.pointee == .newline ? p + 1 : nil
  }

  /// A number, or a word that stands for one.
  @inline(__always)
  private func scanFeature(
    _ p: inout UnsafePointer<UInt8>, _ column: Int, _ lacking: inout Int,
    _ truths: UnsafeMutablePointer<TruthColumns>, _ line: Int, _ row: Int, _ isPlain: Bool
  ) -> Double? {
    (isPlain ? scanNumber(&p) : scanSpelling(&p)) ?? scanWord(&p, column, &lacking, truths, line, row)
  }

  @inline(never)
  private func scanWord(
    _ p: inout UnsafePointer<UInt8>, _ column: Int, _ lacking: inout Int,
    _ truths: UnsafeMutablePointer<TruthColumns>, _ line: Int, _ row: Int
  ) -> Double? {
    var end = p
    while end.pointee >= .space, end.pointee != .quote, end.pointee != delimiter { end += 1 }
    // What has no end yet may be the beginning of another word.
    // Between blanks no field is empty.
    guard end.pointee != 0, end > p || !form.hasBlanks else { return nil }
    let cell = UnsafeBufferPointer(start: p, count: end - p)
    guard let number = missing.number(of: cell, column, &truths.pointee, line: line, row: row) else {
      return nil
    }
    p = end
    if number.isNaN { lacking += 1 }
    return number
  }

  /// A short number of digits alone, which every spelling has in common.
  @inline(__always)
  private func scanWhole(_ p: inout UnsafePointer<UInt8>) -> Double? {
    var (q, value) = (p, 0 as Int64)
    while case let digit = q.pointee &- UInt8(ascii: "0"), digit < 10 {
      value = value &* 10 &+ Int64(digit)
      q += 1
    }
    guard q.pointee == delimiter || q.pointee == .newline, q != p, q - p <= 15 else { return nil }
    p = q
    return Double(value)
  }

  @inline(__always)
  private func scanNumber(_ p: inout UnsafePointer<UInt8>) -> Double? {
    // Many tables hold short whole numbers; one that goes on behind its digits is read again from its start.
    if let whole = scanWhole(&p) { return whole }
    var q = p
    while q.pointee == .space { q += 1 }
    let start = q
    guard let number = DecimalNumber.scan(&q), number.isFinite else { return nil }
    let end = q
    while q.pointee == .space { q += 1 }
    p = q
    return isSingle ? DecimalNumber.roundedOnce(number, start, end) : number
  }

  /// Moves behind a cell that is not read; false where it is not plain.
  @inline(__always)
  private func skip(_ p: inout UnsafePointer<UInt8>) -> Bool {
    while p.pointee == .space { p += 1 }
    guard p.pointee == .quote else {
      while p.pointee >= .space, p.pointee != .quote, p.pointee != delimiter, p.pointee != form.comment {
        p += 1
      }
      return true
    }
    repeat {
      p += 1
      while p.pointee >= .space, p.pointee != .quote { p += 1 }
      guard p.pointee == .quote else { return false }
      p += 1
      // Two quotes in a row are one of the text's.
    } while p.pointee == .quote
    while p.pointee == .space { p += 1 }
    return true
  }

  /// The bytes of a cell without spaces around them.
  private static func trimmed(
    _ start: UnsafePointer<UInt8>, _ end: UnsafePointer<UInt8>
  ) -> UnsafeBufferPointer<UInt8> {
    var (start, end) = (start, end)
    while start < end, start.pointee == .space { start += 1 }
    while end > start, end[-1] == .space { end -= 1 }
    return UnsafeBufferPointer(start: start, count: end - start)
  }

  @inline(__always)
  private func scanText(_ p: inout UnsafePointer<UInt8>) -> UnsafeBufferPointer<UInt8>? {
    while p.pointee == .space { p += 1 }
    let isQuoted = p.pointee == .quote
    if isQuoted { p += 1 }
    let start = p
    // Control characters, among them the NUL at the end, are left to the other reader.
    while p.pointee >= .space, p.pointee != .quote,
      isQuoted || p.pointee != delimiter && p.pointee != form.comment
    {
      p += 1
    }
    var end = p
    if isQuoted {
      guard p.pointee == .quote else { return nil }
      p += 1
      while p.pointee == .space { p += 1 }
    } else {
      while end > start, end[-1] == .space { end -= 1 }
    }
    return UnsafeBufferPointer(start: start, count: end - start)
  }
}

/// What fewer tables have: blanks between the fields, numbers that are spelt otherwise, empty fields at the rows' ends.
extension CSVRow {
  /// Moves behind blanks; false where the line ends there.
  private func skipBlanks(_ p: inout UnsafePointer<UInt8>) -> Bool {
    while p.pointee.isBlank { p += 1 }
    return p.pointee > .space
  }

  /// Moves behind what follows the last column; false where that is something else.
  private func skipEmptyFields(_ p: inout UnsafePointer<UInt8>) -> Bool {
    if form.hasBlanks { _ = skipBlanks(&p) }
    for _ in 0..<form.emptyFields {
      guard p.pointee == delimiter else { return false }
      p += 1
      while p.pointee == .space { p += 1 }
    }
    return true
  }

  private func scanSpelling(_ p: inout UnsafePointer<UInt8>) -> Double? {
    if let whole = scanWhole(&p) { return whole }
    guard let spelling = form.numbers else { return form.hasBlanks ? scanBareNumber(&p) : scanNumber(&p) }
    var end = p
    while end.pointee >= .space, end.pointee != .quote, end.pointee != delimiter { end += 1 }
    let cell = UnsafeBufferPointer(start: p, count: end - p)
    guard let number = spelling.number(cell, isSingle: isSingle), number.isFinite else { return nil }
    p = end
    return number
  }

  /// A number whose end is not looked at.
  private func scanBareNumber(_ p: inout UnsafePointer<UInt8>) -> Double? {
    let start = p
    guard let number = DecimalNumber.scan(&p), number.isFinite else {
      p = start
      return nil
    }
    return isSingle ? DecimalNumber.roundedOnce(number, start, p) : number
  }
}
