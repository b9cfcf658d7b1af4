import LinearAlgebra

/// What one chunk of a table holds.
struct CSVPart<Element: Scalar> {
  /// `[rows, features]`
  var features: [Element] = []
  var targets: CSVTargets
  var rows = 0
  /// The lines that the rows took, blank ones with them.
  var lines = 0
  /// The bytes that the chunk took.
  var bytes: Int
  /// Why there are no more rows, its lines counted from the chunk's first.
  var failure: FileError?

  /// Reads the rows of `chunk` up to its end, or to the first that is not as it should be.
  init(_ chunk: RecordWindow, of table: CSVReader, _ options: DataOptions, expectedRows: Int) {
    targets = CSVTargets(options)
    bytes = chunk.bytes.count
    let reader = CSVReader(chunk, of: table)
    let rows = CSVFeatures<Element>(reader)
    rows.reserve(rows: expectedRows)
    do throws(FileError) {
      while try reader.next() {
        try rows.append()
        try targets.append(from: reader)
      }
    } catch {
      failure = error
    }
    features = rows.take()
    self.rows = reader.rows
    lines = reader.linesRead
  }
}
