internal import Descent

/// A cell such as `3 %`, `12kg` or `$5`.
extension ColumnFinding.Sign {
  private static let currencies = ["$", "€", "£", "¥", "₹"]

  /// Nil where the cell is no number with one thing beside it. What comes before a number is a currency, or else names it.
  init?(_ cell: [UInt8]) {
    guard cell.count <= 32, let first = cell.firstIndex(where: { $0.isDigit }),
      let last = cell.lastIndex(where: { $0.isDigit })
    else { return nil }
    let isSigned = first > 0 && "-+.".utf8.contains(cell[first - 1])
    let start = isSigned ? first - 1 : first
    let core = Array(cell[start...last])
    guard CSVCell(core).number != nil || SpellingProblem(core, nil, hasPoints: false) != nil,
      let before = Self.trimmed(cell[..<start]), let behind = Self.trimmed(cell[(last + 1)...])
    else { return nil }
    switch (before.isEmpty, behind.isEmpty) {
    case (false, true) where Self.currencies.contains(before): (text, isBehind) = (before, false)
    case (true, false) where behind.utf8.count <= 8: (text, isBehind) = (behind, true)
    default: return nil
    }
  }

  private static func trimmed(_ bytes: ArraySlice<UInt8>) -> String? {
    String(validating: bytes, as: UTF8.self).map {
      String($0.drop { $0 == " " }.reversed().drop { $0 == " " }.reversed())
    }
  }

  /// A command that takes it out of a table.
  func command(_ file: String) -> String {
    let pattern = text.map { ".[]{}()\\*+?^$|/".contains($0) ? "\\\($0)" : "\($0)" }.joined()
    let script = isBehind ? "s/([0-9]) *\(pattern)/\\1/g" : "s/\(pattern) *([-+.0-9])/\\1/g"
    return "sed -E \(script.shellWord) \(file.shellWord) > plain.csv"
  }
}
