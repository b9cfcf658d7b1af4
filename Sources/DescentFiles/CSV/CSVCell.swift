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
    if bytes.count > 16 { return false }
    let word = String(decoding: bytes, as: UTF8.self).lowercased().drop {
      $0 == " " || $0 == "+" || $0 == "-"
    }
    return Self.missing.contains(String(word).split(separator: " ").first.map(String.init) ?? "")
  }

  private static let missing: Set = ["", "nan", "na", "n/a", "#n/a", "null", "none", "?", "inf", "infinity"]

  static let missingRemedy = "fill it in, remove the row, or say --missing mean or drop"

  var isText: Bool { number == nil && !isMissing }

  /// What is wrong with it, and what to do.
  func problem(delimiter: UInt8) -> (problem: String, remedy: String) {
    let text = quoted(bytes)
    if let number {
      return number.isInfinite
        ? ("\(text) is too large for a double", "scale the column down")
        : ("\(text) is a number", "")
    }
    if bytes.allSatisfy({ $0 == .space }) {
      return ("the cell is empty", Self.missingRemedy)
    }
    if isMissing { return ("\(text) is not a finite number", Self.missingRemedy) }
    for (byte, name) in [(UInt8(ascii: ";"), "semicolons"), (9, "tabs")] where byte != delimiter {
      if bytes.contains(byte) {
        return ("\(text) is not a number", "the fields may be separated by \(name): name the delimiter")
      }
    }
    if CSVCell(bytes.map { $0 == UInt8(ascii: ",") ? UInt8(ascii: ".") : $0 }).number != nil {
      return ("\(text) is not a number", "write a decimal point")
    }
    return (
      "\(text) is not a number", "write a number, or name the column with --label or --categorical"
    )
  }
}
