public import Descent
internal import LinearAlgebra

/// Reads the result of a query of an SQLite database as a table.
///
/// The database is opened for reading only. The query names the columns; NULL is a missing cell; text that
/// spells a number is one, since SQLite keeps what it was given. Labels and categories may have any type but
/// BLOB.
public enum SQLite {
  /// Reads all rows of `options.query`; numbers are stored as ``CSV`` stores them.
  ///
  /// - Throws: ``FileError``: `noInput` where there is no such file, `badQuery` where the query is at fault,
  ///   `badData` for the first row that is not as it should be.
  public static func read<Element: KernelScalar & StoredNumber>(
    _ path: String, _ options: DataOptions, as type: Element.Type = Float.self, progress: ReadProgress? = nil
  ) throws(FileError) -> Dataset {
    if let shared = try readShared(path, options, as: type, progress) { return shared }
    func reader(_ options: DataOptions) throws(FileError) -> any TableReader {
      try SQLiteReader(path, options, isSingle: false, progress)
    }
    return try TableSurvey.reading(options, reader, file: path) { (options) throws(FileError) in
      let reader = try reader(options)
      var rows = CSVAssembly(reader, options)
      let most = Double(Element.greatestFiniteMagnitude)
      try rows.append(CSVPart(reader, options, beyond: most, expectedRows: 0), expectedBytes: nil)
      return try rows.dataset()
    }
  }

  /// The rows of all ranks, of which each has read some; nil where each is to read all. Each runs the whole query: it tells how many rows there are.
  private static func readShared<Element: KernelScalar & StoredNumber>(
    _ path: String, _ options: DataOptions, as type: Element.Type, _ progress: ReadProgress?
  ) throws(FileError) -> Dataset? {
    guard let share = SharedTable.Share(options) else { return nil }
    let count = try SQLiteQuery(path, options.query ?? "").count()
    let (rank, ranks) = (share.ranks.rank, share.ranks.size)
    let part = count * rank / ranks..<count * (rank + 1) / ranks
    var source = ""
    func assembly() throws(FileError) -> CSVAssembly {
      let reader = try SQLiteReader(path, share.options, isSingle: false, progress, rows: part)
      var rows = CSVAssembly(reader, share.options)
      let most = Double(Element.greatestFiniteMagnitude)
      try rows.append(
        CSVPart(reader, share.options, beyond: most, expectedRows: part.count), expectedBytes: nil)
      source = reader.fingerprint
      return rows
    }
    let rows = try? assembly()
    let cut = SharedTable.Cut(part: part, count: count, source: source)
    let data = try SharedTable.joined(cut, file: path, rows, share)
    if data != nil, let tally = share.options.tally { options.tally?.take(tally) }
    return data
  }
}
