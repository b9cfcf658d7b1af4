internal import Descent
internal import LinearAlgebra

/// Reads the rows of a query's result.
final class SQLiteReader: TableReader {
  let layout: CSVLayout
  let missing: MissingCells
  private(set) var truths: TruthColumns
  private(set) var line = 0
  private(set) var rows = 0
  private(set) var droppedRows = 0
  private let query: SQLiteQuery
  private let isSingle: Bool
  /// For each column of text where its cell stands in ``bytes``.
  private var ranges: [Int: Range<Int>] = [:]
  private var bytes: UnsafeMutableBufferPointer<UInt8>

  var file: String { query.file }
  /// See ``SQLiteQuery/fingerprint``.
  var fingerprint: String { query.fingerprint }

  /// - Parameter part: which rows of the result are read; nil for all.
  init(
    _ path: String, _ options: DataOptions, isSingle: Bool, _ progress: ReadProgress? = nil,
    rows part: Range<Int>? = nil
  ) throws(FileError) {
    query = try SQLiteQuery(path, options.query ?? "", progress, rows: part)
    self.isSingle = isSingle
    missing = MissingCells(options, isSingle: isSingle)
    var asked = options
    asked.header = .present
    do throws(FileError) {
      layout = try CSVLayout(query.names.map { Array($0.utf8) }, asked, file: path, line: 0) { _ in [] }
    } catch {
      throw Self.ofQuery(error)
    }
    options.tally?.note(layout)
    bytes = .allocate(capacity: 0)
    truths = TruthColumns(layout, options)
  }

  deinit { bytes.deallocate() }

  /// An error in the columns, which have no line.
  private static func ofQuery(_ error: FileError) -> FileError {
    var result = error
    result.place = .file
    if case .cell(_, let column, _) = error.place {
      result.problem = "column \(column) of the query: " + error.problem
    }
    return result
  }

  func next(_ numbers: inout MutableSpan<Double>) throws(FileError) -> Bool {
    repeat {
      guard try query.next() else {
        if rows == 0, droppedRows == 0 {
          throw FileError(.badData, file, "the query gives no rows", remedy: "check its conditions")
        }
        return false
      }
      line += 1
      var lacks = try readRow(&numbers)
      if try takeOut(&numbers) > 0 { lacks = true }
      try checkTruths(numbers)
      guard isDropped(lacksNumbers: lacks) else { break }
      droppedRows += 1
    } while true
    rows += 1
    return true
  }

  /// Reads the row that the query is at; whether numbers are missing.
  private func readRow(_ numbers: inout MutableSpan<Double>) throws(FileError) -> Bool {
    var lacks = false
    var texts: [(column: Int, text: [UInt8])] = []
    for column in 0..<layout.columns {
      let use = layout.uses[column]
      if use.isText { texts.append((column, try text(column, query.cell(column)))) }
      if use.isNumber {
        let number = try number(column, query.cell(column))
        numbers[layout.feature(of: column)] = number ?? .nan
        if number == nil { lacks = true }
      }
    }
    keep(texts)
    return lacks
  }

  /// The number in a cell; nil where it is missing and may be.
  private func number(_ column: Int, _ cell: SQLiteQuery.Cell) throws(FileError) -> Double? {
    switch cell {
    case .integer(let value): return Double(value)
    case .real(let value) where value.isFinite: return value
    case .real(let value): return try missing(column, CSVCell("\(value)".utf8))
    case .null: return try missing(column, CSVCell([]))
    case .blob: throw failure(column: column, "a BLOB is not a number", "leave the column out of the query")
    case .text(let text):
      let cell = CSVCell(text)
      if let value = cell.number(isSingle: isSingle), value.isFinite { return value }
      if let number = missing.number(of: text, column, &truths, line: line, row: rows) {
        return number.isNaN ? nil : number
      }
      if cell.bytes.isEmpty { return try missing(column, cell) }
      throw refusal(of: cell, column: column, delimiter: 0)
    }
  }

  private func missing(_ column: Int, _ cell: CSVCell) throws(FileError) -> Double? {
    if cell.number == nil, missing.allows(cell) { return nil }
    let (problem, remedy) = cell.problem(delimiter: 0, missing, layout.purpose)
    throw failure(column: column, cell.bytes.isEmpty ? "the cell is NULL or empty" : problem, remedy)
  }

  private func text(_ column: Int, _ cell: SQLiteQuery.Cell) throws(FileError) -> [UInt8] {
    switch cell {
    case .null: return []
    case .text(let text): return Array(text)
    case .integer(let value): return Array("\(value)".utf8)
    case .real(let value): return Array("\(value)".utf8)
    case .blob: throw failure(column: column, "a BLOB is not text", "choose another column")
    }
  }

  private func keep(_ texts: [(column: Int, text: [UInt8])]) {
    let count = texts.reduce(0) { $0 + $1.text.count }
    if count > bytes.count {
      bytes.deallocate()
      bytes = .allocate(capacity: 2 * count)
    }
    var end = 0
    for (column, text) in texts {
      _ = UnsafeMutableBufferPointer(rebasing: bytes[end..<end + text.count]).initialize(fromContentsOf: text)
      ranges[column] = end..<end + text.count
      end += text.count
    }
  }

  func text(of column: Int) -> UnsafeBufferPointer<UInt8> {
    UnsafeBufferPointer(rebasing: UnsafeBufferPointer(bytes)[ranges[column] ?? 0..<0])
  }

  func failure(column: Int, _ problem: String, _ remedy: Phrase) -> FileError {
    FileError(
      .badData, file, at: .result(row: line, column: column + 1, name: layout.names[column]), problem,
      remedy: remedy)
  }
}
