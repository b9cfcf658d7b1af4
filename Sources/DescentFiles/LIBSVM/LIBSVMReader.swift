internal import Descent
internal import Glibc

/// Reads LIBSVM rows one after the other: the one reader behind the whole file's parts and the stream.
struct LIBSVMReader {
  /// The longest line that is read, in bytes.
  static let greatestLine = 1 << 28

  let scanner: LIBSVMScanner
  /// The line that the row read last stands on, from 1.
  private(set) var line = 0
  /// The label of the row read last, until the next is read; empty where there is none.
  private(set) var label = UnsafeBufferPointer<UInt8>(start: nil, count: 0)
  private(set) var rows = 0
  private let window: RecordWindow
  /// Whether there must be rows.
  private let isWhole: Bool
  private var consumed = 0
  let nonzeros: NonzeroBuffer
  /// Where each row's nonzeros end.
  private(set) var ends: [Int32] = []
  /// One more than the highest index.
  private(set) var columns = 0

  /// A reader of the rows of `input`, whose values will be rounded to `Float` if `isSingle`.
  init(_ input: Input, _ options: DataOptions, isSingle: Bool) throws(FileError) {
    try CSVEncoding.check(input)
    scanner = LIBSVMScanner(
      file: input.name, options, isSingle: isSingle || options.refusesBeyondSingle, isRounding: isSingle)
    window = RecordWindow(input, greatestRecord: Self.greatestLine)
    nonzeros = NonzeroBuffer()
    isWhole = true
  }

  /// A reader of the rows in `chunk` alone. Their lines are counted from 1.
  ///
  /// - Parameters:
  ///   - nonzeros: Where they are written to, from its start.
  ///   - expectedRows: Room is made for so many.
  init(
    _ chunk: RecordWindow, _ scanner: LIBSVMScanner, into nonzeros: NonzeroBuffer, expectedRows: Int
  ) {
    (window, self.scanner, isWhole, self.nonzeros) = (chunk, scanner, false, nonzeros)
    // As many as there can be: what is not written to takes no memory.
    nonzeros.restart(capacity: chunk.bytes.count / NonzeroBuffer.leastBytes + 1)
    ends.reserveCapacity(expectedRows)
  }

  /// The nonzeros of the rows read since the last call.
  mutating func take() -> Nonzeros {
    defer { ends = [] }
    let (indices, values) = nonzeros.take()
    return Nonzeros(ends: ends, indices: indices, values: values)
  }

  /// Reads the next row; false at the end.
  ///
  /// - Throws: ``FileError`` for the first row that is not as it should be, and where there is no row at all.
  mutating func next() throws(FileError) -> Bool {
    while true {
      window.consume(consumed)
      consumed = 0
      guard let (start, end) = try findLine() else {
        guard isWhole, rows == 0 else { return false }
        throw LIBSVM.noRows(scanner.file)
      }
      line += 1
      consumed = end - start + 1
      guard consumed <= Self.greatestLine else { throw tooLong() }
      guard let row = try scanner.scan(start, end, line: line, into: nonzeros) else { continue }
      // A block or a chunk has fewer nonzeros than its bytes, of which the longest line has 2^28.
      ends.append(Int32(nonzeros.count))
      label = row.label
      columns = max(columns, row.columns)
      rows += 1
      return true
    }
  }

  /// Where the next line starts, and its line break stands; nil at the end of the input.
  private mutating func findLine() throws(FileError) -> (UnsafePointer<UInt8>, UnsafePointer<UInt8>)? {
    while true {
      let bytes = window.bytes
      if let start = bytes.baseAddress, let found = memchr(start, Int32(UInt8.newline), bytes.count) {
        return (start, start + (UnsafeRawPointer(found) - UnsafeRawPointer(start)))
      }
      if try window.refill() { continue }
      guard !window.isAtEnd else { return nil }
      line += 1
      throw tooLong()
    }
  }

  private func tooLong() -> FileError {
    failure("the line is longer than \(Self.greatestLine) bytes", "check that the file has line breaks")
  }

  /// What is wrong with the row that was read last.
  func failure(_ problem: String, _ remedy: Phrase) -> FileError {
    FileError(.badData, scanner.file, at: .line(line), problem, remedy: remedy)
  }
}
