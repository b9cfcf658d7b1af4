internal import Descent
import LinearAlgebra

/// What one chunk of a table holds.
struct CSVPart {
  /// `[rows, columns]`: numbers, and numbers of categories.
  var features = ExactNumbers()
  var targets: CSVTargets
  var categories: CategoryCoder
  /// The columns that say 1 and 0 by words.
  var truths: [TruthColumns.Found] = []
  var beside: CSVBesides
  var rows = 0
  var droppedRows = 0
  /// The lines that the rows took, blank ones with them.
  var lines = 0
  /// The bytes that the chunk took.
  var bytes = 0
  /// Why there are no more rows, its lines counted from the chunk's first.
  var failure: FileError?
  /// The cell that is no number, where that is why.
  var refused: (column: Int, cell: [UInt8])?

  /// Reads the rows of `chunk` up to its end, or to the first that is not as it should be.
  ///
  /// - Parameter most: Numbers of a greater magnitude are an error.
  init(
    _ chunk: RecordWindow, of table: CSVReader, _ options: DataOptions, beyond most: Double, expectedRows: Int
  ) {
    let bytes = chunk.bytes.count
    let reader = CSVReader(chunk, of: table)
    self.init(reader, options, beyond: most, expectedRows: expectedRows)
    (lines, self.bytes, refused) = (reader.linesRead, bytes, reader.refused)
  }

  /// Reads all rows of `reader`.
  init(_ reader: any TableReader, _ options: DataOptions, beyond most: Double, expectedRows: Int) {
    (targets, categories) = (CSVTargets(reader, options), CategoryCoder(reader, options))
    beside = CSVBesides(reader.layout, keeps: !options.keeps.isEmpty || options.roles.group != nil)
    let columns = reader.layout.features
    let hasCategories = !reader.layout.categoricals.isEmpty
    features.reserveCapacity(expectedRows * columns)
    var row = [Double](repeating: 0, count: columns)
    var scratch = [Float](repeating: 0, count: columns)
    var numbers = row.mutableSpan
    var singles = scratch.mutableSpan
    do throws(FileError) {
      while try reader.next(&numbers) {
        if hasCategories { try categories.code(&numbers, of: reader) }
        features.append(numbers.span, scratch: &singles)
        // What Float holds is not beyond its range.
        if features.isWide, let feature = numbers.span.firstIndex(beyond: most) {
          throw reader.overflow(of: feature, numbers[feature])
        }
        try targets.append(from: reader)
        if !beside.isEmpty { try beside.append(from: reader) }
      }
    } catch {
      failure = error
    }
    (rows, droppedRows, truths) = (reader.rows, reader.droppedRows, reader.truths.found)
  }
}
