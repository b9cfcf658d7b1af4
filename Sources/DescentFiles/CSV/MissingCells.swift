public import Descent

/// What spells a missing cell of a table, and what is done about it. A class for the reason that ``CSVLayout`` is one.
final class MissingCells {
  let policy: DataOptions.Missing
  /// What spells one besides what always does.
  let spellings: [String]
  private let words: Set<[UInt8]>
  /// Those of the words that are numbers, as they are read.
  private let numbers: [Double]

  /// - Parameter isSingle: Whether numbers are rounded to `Float`.
  init(_ options: DataOptions, isSingle: Bool) {
    policy = options.missingPolicy
    remedy =
      switch options.purpose {
      case .training: "fill it in, remove the row, or say \(.missing) mean or drop"
      case .model: "fill it in, remove the row, or train with \(.missing) mean"
      case .conversion: "fill it in, remove the row, or say \(.missing) drop"
      }
    let known = options.model?.table?.missingValues ?? []
    spellings = known + options.missingValues.filter { !known.contains($0) }
    words = Set(spellings.map { Array($0.utf8) })
    numbers = spellings.compactMap { CSVCell($0.utf8).number(isSingle: isSingle) }
  }

  /// What to do about the first, where they are refused.
  let remedy: Phrase

  func isMissing(_ cell: CSVCell) -> Bool { isSpelt(cell.bytes) || cell.isMissing }

  /// Whether a cell that holds no number may do so.
  func allows(_ cell: CSVCell) -> Bool {
    guard policy != .refused else { return false }
    return isSpelt(cell.bytes) || cell.isMissing && (policy == .dropped || !cell.isInfinite)
  }

  /// The number that a cell without one stands for: 1 or 0 by a word, NaN where it is missing and may be; nil for none.
  func number(
    of cell: UnsafeBufferPointer<UInt8>, _ column: Int, _ truths: inout TruthColumns, line: Int, row: Int
  ) -> Double? {
    if isSpelt(cell) { return policy == .refused ? nil : .nan }
    if let number = truths.number(of: cell, in: column, line: line, row: row) { return number }
    guard policy != .refused else { return nil }
    let cell = CSVCell(cell)
    return cell.number == nil && allows(cell) ? .nan : nil
  }

  /// Whether some number is one that is missing.
  var haveNumbers: Bool { !numbers.isEmpty }

  func isSpelt(_ number: Double) -> Bool { numbers.contains(number) }

  /// Whether it is one of the words.
  func isSpelt(_ cell: some Collection<UInt8>) -> Bool {
    !words.isEmpty && words.contains(CSVCell(cell).trimmed)
  }

  /// Whether a category is missing.
  func isCategory(_ cell: UnsafeBufferPointer<UInt8>) -> Bool { cell.isEmpty || isSpelt(cell) }

  /// Whether a label is missing, which is to be a number or the name of a class.
  func isLabel(_ cell: UnsafeBufferPointer<UInt8>, isNumber: Bool) -> Bool {
    guard mayBeLabel(cell.first) else { return false }
    let label = CSVCell(cell)
    if isSpelt(cell) || (isNumber ? label.isMissing : label.isMissingName) { return true }
    return isNumber && haveNumbers && label.number.map { isSpelt($0) } ?? false
  }

  /// Whether a label that begins so may be: most rows are told by one byte.
  func mayBeLabel(_ first: UInt8?) -> Bool { !words.isEmpty || CSVCell.mayBeMissing(first) }
}

extension CSVCell {
  fileprivate var isInfinite: Bool {
    let word = bytes.filter { $0 != .space }.drop { $0 == UInt8(ascii: "+") || $0 == UInt8(ascii: "-") }
    return word.count >= 3 && word.prefix(3).elementsEqual(Array("inf".utf8)) { $0 | 0x20 == $1 }
  }

  /// Without spaces around it.
  fileprivate var trimmed: [UInt8] {
    var text = bytes.drop { $0 == .space }
    while text.last == .space { text.removeLast() }
    return Array(text)
  }
}

extension TableSchema {
  /// How it fills what is missing; nil where it does not.
  public var filling: DataOptions.Missing? {
    guard fills else { return nil }
    if columns.contains(where: { $0.median != nil }) { return .median }
    return columns.contains(where: \.isIndicated) ? .indicator : .mean
  }
}
