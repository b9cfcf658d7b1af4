internal import Descent
internal import LinearAlgebra

/// Reads a table row by row: the one scanner behind the whole-file reader and the stream.
final class CSVReader: TableReader {
  /// The longest row that is read, in bytes.
  static let greatestRecord = 1 << 28

  let layout: CSVLayout
  let missing: MissingCells
  /// The cells of the columns of text, as ``CSVRow`` orders them.
  private let texts: UnsafeMutableBufferPointer<UnsafeBufferPointer<UInt8>>
  /// The line that the row starts on.
  private(set) var line = 0
  private(set) var rows = 0
  private(set) var droppedRows = 0
  private var records: CSVRecords
  private let row: CSVRow
  private let isCareful: Bool
  /// Whether there must be rows.
  private let isWhole: Bool
  private var carefulText: UnsafeMutableBufferPointer<UInt8>
  private let foundTruths: UnsafeMutablePointer<TruthColumns>
  private let hasKnownTruths: Bool
  /// The cell that is no number, where that was the end.
  private(set) var refused: (column: Int, cell: [UInt8])?
  /// A row's numbers on their way into the order of the features, where that is not the table's.
  private var ordered: [Double]

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
    var delimiter = try options.delimiterByte(of: input.name)
    var records = CSVRecords(
      input, delimiter: delimiter, greatestRecord: Self.greatestRecord, capacity: capacity)
    guard try records.find() else { throw Self.noRows(input.name) }
    if records.record.fields.count == 1, let model = options.model,
      let other = options.otherDelimiter(than: delimiter),
      try records.isSplit(by: other, into: model.columnCount)
    {
      delimiter = other
    }
    var cells = records.record.fields.indices.map { records.text($0) }
    if try Self.lacksCorner(cells, options, records) { cells.insert([], at: 0) }
    layout = try CSVLayout(cells, options, file: input.name, line: records.line) {
      (count) throws(FileError) in try records.peek(count)
    }
    if !layout.firstRow.isPlain { options.tally?.note(layout.firstRow) }
    options.tally?.note(layout)
    if layout.hasHeader { records.consume() }
    self.records = records
    self.isCareful = isCareful
    missing = MissingCells(options, isSingle: isSingle)
    row = CSVRow(
      delimiter: delimiter, columns: layout.columns,
      others: layout.uses.enumerated().filter { $0.element != .number }.map {
        CSVRow.Other(column: $0.offset, use: $0.element)
      }, isSingle: isSingle, missing: missing)
    texts = Self.room(for: layout)
    carefulText = .allocate(capacity: 0)
    foundTruths = .allocate(capacity: 1)
    foundTruths.initialize(to: TruthColumns(layout, options))
    hasKnownTruths = !foundTruths.pointee.known.isEmpty
    ordered = Array(repeating: 0, count: layout.order?.count ?? 0)
    isWhole = true
  }

  /// Whether this is a header with one name fewer than the rows below have cells: R writes the rows' names so.
  private static func lacksCorner(
    _ cells: [[UInt8]], _ options: DataOptions, _ records: CSVRecords
  ) throws(FileError) -> Bool {
    if case .absent = options.header { return false }
    guard cells.allSatisfy({ CSVCell($0).isText }) else { return false }
    // A row that arrives through a pipe is to be answered before the next one is waited for.
    if let model = options.model, !model.isNamed(in: cells.map { String(decoding: $0, as: UTF8.self) }) {
      return false
    }
    let rows = try records.peek(options.model == nil ? 100 : 1)
    return !rows.isEmpty && rows.allSatisfy { $0.count == cells.count + 1 && $0.last != [] }
      && CSVCell.areNamesOfRows(rows.map { $0[0] })
  }

  /// A reader of the records in `chunk` alone, which are of the table that `table` reads. Their lines are
  /// counted from 1.
  init(_ chunk: RecordWindow, of table: CSVReader) {
    (layout, row, missing) = (table.layout, table.row, table.missing)
    (isCareful, isWhole) = (table.isCareful, false)
    records = CSVRecords(
      chunk, file: table.file, delimiter: row.delimiter, greatestRecord: Self.greatestRecord)
    texts = Self.room(for: layout)
    carefulText = .allocate(capacity: 0)
    foundTruths = .allocate(capacity: 1)
    foundTruths.initialize(to: table.truths)
    hasKnownTruths = table.hasKnownTruths
    ordered = Array(repeating: 0, count: layout.order?.count ?? 0)
  }

  private static func room(
    for layout: CSVLayout
  ) -> UnsafeMutableBufferPointer<UnsafeBufferPointer<UInt8>> {
    let texts = UnsafeMutableBufferPointer<UnsafeBufferPointer<UInt8>>.allocate(capacity: layout.texts.count)
    texts.initialize(repeating: UnsafeBufferPointer(start: nil, count: 0))
    return texts
  }

  deinit {
    texts.deallocate()
    carefulText.deallocate()
    foundTruths.deinitialize(count: 1)
    foundTruths.deallocate()
  }

  var truths: TruthColumns { foundTruths.pointee }

  var file: String { records.file }

  /// The lines that have been read.
  var linesRead: Int { records.line - 1 }

  /// The bytes that were taken from the input and not been read as rows.
  var rest: UnsafeBufferPointer<UInt8> { records.rest }

  func text(of column: Int) -> UnsafeBufferPointer<UInt8> { texts[layout.text(of: column)] }

  /// Reads the next row; false at the end.
  ///
  /// - Throws: ``FileError`` for the first row that is not as it should be, and where there is no row at all.
  func next(_ numbers: inout MutableSpan<Double>) throws(FileError) -> Bool {
    require(numbers.count == layout.features, "room for \(numbers.count) numbers of \(layout.features)")
    while true {
      var lacking = 0
      let first = records.first
      if !isCareful, let end = scan(first, &numbers, &lacking) {
        line = records.line
        records.consumeLine(end - first)
      } else {
        guard try records.find() else {
          if rows == 0, isWhole { throw Self.noRows(file) }
          return false
        }
        line = records.line
        lacking = 0
        try readRecord(&numbers, &lacking)
        records.consume()
      }
      lacking += try takeOut(&numbers)
      if hasKnownTruths { try checkTruths(numbers) }
      guard missing.policy == .dropped, isDropped(lacksNumbers: lacking > 0) else { break }
      droppedRows += 1
    }
    rows += 1
    return true
  }

  /// Reads a plain row; nil where it is not plain.
  @inline(__always)
  private func scan(
    _ first: UnsafePointer<UInt8>, _ numbers: inout MutableSpan<Double>, _ lacking: inout Int
  ) -> UnsafePointer<UInt8>? {
    // There is a column of features: the layout has seen to that.
    let end = numbers.withUnsafeMutableBufferPointer {
      row.scan(
        first, numbers: $0.baseAddress!, texts: texts.baseAddress!, lacking: &lacking,
        truths: foundTruths, line: records.line, row: rows)
    }
    if let order = layout.order, end != nil { put(&numbers, in: order) }
    return end
  }

  /// Puts the numbers of a row from the order of the table into that of the features.
  private func put(_ numbers: inout MutableSpan<Double>, in order: [Int]) {
    for (index, place) in order.enumerated() { ordered[place] = numbers[index] }
    for index in ordered.indices { numbers[index] = ordered[index] }
  }

  /// Reads the row that ``records`` found, with care.
  private func readRecord(
    _ numbers: inout MutableSpan<Double>, _ lacking: inout Int
  ) throws(FileError) {
    let fields = records.record.fields.count
    guard fields == layout.columns else {
      throw FileError(
        .badData, file, at: .line(line),
        "\(counted(fields, "field")) where the first row has \(layout.columns)",
        remedy: fields > layout.columns
          ? "put fields that hold the delimiter in quotes" : "fill in the missing ones or remove the row")
    }
    var cells: [[UInt8]] = []
    for column in 0..<fields {
      let cell = records.text(column)
      let use = layout.uses[column]
      if use.isText { cells.append(cell) }
      guard use.isNumber else { continue }
      if let number = CSVCell(cell).number(isSingle: row.isSingle), number.isFinite {
        numbers[layout.feature(of: column)] = number
      } else if let number = cell.withUnsafeBufferPointer({
        missing.number(
          of: $0, column, &foundTruths.pointee, line: line + records.record.fields[column].line, row: rows)
      }) {
        numbers[layout.feature(of: column)] = number
        if number.isNaN { lacking += 1 }
      } else {
        refused = (column, cell)
        throw refusal(of: CSVCell(cell), column: column, delimiter: row.delimiter)
      }
    }
    keep(cells)
  }

  private func keep(_ cells: [[UInt8]]) {
    carefulText.deallocate()
    carefulText = .allocate(capacity: cells.reduce(0) { $0 + $1.count })
    _ = carefulText.initialize(fromContentsOf: cells.joined())
    var start = 0
    for (index, cell) in cells.enumerated() {
      texts[index] = UnsafeBufferPointer(
        rebasing: UnsafeBufferPointer(carefulText)[start..<start + cell.count])
      start += cell.count
    }
  }

  /// An error in a column of the row that was read last, or is being read.
  func failure(column: Int, _ problem: String, _ remedy: Phrase) -> FileError {
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
