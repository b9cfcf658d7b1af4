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
}
