/// Reads a table row by row: the one scanner behind the whole-file reader and the stream.
final class CSVReader {
  /// The longest row that is read, in bytes.
  static let greatestRecord = 1 << 28

  let layout: CSVLayout
  /// The features of the row that was read last.
  let numbers: UnsafeMutableBufferPointer<Double>
  /// The target's cell in that row, until the next is read; empty where the table has no targets.
  private(set) var text = UnsafeBufferPointer<UInt8>(start: nil, count: 0)
  /// The line that the row starts on.
  private(set) var line = 0
  private(set) var rows = 0
  private var records: CSVRecords
  private let row: CSVRow
  private let isCareful: Bool
  /// Whether there must be rows.
  private let isWhole: Bool
  private var carefulText: UnsafeMutableBufferPointer<UInt8>

  /// Reads the header, if there is one.
  ///
  /// - Parameters:
  ///   - capacity: What the window holds at first.
  ///   - isSingle: Whether the numbers are to be rounded to `Float`.
  ///   - isCareful: Whether plain rows too go the slow way, which must give the same.
  init(
    _ input: Input, _ options: DataOptions, capacity: Int = 1 << 20, isSingle: Bool = false,
    isCareful: Bool = false
  ) throws(FileError) {
    try CSVEncoding.check(input)
    let delimiter = options.delimiterByte(of: input.name)
    var records = CSVRecords(
      input, delimiter: delimiter, greatestRecord: Self.greatestRecord, capacity: capacity)
    guard try records.find() else { throw Self.noRows(input.name) }
    let cells = records.record.fields.indices.map { records.text($0) }
    layout = try CSVLayout(cells, options, file: input.name, line: records.line)
    if layout.hasHeader { records.consume() }
    self.records = records
    self.isCareful = isCareful
    row = CSVRow(
      delimiter: delimiter, columns: layout.columns, textColumn: layout.label ?? -1, isSingle: isSingle)
    numbers = .allocate(capacity: layout.features)
    carefulText = .allocate(capacity: 0)
    isWhole = true
  }

  /// A reader of the records in `chunk` alone, which are of the table that `table` reads. Their lines are
  /// counted from 1.
  init(_ chunk: RecordWindow, of table: CSVReader) {
    (layout, row, isCareful, isWhole) = (table.layout, table.row, table.isCareful, false)
    records = CSVRecords(
      chunk, file: table.file, delimiter: row.delimiter, greatestRecord: Self.greatestRecord)
    numbers = .allocate(capacity: layout.features)
    carefulText = .allocate(capacity: 0)
  }

  deinit {
    numbers.deallocate()
    carefulText.deallocate()
  }

  var file: String { records.file }

  /// The lines that have been read.
  var linesRead: Int { records.line - 1 }

  /// The bytes that were taken from the input and not been read as rows.
  var rest: UnsafeBufferPointer<UInt8> { records.rest }

  /// Reads the next row; false at the end.
  ///
  /// - Throws: ``FileError`` for the first row that is not as it should be, and where there is no row at all.
  func next() throws(FileError) -> Bool {
    let first = records.first
    if !isCareful, let end = row.scan(first, numbers: numbers.baseAddress!, text: &text) {
      line = records.line
      records.consumeLine(end - first)
    } else {
      guard try records.find() else {
        if rows == 0, isWhole { throw Self.noRows(file) }
        return false
      }
      line = records.line
      try readRecord()
      records.consume()
    }
    rows += 1
    return true
  }

  /// Reads the row that ``records`` found, with care.
  private func readRecord() throws(FileError) {
    let fields = records.record.fields.count
    guard fields == layout.columns else {
      throw FileError(
        .badData, file, at: .line(line),
        "\(counted(fields, "field")) where the first row has \(layout.columns)",
        remedy: fields > layout.columns
          ? "put fields that hold the delimiter in quotes" : "fill in the missing ones or remove the row")
    }
    var feature = 0
    for column in 0..<fields {
      let cell = records.text(column)
      if column == layout.label {
        keep(cell)
      } else {
        guard let number = CSVCell(cell).number(isSingle: row.isSingle), number.isFinite else {
          let (problem, remedy) = CSVCell(cell).problem(delimiter: row.delimiter)
          throw failure(column: column, problem, remedy)
        }
        numbers[feature] = number
        feature += 1
      }
    }
  }

  private func keep(_ cell: [UInt8]) {
    carefulText.deallocate()
    carefulText = .allocate(capacity: cell.count)
    _ = carefulText.initialize(fromContentsOf: cell)
    text = UnsafeBufferPointer(carefulText)
  }

  /// An error in a column of the row that was read last, or is being read.
  func failure(column: Int, _ problem: String, _ remedy: String) -> FileError {
    let name = layout.hasHeader ? layout.names[column] : nil
    // A line break in a quoted field before it moves the cell to a later line than the row's first.
    let fields = records.record.fields
    let offset = line == records.line && column < fields.count ? fields[column].line : 0
    return FileError(
      .badData, file, at: .cell(line: line + offset, column: column + 1, header: name), problem,
      remedy: remedy
    )
  }

  static func noRows(_ file: String) -> FileError {
    FileError(.badData, file, "there are no rows of data", remedy: "check that it is the right file")
  }
}
