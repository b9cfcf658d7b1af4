import LinearAlgebra

/// What one chunk of a table holds.
struct CSVPart<Element: Scalar> {
  /// `[rows, columns]`
  var features: [Element] = []
  var targets: CSVTargets
  var categories: CategoryCoder
  var rows = 0
  var droppedRows = 0
  /// The lines that the rows took, blank ones with them.
  var lines = 0
  /// The bytes that the chunk took.
  var bytes = 0
  /// Why there are no more rows, its lines counted from the chunk's first.
  var failure: FileError?

  /// Reads the rows of `chunk` up to its end, or to the first that is not as it should be.
  init(_ chunk: RecordWindow, of table: CSVReader, _ options: DataOptions, expectedRows: Int) {
    let bytes = chunk.bytes.count
    let reader = CSVReader(chunk, of: table)
    self.init(reader, options, expectedRows: expectedRows)
    (lines, self.bytes) = (reader.linesRead, bytes)
  }

  /// Reads all rows of `reader`.
  init(_ reader: any TableReader, _ options: DataOptions, expectedRows: Int) {
    targets = CSVTargets(options)
    let rows = CSVFeatures<Element>(reader, options)
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
    categories = rows.coder
    (self.rows, droppedRows) = (reader.rows, reader.droppedRows)
  }
}
