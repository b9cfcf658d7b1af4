internal import Descent

/// A cell that is to be a number, looked at with care.
struct CSVCell {
  let bytes: [UInt8]

  init(_ bytes: some Sequence<UInt8>) { self.bytes = Array(bytes) }

  /// The number, infinite where it is too large; nil where there is none. Spaces may stand around it.
  var number: Double? { number(isSingle: false) }

  /// The same, rounded to `Float` if `isSingle`, where that does not make it infinite.
  func number(isSingle: Bool) -> Double? {
    let trimmed = bytes.drop { $0 == .space }
    return (Array(trimmed) + [0]).withUnsafeBufferPointer { buffer in
      var p = buffer.baseAddress!
      guard var value = DecimalNumber.scan(&p) else { return nil }
      if isSingle { value = DecimalNumber.roundedOnce(value, buffer.baseAddress!, p) }
      while p.pointee == .space { p += 1 }
      return p == buffer.baseAddress! + buffer.count - 1 ? value : nil
    }
  }

  /// Whether it is empty or spells a number that is missing or not finite.
  var isMissing: Bool {
    bytes.count <= 16 && Self.missing.contains(String(word.drop { $0 == "+" || $0 == "-" }))
  }

  /// The same of a column of names, among which a sign may be one.
  var isMissingName: Bool {
    Self.mayBeMissing(bytes.first) && isMissing && (word.isEmpty || !word.allSatisfy { "+-".contains($0) })
  }

  /// Whether a cell that begins so may be missing: most rows are told by one byte.
  static func mayBeMissing(_ first: UInt8?) -> Bool {
    guard let first else { return true }
    return " +-#<?IiNn".utf8.contains(first)
  }

  /// In lower case, without spaces around it.
  private var word: Substring {
    var word = String(decoding: bytes, as: UTF8.self).lowercased().drop { $0 == " " }
    while word.last == " " { word.removeLast() }
    return word
  }

  private static let missing: Set = [
    "", "nan", "na", "n.a.", "n/a", "#na", "#n/a", "<na>", "null", "none", "?", "inf", "infinity",
  ]

  /// What a cell that ``isMissing`` spells.
  var kindOfMissing: String {
    let name = word.drop { $0 == "+" || $0 == "-" }
    if name == "nan" { return "NaN" }
    return name.hasPrefix("inf") ? word.first == "-" ? "minus infinity" : "infinity" : "a missing value"
  }

  /// What is wrong with a label that ``isMissingName``; nil where it is empty.
  var missingLabel: String? { word.isEmpty ? nil : "the label \(quoted(bytes)) is \(kindOfMissing)" }

  /// Whether the cells of a column without a name are names of rows, or their numbers: no two are equal.
  static func areNamesOfRows(_ cells: [[UInt8]]) -> Bool {
    let cells = cells.map { CSVCell($0) }
    let areNumbers = cells.allSatisfy {
      !$0.bytes.isEmpty && $0.bytes.allSatisfy { (0x30...0x39).contains($0) }
    }
    return (areNumbers || cells.allSatisfy(\.isText)) && Set(cells.map(\.bytes)).count == cells.count
  }

  /// Whether they count: 0 or 1 and so on, or from anywhere where there are enough. Whole parts of numbers that a comma has
  /// cut do not.
  static func areCounts(_ cells: [[UInt8]]) -> Bool {
    let numbers = cells.compactMap { CSVCell($0).number }
    guard numbers.count == cells.count, let first = numbers.first else { return false }
    return (first == 0 || first == 1 || numbers.count >= RowCount.leastRows)
      && numbers.enumerated().allSatisfy { $1 == first + Double($0) }
  }

  var isText: Bool { number == nil && !isMissing }

  /// What is wrong with it, and what to do.
  func problem(
    delimiter: UInt8, _ missing: MissingCells, _ purpose: DataOptions.Purpose
  ) -> (problem: String, remedy: Phrase) {
    let text = quoted(bytes)
    if let number {
      return number.isInfinite
        ? ("\(text) is too large for a double", "scale the column down")
        : ("\(text) is a number", "")
    }
    if bytes.allSatisfy({ $0 == .space }) { return ("the cell is empty", missing.remedy) }
    if missing.isSpelt(bytes) { return ("\(text) is a missing value", missing.remedy) }
    if isMissing { return ("\(text) is \(kindOfMissing)", missing.remedy) }
    for byte in ";\t|".utf8 where byte != delimiter && bytes.contains(byte) {
      return ("\(text) is not a number", TableForm.Delimiter(byte).remedy)
    }
    if let date { return ("\(text) is a \(date.hasDate ? "date" : "time")", "") }
    if CSVCell(bytes.map { $0 == UInt8(ascii: ",") ? UInt8(ascii: ".") : $0 }).number != nil {
      return ("\(text) is not a number", "write a decimal point, and nothing between thousands")
    }
    let problem = "\(text) is not a number"
    return switch purpose {
    case .training: (problem, "write a number, or name the column with \(.label) or \(.categorical)")
    case .model: (problem, "the model was trained on numbers: write one")
    case .conversion(true): (problem, "write a number, or name the column with \(.label) or \(.ignore)")
    case .conversion(false): (problem, "write a number, or name the column with \(.ignore)")
    }
  }
}
