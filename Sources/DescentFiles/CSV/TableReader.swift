internal import Descent

/// Reads a table row by row, from whatever holds it.
protocol TableReader: AnyObject {
  var file: String { get }
  var layout: CSVLayout { get }
  /// What is done about missing cells.
  var missing: DataOptions.Missing { get }
  /// The line that the row starts on, or its number in a query's result, from 1.
  var line: Int { get }
  /// How many rows there were, the dropped ones left out.
  var rows: Int { get }
  /// How many rows were dropped.
  var droppedRows: Int { get }

  /// Reads the next row that is not to be dropped; false at the end.
  ///
  /// - Parameter numbers: Room for those of the row, one a column but the targets': NaN where a cell holds none and that
  ///   is allowed, and of no meaning where a column holds categories.
  func next(_ numbers: inout MutableSpan<Double>) throws(FileError) -> Bool

  /// The cell of a column of text in the row that was read last, until the next is read.
  func text(of column: Int) -> UnsafeBufferPointer<UInt8>

  /// An error in a column of the row that was read last, or is being read.
  func failure(column: Int, _ problem: String, _ remedy: Phrase) -> FileError
}

extension TableReader {
  /// The error for a number of the row that was read last which single precision cannot hold.
  func overflow(of feature: Int, _ number: Double) -> FileError {
    failure(
      column: layout.column(of: feature), "'\(number)' is too large for single precision",
      "use double precision or scale the column down")
  }

  /// Whether the row that was read last lacks something, so that it is to be dropped.
  ///
  /// - Parameter lacksNumbers: Whether its numbers lack one.
  func isDropped(lacksNumbers: Bool) -> Bool {
    guard missing == .dropped else { return false }
    if lacksNumbers || layout.categoricals.contains(where: { text(of: $0).isEmpty }) { return true }
    if [layout.weight, layout.offset].contains(where: { $0.map { CSVCell(text(of: $0)).isMissing } ?? false })
    {
      return true
    }
    guard let label = layout.label, layout.readsLabels else { return false }
    let cell = text(of: label)
    guard CSVCell.mayBeMissing(cell.first) else { return false }
    return layout.labelsAreNumbers ? CSVCell(cell).isMissing : CSVCell(cell).isMissingName
  }
}

extension Span where Element: BinaryFloatingPoint {
  /// The place of the first whose magnitude is beyond `most`.
  func firstIndex(beyond most: Element) -> Int? {
    for i in indices where self[i].magnitude > most { return i }
    return nil
  }
}

extension CSVCell {
  /// Whether a cell that holds no number may do so.
  func mayBeMissing(_ policy: DataOptions.Missing) -> Bool {
    switch policy {
    case .refused: false
    case .mean: isMissing && !isInfinite
    case .dropped: isMissing
    }
  }

  private var isInfinite: Bool {
    let word = bytes.filter { $0 != .space }.drop { $0 == UInt8(ascii: "+") || $0 == UInt8(ascii: "-") }
    return word.count >= 3 && word.prefix(3).elementsEqual(Array("inf".utf8)) { $0 | 0x20 == $1 }
  }
}
