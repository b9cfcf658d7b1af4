/// Reads rows of finite numbers, and of at most one text, in one pass over their bytes.
///
/// It knows nothing of blank lines, line breaks in quotes, or errors: it declines what is not plain, and
/// ``CSVRecord`` looks at that with care.
struct CSVRow {
  let delimiter: UInt8
  let columns: Int
  /// The column that holds text; -1 for none.
  let textColumn: Int
  /// Whether the numbers are to be rounded to `Float`.
  let isSingle: Bool

  /// Reads the row at `start`: its numbers to `numbers`, one a column but the text's, its text to `text`.
  ///
  /// - Returns: Where the next row starts; nil where this one is not plain or not whole. The bytes must end
  ///   with a NUL.
  func scan(
    _ start: UnsafePointer<UInt8>, numbers: UnsafeMutablePointer<Double>,
    text: inout UnsafeBufferPointer<UInt8>
  ) -> UnsafePointer<UInt8>? {
    var (p, numbers) = (start, numbers)
    for column in 0..<columns {
      if column == textColumn {
        guard let found = scanText(&p) else { return nil }
        text = found
      } else {
        guard let number = scanNumber(&p) else { return nil }
        numbers.pointee = number
        numbers += 1
      }
      guard column < columns - 1 else { break }
      guard p.pointee == delimiter else { return nil }
      p += 1
    }
    if p.pointee == .carriageReturn { p += 1 }
    return p.pointee == .newline ? p + 1 : nil
  }

  @inline(__always)
  private func scanNumber(_ p: inout UnsafePointer<UInt8>) -> Double? {
    // Many tables hold short whole numbers; one that goes on behind its digits is read again from its start.
    var (q, value) = (p, 0 as Int64)
    while case let digit = q.pointee &- UInt8(ascii: "0"), digit < 10 {
      value = value &* 10 &+ Int64(digit)
      q += 1
    }
    if q.pointee == delimiter || q.pointee == .newline, q != p, q - p <= 15 {
      p = q
      return Double(value)
    }
    while p.pointee == .space { p += 1 }
    let start = p
    guard let number = DecimalNumber.scan(&p), number.isFinite else { return nil }
    let end = p
    while p.pointee == .space { p += 1 }
    return isSingle ? DecimalNumber.roundedOnce(number, start, end) : number
  }

  @inline(__always)
  private func scanText(_ p: inout UnsafePointer<UInt8>) -> UnsafeBufferPointer<UInt8>? {
    while p.pointee == .space { p += 1 }
    let isQuoted = p.pointee == .quote
    if isQuoted { p += 1 }
    let start = p
    // Control characters, among them the NUL at the end, are left to the other reader.
    while p.pointee >= .space, p.pointee != .quote, isQuoted || p.pointee != delimiter { p += 1 }
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
