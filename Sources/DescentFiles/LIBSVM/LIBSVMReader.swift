internal import Glibc

/// Reads LIBSVM rows one after the other: the one scanner behind the whole-file reader and the stream.
final class LIBSVMReader {
  /// More features than this are taken for a mistake: a model has a weight for each and each class.
  static let greatestIndex = 100_000_000
  /// The longest line that is read, in bytes.
  static let greatestLine = 1 << 28

  let file: String
  /// The line that the row read last stands on, from 1.
  private(set) var line = 0
  /// The label of the row read last, until the next is read; empty where there is none.
  private(set) var label = UnsafeBufferPointer<UInt8>(start: nil, count: 0)
  private(set) var rows = 0
  private let window: RecordWindow
  private let isSingle: Bool
  private let firstIndex: Int
  private let mayLackLabel: Bool
  /// Features that the model takes, and whether those beyond are left out.
  private let features: Int?
  private let dropsExtraFeatures: Bool
  private var consumed = 0
  private var starts = [0]
  private var indices: [Int32] = []
  private var values: [Double] = []
  private var columns = 0

  init(_ input: Input, _ options: DataOptions, isSingle: Bool) throws(FileError) {
    try CSVEncoding.check(input)
    (file, self.isSingle) = (input.name, isSingle)
    window = RecordWindow(input, greatestRecord: Self.greatestLine)
    firstIndex = options.isZeroBased ? 0 : 1
    mayLackLabel = options.ignoresTargets
    (features, dropsExtraFeatures) = (options.model?.features, options.dropsExtraFeatures)
  }

  /// The nonzeros read since the last call: a row's share of `indices`, from 0, and of `values` is between two
  /// `starts`. `columns` is one more than the highest index.
  func take() -> (starts: [Int], indices: [Int32], values: [Double], columns: Int) {
    defer { (starts, indices, values) = ([0], [], []) }
    return (starts, indices, values, columns)
  }

  /// Reads the next row; false at the end.
  ///
  /// - Throws: ``FileError`` for the first row that is not as it should be, and where there is no row at all.
  func next() throws(FileError) -> Bool {
    while true {
      window.consume(consumed)
      consumed = 0
      guard let end = try findLineEnd() else {
        if rows > 0 { return false }
        throw FileError(.badData, file, "has no rows", remedy: "check that it is the right file")
      }
      line += 1
      consumed = end + 1
      guard try readRow(window.first, window.first + end) else { continue }
      rows += 1
      starts.append(indices.count)
      return true
    }
  }

  /// Where the next line break stands; nil at the end of the input.
  private func findLineEnd() throws(FileError) -> Int? {
    while true {
      let bytes = window.bytes
      if let found = memchr(window.first, Int32(UInt8.newline), bytes.count) {
        return UnsafeRawPointer(found) - UnsafeRawPointer(window.first)
      }
      if try window.refill() { continue }
      guard !window.isAtEnd else { return nil }
      line += 1
      throw FileError(
        .badData, file, at: .line(line), "the line is longer than \(Self.greatestLine) bytes",
        remedy: "check that the file has line breaks")
    }
  }

  /// Reads the row from `start` to the line break at `end`; false where it is blank.
  private func readRow(_ start: UnsafePointer<UInt8>, _ end: UnsafePointer<UInt8>) throws(FileError) -> Bool {
    var p = start
    skipSpaces(&p)
    if isEnd(p, end) { return try checkRest(p, start, end) }
    label = UnsafeBufferPointer(start: p, count: 0)
    let first = token(p, end)
    if first.contains(UInt8(ascii: ":")) {
      guard mayLackLabel else {
        throw failure(
          p, start, "\(quoted(first)) stands where the label belongs", "begin each row with its label")
      }
    } else {
      label = first
      p += first.count
    }
    var last = -1
    skipSpaces(&p)
    while !isEnd(p, end) {
      try readFeature(&p, start, end, &last)
      skipSpaces(&p)
    }
    _ = try checkRest(p, start, end)
    return true
  }

  /// Reads `index:value`.
  @inline(__always)
  private func readFeature(
    _ p: inout UnsafePointer<UInt8>, _ start: UnsafePointer<UInt8>, _ end: UnsafePointer<UInt8>,
    _ last: inout Int
  ) throws(FileError) {
    let begin = p
    var index = 0
    while p.pointee &- 48 < 10 {
      index = min(index * 10 + Int(p.pointee &- 48), 1 << 50)
      p += 1
    }
    guard p > begin, p.pointee == UInt8(ascii: ":") else { throw badIndex(begin, start, end) }
    p += 1
    let number = p
    guard var value = DecimalNumber.scan(&p), isSpace(p.pointee) || isEnd(p, end) else {
      throw badValue(begin, number, start, end)
    }
    if isSingle { value = DecimalNumber.roundedOnce(value, number, p) }
    guard value.isFinite, !isSingle || Float(value).isFinite else {
      throw failure(
        number, start, "'\(text(number, p))' is too large for \(isSingle ? "single" : "double") precision",
        isSingle ? "use double precision or scale the features down" : "scale the features down")
    }
    index -= firstIndex
    guard index > last, index < Self.greatestIndex else { throw badOrder(index, last, begin, start) }
    last = index
    if let features, index >= features {
      if dropsExtraFeatures { return }
      throw failure(
        begin, start, "there is a feature \(index + firstIndex), and the model takes \(features) features",
        "leave such features out with --drop-extra-features, or train on data that have them")
    }
    columns = max(columns, index + 1)
    guard value != 0 else { return }
    indices.append(Int32(truncatingIfNeeded: index))
    values.append(value)
  }

  @inline(__always) private func isSpace(_ byte: UInt8) -> Bool { byte == .space || byte == 9 }

  /// Whether the row ends at `p`: by a line break, with a carriage return before it or not, or by a comment.
  @inline(__always)
  private func isEnd(_ p: UnsafePointer<UInt8>, _ end: UnsafePointer<UInt8>) -> Bool {
    p >= end || p.pointee == UInt8(ascii: "#") || p.pointee == 13 && p + 1 == end
  }

  @inline(__always) private func skipSpaces(_ p: inout UnsafePointer<UInt8>) {
    while isSpace(p.pointee) { p += 1 }
  }

  private func token(_ p: UnsafePointer<UInt8>, _ end: UnsafePointer<UInt8>) -> UnsafeBufferPointer<UInt8> {
    var q = p
    while !isSpace(q.pointee), !isEnd(q, end) { q += 1 }
    return UnsafeBufferPointer(start: p, count: q - p)
  }

  /// A comment may hold anything but NUL, which no text has. Returns false.
  private func checkRest(
    _ p: UnsafePointer<UInt8>, _ start: UnsafePointer<UInt8>, _ end: UnsafePointer<UInt8>
  ) throws(FileError) -> Bool {
    guard let zero = UnsafeBufferPointer(start: p, count: max(0, end - p)).firstIndex(of: 0) else {
      return false
    }
    throw failure(p + zero, start, "there is a NUL byte", "check that it is a text file")
  }
}

extension LIBSVMReader {
  private func text(_ p: UnsafePointer<UInt8>, _ end: UnsafePointer<UInt8>) -> String {
    escaped(String(decoding: UnsafeBufferPointer(start: p, count: end - p), as: UTF8.self), limit: 40)
  }

  private func badIndex(
    _ begin: UnsafePointer<UInt8>, _ start: UnsafePointer<UInt8>, _ end: UnsafePointer<UInt8>
  ) -> FileError {
    let token = token(begin, end)
    if token.starts(with: Array("qid:".utf8)) {
      return failure(begin, start, "\(quoted(token)) is for ranking, which is not supported", "leave qid out")
    }
    let remedy = "write index:value, the index a whole number from \(firstIndex)"
    return failure(
      begin, start,
      token.contains(0) ? "there is a NUL byte" : "\(quoted(token)) is not a feature such as '3:0.5'", remedy)
  }

  private func badValue(
    _ begin: UnsafePointer<UInt8>, _ number: UnsafePointer<UInt8>, _ start: UnsafePointer<UInt8>,
    _ end: UnsafePointer<UInt8>
  ) -> FileError {
    let (whole, value) = (token(begin, end), token(number, end))
    if CSVCell(value).isMissing, !value.isEmpty {
      return failure(
        number, start, "\(quoted(value)) is not a finite number", "write a number or remove the row")
    }
    return failure(
      number, start, "the value of \(quoted(whole)) is \(value.isEmpty ? "missing" : "not a number")",
      "write index:value without spaces, the value a decimal number")
  }

  private func badOrder(
    _ index: Int, _ last: Int, _ begin: UnsafePointer<UInt8>, _ start: UnsafePointer<UInt8>
  ) -> FileError {
    let written = index + firstIndex
    if index < 0 { return failure(begin, start, "index 0, where indices count from 1", "give --zero-based") }
    if index >= Self.greatestIndex {
      return failure(
        begin, start, "the index is greater than \(Self.greatestIndex), the most that is read",
        "number the features without holes")
    }
    let problem =
      index == last ? "index \(written) comes twice" : "index \(written) comes after \(last + firstIndex)"
    return failure(begin, start, problem, "list each feature once, by ascending index")
  }

  /// What is wrong at `p` in the line that begins at `start`.
  private func failure(
    _ p: UnsafePointer<UInt8>, _ start: UnsafePointer<UInt8>, _ problem: String, _ remedy: String
  ) -> FileError {
    FileError(
      .badData, file, at: .cell(line: line, column: p - start + 1, header: nil), problem, remedy: remedy)
  }

  /// What is wrong with the label of the row that was read last.
  func failure(_ problem: String, _ remedy: String) -> FileError {
    FileError(.badData, file, at: .line(line), problem, remedy: remedy)
  }
}
