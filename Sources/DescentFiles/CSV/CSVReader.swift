internal import Descent
internal import LinearAlgebra

/// Reads a table row by row: the one scanner behind the whole-file reader and the stream.
final class CSVReader: TableReader {
  /// The longest row that is read, in bytes.
  static let greatestRecord = 1 << 28

  let layout: CSVLayout
  /// What another table of this kind is to be read by.
  let form: TableForm
  /// Whether numbers have decimal points, as the first rows tell.
  private let hasPoints: Bool
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
  /// The numbers among the texts as they are spelt elsewhere.
  private var spelt: UnsafeMutableBufferPointer<UInt8>
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
    let start = try TableStart(input, options, capacity: capacity)
    (form, records) = (start.form, start.records)
    var cells = start.first
    if try Self.lacksCorner(cells, options, records) { cells.insert([], at: 0) }
    hasPoints = options.model == nil ? try start.holdsPoints : false
    layout = try CSVLayout(cells, options, file: input.name, line: records.line) {
      (count) throws(FileError) in try start.below(count)
    }
    if !layout.firstRow.isPlain { options.tally?.note(layout.firstRow) }
    options.tally?.note(layout)
    if layout.hasHeader { records.consume() }
    self.isCareful = isCareful
    missing = MissingCells(options, isSingle: isSingle)
    row = CSVRow(
      form: records.form, columns: layout.columns,
      others: layout.uses.enumerated().filter { $0.element != .number }.map {
        CSVRow.Other(column: $0.offset, use: $0.element)
      }, isSingle: isSingle, missing: missing)
    texts = Self.room(for: layout)
    (carefulText, spelt) = (.allocate(capacity: 0), .allocate(capacity: 0))
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
    guard !rows.isEmpty, rows.allSatisfy({ $0.count == cells.count + 1 && $0.last != [] }) else {
      return false
    }
    let names = rows.map { $0[0] }
    return CSVCell.areNamesOfRows(names)
      && (names.allSatisfy { CSVCell($0).isText } || records.nextBeginsWithQuote || CSVCell.areCounts(names))
  }

  /// A reader of the records in `chunk` alone, which are of the table that `table` reads. Their lines are
  /// counted from 1.
  init(_ chunk: RecordWindow, of table: CSVReader) {
    (layout, row, missing, form) = (table.layout, table.row, table.missing, table.form)
    hasPoints = table.hasPoints
    (isCareful, isWhole) = (table.isCareful, false)
    records = CSVRecords(chunk, file: table.file, row.form, greatestRecord: Self.greatestRecord)
    texts = Self.room(for: layout)
    (carefulText, spelt) = (.allocate(capacity: 0), .allocate(capacity: 0))
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
    spelt.deallocate()
  }

  var truths: TruthColumns { foundTruths.pointee }

  var spelling: NumberSpelling? { row.form.numbers }
  var takesSpelling: Bool { true }
  var delimiter: TableForm.Delimiter? { TableForm.Delimiter(row.delimiter) }

  var file: String { records.file }
  var textForm: TextForm { row.form }

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
          if rows == 0, isWhole { throw Self.noRows(file, dropped: droppedRows, for: layout.purpose) }
          return false
        }
        line = records.line
        lacking = 0
        try readRecord(&numbers, &lacking)
        records.consume()
      }
      if let spelling = row.form.numbers { try spellTexts(spelling) }
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
    let expected = layout.columns + row.form.emptyFields
    guard fields == expected else {
      throw FileError(
        .badData, file, at: .line(line),
        "\(counted(fields, "field")) where the first row has \(expected)",
        remedy: fields < expected
          ? "fill in the missing ones or remove the row"
          : mayHaveDecimalCommas
            ? "put fields that hold the delimiter in quotes; if these are decimal commas, separate the fields by semicolons, and say \(.decimal) ,"
            : "put fields that hold the delimiter in quotes")
    }
    for column in layout.columns..<expected where !records.text(column).isEmpty {
      throw FileError(
        .badData, file, at: .cell(line: line, column: column + 1, header: nil),
        "\(quoted(records.text(column))) where the first rows have nothing",
        remedy: "remove it, or give the column a name in the first line")
    }
    var cells: [[UInt8]] = []
    for column in 0..<layout.columns {
      let cell = records.text(column)
      let use = layout.uses[column]
      if use.isText { cells.append(cell) }
      guard use.isNumber else { continue }
      if let number = number(cell), number.isFinite {
        numbers[layout.feature(of: column)] = number
      } else if let number = cell.withUnsafeBufferPointer({
        missing.number(
          of: $0, column, &foundTruths.pointee, line: line + records.record.fields[column].line, row: rows)
      }), self.number(cell) == nil {
        numbers[layout.feature(of: column)] = number
        if number.isNaN { lacking += 1 }
      } else {
        refused = (column, cell)
        throw refusal(of: CSVCell(cell), column: column, delimiter: row.delimiter)
      }
    }
    keep(cells)
  }

  /// Whether a first row with more fields than names has numbers side by side, as decimal commas make of one.
  private var mayHaveDecimalCommas: Bool {
    guard rows == 0, row.delimiter == UInt8(ascii: ",") else { return false }
    let isDigits = records.record.fields.indices.map { records.text($0).allSatisfy(\.isDigit) }
    return zip(isDigits, isDigits.dropFirst()).contains { $0 && $1 }
  }

  private func number(_ cell: [UInt8]) -> Double? {
    guard let spelling = row.form.numbers else { return CSVCell(cell).number(isSingle: row.isSingle) }
    return cell.withUnsafeBufferPointer { spelling.number($0, isSingle: row.isSingle) }
  }

  /// Puts numbers in the place of their spellings where texts are to be numbers: targets, weights, offsets.
  private func spellTexts(_ spelling: NumberSpelling) throws(FileError) {
    var cells: [(place: Int, plain: [UInt8])] = []
    for column in [layout.readsLabels ? layout.label : nil, layout.weight, layout.offset].compactMap({ $0 }) {
      let cell = Array(text(of: column))
      if let plain = spelling.plain(cell) {
        cells.append((layout.text(of: column), plain))
      } else if column != layout.label || layout.labelsAreNumbers,
        !missing.isLabel(text(of: column), isNumber: true)
      {
        let (problem, remedy) = problem(of: CSVCell(cell))
        throw failure(column: column, problem, remedy)
      }
    }
    spelt.deallocate()
    spelt = .allocate(capacity: cells.reduce(0) { $0 + $1.plain.count })
    _ = spelt.initialize(fromContentsOf: cells.lazy.map(\.plain).joined())
    var start = 0
    for (place, plain) in cells {
      texts[place] = UnsafeBufferPointer(rebasing: UnsafeBufferPointer(spelt)[start..<start + plain.count])
      start += plain.count
    }
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

  func problem(of cell: CSVCell) -> (problem: String, remedy: Phrase) {
    if cell.number?.isInfinite != true,
      let found = SpellingProblem(cell.bytes, row.form.numbers, hasPoints: hasPoints)
    {
      return (found.problem, found.remedy)
    }
    return cell.problem(delimiter: row.delimiter, missing, layout.purpose)
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

  /// - Parameter droppedRows: Those that there were.
  static func noRows(
    _ file: String, dropped droppedRows: Int = 0, for purpose: DataOptions.Purpose = .training
  ) -> FileError {
    guard droppedRows == 0 else {
      return FileError(
        .badData, file, "each of the \(counted(droppedRows, "row")) lacks something and is dropped",
        remedy: purpose == .training
          ? "pass over columns that are mostly empty by \(.ignore), or say \(.missing) mean"
          : purpose == .model
            ? "fill cells in, or train with \(.missing) mean"
            : "pass over columns that are mostly empty by \(.ignore)")
    }
    return FileError(.badData, file, "there are no rows of data", remedy: "check that it is the right file")
  }
}
