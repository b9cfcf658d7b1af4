public import Descent
internal import LinearAlgebra

/// Reads tables of numbers: fields separated by commas, semicolons, tabs, bars, or what `TableForm` says.
///
/// Fields may stand in quotes, lines end by LF or CR LF, and blank lines count for nothing. Every cell but
/// the label's is a finite decimal number; anything else is an error that names line, column and header, where
/// the options do not say that a column holds categories, or what becomes of missing cells.
public enum CSV {
  /// Reads all rows.
  ///
  /// Features are `[rows, features]`, each the Double nearest to the decimal; of two as near, the even one. They are stored
  /// as Floats where each of them is one. A number that `type` cannot hold is an error.
  ///
  /// - Throws: ``FileError``, `badData` for the first row that is not as it should be.
  /// - Complexity: One pass over the bytes, on several threads. Memory for the features and some megabytes, or
  ///   for the longest rows.
  public static func read<Element: KernelScalar & StoredNumber>(
    _ input: Input, _ options: DataOptions = DataOptions(), as type: Element.Type = Float.self
  ) throws(FileError) -> Dataset {
    try read(input, options, as: type, chunkSize: RecordSplitter.chunkSize)
  }

  static func read<Element: KernelScalar & StoredNumber>(
    _ input: Input, _ options: DataOptions, as type: Element.Type, chunkSize: Int
  ) throws(FileError) -> Dataset {
    require(!options.ignoresTargets, "a data set needs targets; stream the rows without them")
    let table = try CSVReader(input, options, capacity: chunkSize)
    let most = Double(Element.greatestFiniteMagnitude)
    let parts = CSVParts(
      input, table, rest: Array(table.rest), options, beyond: most, chunkSize: chunkSize)
    var data = try parts.read().dataset()
    data.reading.form = table.form
    return data
  }
}
