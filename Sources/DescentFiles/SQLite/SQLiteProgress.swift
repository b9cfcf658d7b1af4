internal import CSQLite

/// Tells how much of a database a query has read: now and then while SQLite works, sorting before the first row too.
final class SQLiteProgress {
  private let connection: OpaquePointer
  private let progress: ReadProgress
  private let size: Int?
  private let pageSize: Int

  /// Instructions of SQLite's machine from one report to the next, about a millisecond.
  private static let interval: Int32 = 10_000

  /// Reports as long as it lives. `size` is that of the file.
  init(_ connection: OpaquePointer, size: Int?, _ progress: @escaping ReadProgress) {
    (self.connection, self.size, self.progress) = (connection, size, progress)
    var (statement, pageSize): (OpaquePointer?, Int) = (nil, 4096)
    if sqlite3_prepare_v2(connection, "pragma page_size", -1, &statement, nil) == SQLITE_OK,
      sqlite3_step(statement) == SQLITE_ROW
    {
      pageSize = Int(sqlite3_column_int64(statement, 0))
    }
    sqlite3_finalize(statement)
    self.pageSize = pageSize
    sqlite3_progress_handler(
      connection, Self.interval,
      { reporter in
        Unmanaged<SQLiteProgress>.fromOpaque(reporter!).takeUnretainedValue().report()
        return 0
      }, Unmanaged.passUnretained(self).toOpaque())
  }

  deinit { sqlite3_progress_handler(connection, 0, nil, nil) }

  /// Pages that were not in SQLite's cache were read from the file; a query that goes through a table twice may read
  /// more than there is.
  private func report() {
    var (pages, highest): (Int32, Int32) = (0, 0)
    sqlite3_db_status(connection, SQLITE_DBSTATUS_CACHE_MISS, &pages, &highest, 0)
    let read = Int(pages) * pageSize
    progress(read, size.flatMap { read <= $0 ? $0 : nil })
  }
}
