internal import Descent

/// Reads a table row by row, from whatever holds it.
protocol TableReader: AnyObject {
  var file: String { get }
  var layout: CSVLayout { get }
  /// What spells missing cells, and what is done about them.
  var missing: MissingCells { get }
  /// Which columns say 1 and 0 by words, as far as is known.
  var truths: TruthColumns { get }
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

  /// How numbers are spelt, where that is not as elsewhere.
  var spelling: NumberSpelling? { get }

  /// Whether how numbers are spelt can be said of it, and what separates its fields.
  var takesSpelling: Bool { get }
  var delimiter: TableForm.Delimiter? { get }

  /// What is wrong with a cell that is to be a number, and what to do.
  func problem(of cell: CSVCell) -> (problem: String, remedy: Phrase)

  /// An error in a column of the row that was read last, or is being read.
  func failure(column: Int, _ problem: String, _ remedy: Phrase) -> FileError
}

extension TableReader {
  var spelling: NumberSpelling? { nil }
  var takesSpelling: Bool { false }
  var delimiter: TableForm.Delimiter? { nil }

  /// The number that a cell holds as it stands in the table; nil where it holds none.
  func number(_ cell: UnsafeBufferPointer<UInt8>) -> Double? {
    guard let spelling else { return CSVCell(cell).number }
    return spelling.number(cell)
  }

  func problem(of cell: CSVCell) -> (problem: String, remedy: Phrase) {
    cell.problem(delimiter: 0, missing, layout.purpose)
  }

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
    guard missing.policy == .dropped else { return false }
    if lacksNumbers || layout.categoricals.contains(where: { missing.isCategory(text(of: $0)) }) {
      return true
    }
    if [layout.weight, layout.offset].contains(where: {
      $0.map { missing.isLabel(text(of: $0), isNumber: true) } ?? false
    }) {
      return true
    }
    if let group = layout.group, missing.isCategory(text(of: layout.kept[group])) { return true }
    guard let label = layout.label, layout.readsLabels else { return false }
    return missing.isLabel(text(of: label), isNumber: layout.labelsAreNumbers)
  }

  /// Makes what spells a missing number one that is missing; how many there are.
  func takeOut(_ numbers: inout MutableSpan<Double>) throws(FileError) -> Int {
    guard missing.haveNumbers else { return 0 }
    var count = 0
    for feature in numbers.indices where missing.isSpelt(numbers[feature]) {
      let column = layout.column(of: feature)
      // What stands in the place of a category is no number.
      if !layout.uses[column].isNumber { continue }
      guard missing.policy != .refused else {
        throw failure(
          column: column, "'\(shortest(numbers[feature]))' is a missing value", missing.remedy)
      }
      numbers[feature] = .nan
      count += 1
    }
    return count
  }
}

extension Span where Element: BinaryFloatingPoint {
  /// The place of the first whose magnitude is beyond `most`.
  func firstIndex(beyond most: Element) -> Int? {
    for i in indices where self[i].magnitude > most { return i }
    return nil
  }
}
