internal import Descent
internal import CSQLite

/// A query that is under way, in a database that is open for reading only.
final class SQLiteQuery {
  let file: String
  private let connection: OpaquePointer
  private let statement: OpaquePointer
  private let progress: SQLiteProgress?
  private var isAtEnd = false
  /// What tells the rows that were seen from others, in their order; nil where nobody asked.
  private let seen: ContentHash?
  private var steps = 0
  /// Rows to pass over, and then to give.
  private var before, rest: Int

  /// The names of the result's columns.
  let names: [String]

  /// - Parameter rows: which of the result are given; nil for all.
  init(
    _ path: String, _ query: String, _ progress: ReadProgress? = nil, rows: Range<Int>? = nil
  ) throws(FileError) {
    (before, rest) = rows.map { ($0.lowerBound, $0.count) } ?? (0, .max)
    seen = rows.map { _ in ContentHash() }
    // Says what is wrong with the file better than SQLite does.
    let size = try FileSource(path).size
    file = path
    var opened: OpaquePointer?
    let status = sqlite3_open_v2(path, &opened, SQLITE_OPEN_READONLY | SQLITE_OPEN_NOMUTEX, nil)
    guard let connection = opened, status == SQLITE_OK else {
      let words = String(cString: sqlite3_errstr(status))
      sqlite3_close_v2(opened)
      throw FileError(.badData, path, "SQLite cannot open it: \(words)", remedy: "check the file")
    }
    // Somebody may be writing.
    sqlite3_busy_timeout(connection, 5000)
    do throws(FileError) {
      statement = try Self.prepare(query, connection, path)
    } catch {
      sqlite3_close_v2(connection)
      throw error
    }
    self.connection = connection
    self.progress = progress.map { SQLiteProgress(connection, size: size, $0) }
    let prepared = statement
    names = (0..<sqlite3_column_count(prepared)).map { String(cString: sqlite3_column_name(prepared, $0)) }
  }

  deinit {
    sqlite3_finalize(statement)
    sqlite3_close_v2(connection)
  }

  private static func prepare(
    _ query: String, _ connection: OpaquePointer, _ path: String
  ) throws(FileError) -> OpaquePointer {
    func refusal(_ problem: String, _ remedy: Phrase) -> FileError {
      FileError(.badQuery, path, problem, remedy: remedy)
    }
    var (prepared, rest): (OpaquePointer?, String) = (nil, "")
    let status = query.withCString { text in
      var tail: UnsafePointer<CChar>?
      let status = sqlite3_prepare_v2(connection, text, -1, &prepared, &tail)
      rest = tail.map { String(cString: $0) } ?? ""
      return status
    }
    guard status == SQLITE_OK else { throw failure(connection, path, isQuery: true) }
    guard let statement = prepared else {
      throw refusal("the query is empty", "write one such as 'select * from t'")
    }
    var problem: FileError?
    if !rest.allSatisfy({ $0.isWhitespace || $0 == ";" }) {
      problem = refusal("the query is more than one statement", "give one, with \(.query)")
    } else if sqlite3_column_count(statement) == 0 || sqlite3_stmt_readonly(statement) == 0 {
      problem = refusal("the query does not only read", "write one such as 'select * from t'")
    }
    if let problem {
      sqlite3_finalize(statement)
      throw problem
    }
    return statement
  }

  /// How many rows there are: all are passed over.
  func count() throws(FileError) -> Int {
    var count = 0
    while try step() { count += 1 }
    return count
  }

  /// Moves to the next row; false at the end.
  func next() throws(FileError) -> Bool {
    while before > 0, try step() { before -= 1 }
    guard rest > 0 else {
      if seen != nil { while try step() {} }
      return false
    }
    rest -= 1
    return try step()
  }

  /// What all rows are, once some of them were given: who else has the same has seen the same rows in the same order.
  var fingerprint: String { "\(steps) rows, \(seen?.value ?? 0)" }

  private func note(_ hash: ContentHash) {
    for column in 0..<names.count {
      switch cell(column) {
      case .null: hash.add([UInt8(0)])
      case .blob: hash.add([UInt8(1)])
      case .integer(let number): hash.add([2, number])
      case .real(let number): hash.add([3, number])
      case .text(let text):
        hash.add([4, text.count])
        hash.add(UnsafeRawBufferPointer(text))
      }
    }
  }

  private func step() throws(FileError) -> Bool {
    // SQLite would begin anew.
    guard !isAtEnd else { return false }
    switch sqlite3_step(statement) {
    case SQLITE_ROW:
      steps += 1
      if let seen { note(seen) }
      return true
    case SQLITE_DONE:
      isAtEnd = true
      return false
    default: throw Self.failure(connection, file, isQuery: false)
    }
  }

  enum Cell {
    case null, blob
    case integer(Int64)
    case real(Double)
    case text(UnsafeBufferPointer<UInt8>)
  }

  /// A cell of the row, as it is stored; a text until the next row.
  func cell(_ column: Int) -> Cell {
    let column = Int32(column)
    switch sqlite3_column_type(statement, column) {
    case SQLITE_INTEGER: return .integer(sqlite3_column_int64(statement, column))
    case SQLITE_FLOAT: return .real(sqlite3_column_double(statement, column))
    case SQLITE_TEXT:
      let start = sqlite3_column_text(statement, column)
      return .text(UnsafeBufferPointer(start: start, count: Int(sqlite3_column_bytes(statement, column))))
    case SQLITE_NULL: return .null
    default: return .blob
    }
  }

  /// What SQLite says, in its words. A query that cannot be prepared is at fault itself, if the file is one of
  /// SQLite's and whole.
  private static func failure(_ connection: OpaquePointer, _ path: String, isQuery: Bool) -> FileError {
    let code = sqlite3_errcode(connection) & 0xff
    let words = "SQLite says: \(escaped(String(cString: sqlite3_errmsg(connection)), limit: 200))"
    switch code {
    case SQLITE_NOTADB, SQLITE_CORRUPT:
      return FileError(.badData, path, words, remedy: "check that it is the right file, and whole")
    case SQLITE_BUSY, SQLITE_LOCKED:
      return FileError(.inputOutput, path, words, remedy: "try again once nothing writes to it")
    case SQLITE_IOERR, SQLITE_CANTOPEN:
      return FileError(.inputOutput, path, words)
    default:
      return FileError(isQuery ? .badQuery : .badData, path, words, remedy: "correct the query")
    }
  }
}
