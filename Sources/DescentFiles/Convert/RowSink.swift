internal import Descent

/// What takes the rows of a conversion.
protocol RowSink: AnyObject {
  func write(_ rows: ConvertedRows) throws(FileError)

  /// Told how many there were.
  func finish(rows: Int) throws(FileError)
}
