internal import Descent

/// Reads a row of LIBSVM: how its features are counted, and which of them are taken.
struct LIBSVMScanner: Sendable {
  /// More features than this are taken for a mistake: a model has a weight for each and each class.
  static let greatestIndex = 100_000_000

  let file: String
  /// Whether a value that `Float` cannot hold is an error.
  let isSingle: Bool
  /// Whether the values will be rounded to `Float`.
  let isRounding: Bool
  let firstIndex: Int
  let mayLackLabel: Bool
  /// Features that the model takes, and whether those beyond are left out.
  let features: Int?
  let dropsExtraFeatures: Bool

  init(file: String, _ options: DataOptions, isSingle: Bool, isRounding: Bool) {
    (self.file, self.isSingle, self.isRounding) = (file, isSingle, isRounding)
    firstIndex = options.isZeroBased ?? options.model?.reading.isZeroBased ?? false ? 0 : 1
    mayLackLabel = options.ignoresTargets
    (features, dropsExtraFeatures) = (options.model?.features, options.dropsExtraFeatures)
  }

  /// Where a row stands.
  struct Line {
    let number: Int
    let start: UnsafePointer<UInt8>
    /// The line break.
    let end: UnsafePointer<UInt8>
  }

  /// Reads the row from `start` to the line break at `end`, and adds its nonzeros; nil where it is blank.
  ///
  /// - Returns: The label, empty where there is none, and one more than the highest index.
  func scan(
    _ start: UnsafePointer<UInt8>, _ end: UnsafePointer<UInt8>, line: Int, into nonzeros: NonzeroBuffer
  ) throws(FileError) -> (label: UnsafeBufferPointer<UInt8>, columns: Int)? {
    let line = Line(number: line, start: start, end: end)
    var p = start
    skipSpaces(&p)
    if isEnd(p, end) {
      try checkRest(p, line)
      return nil
    }
    var label = token(p, end)
    if label.contains(UInt8(ascii: ":")) {
      guard mayLackLabel else { throw labelMissing(label, line) }
      label = UnsafeBufferPointer(start: p, count: 0)
    }
    p += label.count
    let room = nonzeros.room(for: (end - p) / NonzeroBuffer.leastBytes + 1)
    var (count, last) = (0, -1)
    skipSpaces(&p)
    while !isEnd(p, end) {
      try scanFeature(&p, line, room, &count, &last)
      skipSpaces(&p)
    }
    try checkRest(p, line)
    nonzeros.add(count)
    return (label, last + 1)
  }

  /// Reads `index:value`; `last` is the index that came before it.
  @inline(__always)
  private func scanFeature(
    _ p: inout UnsafePointer<UInt8>, _ line: Line, _ room: NonzeroBuffer.Room, _ count: inout Int,
    _ last: inout Int
  ) throws(FileError) {
    let begin = p
    guard let written = scanIndex(&p) else { throw badIndex(begin, line) }
    let number = p
    guard var value = DecimalNumber.scan(&p), isSpace(p.pointee) || isEnd(p, line.end) else {
      throw badValue(begin, number, line)
    }
    if isRounding { value = DecimalNumber.roundedOnce(value, number, p) }
    guard value.isFinite, !isSingle || Float(value).isFinite else { throw tooLarge(number, p, line) }
    let index = written - firstIndex
    guard index > last, index < Self.greatestIndex else { throw badOrder(index, last, begin, line) }
    last = index
    if let features, index >= features {
      if dropsExtraFeatures { return }
      throw extraFeature(written, of: features, begin, line)
    }
    guard value != 0 else { return }
    room.indices[count] = Int32(truncatingIfNeeded: index)
    room.values[count] = value
    count += 1
  }

  /// Reads the digits before a colon, and the colon; nil where they are not there.
  @inline(__always)
  private func scanIndex(_ p: inout UnsafePointer<UInt8>) -> Int? {
    let begin = p
    var index = 0
    while p.pointee &- 48 < 10 {
      index = index &* 10 &+ Int(p.pointee &- 48)
      p += 1
    }
    guard p > begin, p.pointee == UInt8(ascii: ":") else { return nil }
    p += 1
    // More digits than an Int surely holds: they count as many, unless zeros stand in front.
    return p - begin <= 19
      ? index
      : UnsafeBufferPointer(start: begin, count: p - 1 - begin).reduce(0) { sum, digit in
        min(sum * 10 + Int(digit - 48), 1 << 50)
      }
  }
}

extension LIBSVMScanner {
  @inline(__always) private func isSpace(_ byte: UInt8) -> Bool { byte == .space || byte == 9 }

  /// Whether the row ends at `p`: by a line break, with a carriage return before it or not, or by a comment.
  @inline(__always)
  private func isEnd(_ p: UnsafePointer<UInt8>, _ end: UnsafePointer<UInt8>) -> Bool {
    p >= end || p.pointee == UInt8(ascii: "#") || p.pointee == 13 && p + 1 == end
  }

  @inline(__always) private func skipSpaces(_ p: inout UnsafePointer<UInt8>) {
    while isSpace(p.pointee) { p += 1 }
  }

  func token(_ p: UnsafePointer<UInt8>, _ end: UnsafePointer<UInt8>) -> UnsafeBufferPointer<UInt8> {
    var q = p
    while !isSpace(q.pointee), !isEnd(q, end) { q += 1 }
    return UnsafeBufferPointer(start: p, count: q - p)
  }

  /// A comment may hold anything but NUL, which no text has.
  private func checkRest(_ p: UnsafePointer<UInt8>, _ line: Line) throws(FileError) {
    guard p < line.end, let zero = UnsafeBufferPointer(start: p, count: line.end - p).firstIndex(of: 0) else {
      return
    }
    throw failure(p + zero, line, "there is a NUL byte", "check that it is a text file")
  }
}
