internal import Descent

/// How numbers are spelt that have a decimal comma, or something between thousands: `1.234,5`.
///
/// Groups are strict: one to three digits, the first of them no 0, then three each. So `0.123` is no number where a point
/// stands between thousands, and none is taken for a thousand times itself in silence.
struct NumberSpelling: Sendable, Equatable {
  let decimal: TableForm.Decimal
  let thousands: TableForm.Thousands?

  /// Nil where numbers are spelt as elsewhere.
  init?(_ form: TableForm) {
    (decimal, thousands) = (form.decimal ?? .point, form.thousands)
    if decimal == .point, thousands == nil { return nil }
  }

  /// The number that a cell holds, infinite where it is too large; nil where there is none. Blanks may stand around it.
  ///
  /// - Parameter isSingle: Whether it is rounded to `Float`, where that does not make it infinite.
  func number(_ cell: UnsafeBufferPointer<UInt8>, isSingle: Bool = false) -> Double? {
    withUnsafeTemporaryAllocation(of: UInt8.self, capacity: cell.count + 1) { plain in
      guard let count = spell(cell, to: plain) else { return nil }
      plain[count] = 0
      let start = UnsafePointer(plain.baseAddress!)
      var p = start
      guard let number = DecimalNumber.scan(&p), p == start + count else { return nil }
      return isSingle ? DecimalNumber.roundedOnce(number, start, p) : number
    }
  }

  /// The number as it is spelt elsewhere, with a decimal point alone; nil where the cell holds none.
  func plain(_ cell: [UInt8]) -> [UInt8]? {
    let plain = cell.withUnsafeBufferPointer { cell in
      [UInt8](unsafeUninitializedCapacity: cell.count) { $1 = spell(cell, to: $0) ?? 0 }
    }
    return plain.isEmpty || CSVCell(plain).number == nil ? nil : plain
  }

  /// Writes the cell with a decimal point alone to `plain`, and returns its length; nil where the groups are not such.
  private func spell(
    _ cell: UnsafeBufferPointer<UInt8>, to plain: UnsafeMutableBufferPointer<UInt8>
  ) -> Int? {
    var rest = cell[...]
    while rest.first?.isBlank == true { rest.removeFirst() }
    while rest.last?.isBlank == true { rest.removeLast() }
    var count = 0
    func put(_ byte: UInt8) {
      plain[count] = byte
      count += 1
    }
    if let sign = rest.first, sign == UInt8(ascii: "-") || sign == UInt8(ascii: "+") {
      put(rest.removeFirst())
    }
    var (group, groups) = (0, 0)
    let first = rest.first
    while let byte = rest.first {
      if byte.isDigit {
        put(rest.removeFirst())
        group += 1
      } else if let length = separator(rest) {
        guard groups == 0 ? 1...3 ~= group && first != UInt8(ascii: "0") : group == 3 else { return nil }
        rest.removeFirst(length)
        (group, groups) = (0, groups + 1)
      } else {
        break
      }
    }
    guard groups == 0 || group == 3 else { return nil }
    for byte in rest {
      if byte == decimal.rawValue.asciiValue {
        put(UInt8(ascii: "."))
      } else if byte.isDigit || "eE+-".utf8.contains(byte) {
        put(byte)
      } else {
        return nil
      }
    }
    return count
  }

  /// Whether something stands between thousands in a cell.
  func hasGroups(_ cell: [UInt8]) -> Bool { cell.indices.contains { separator(cell[$0...]) != nil } }

  /// How many bytes of what stands between thousands begin `bytes`; nil where it does not.
  private func separator(_ bytes: some Collection<UInt8>) -> Int? {
    guard let thousands else { return nil }
    if bytes.first == thousands.rawValue.asciiValue { return 1 }
    let others: [[UInt8]]
    switch thousands {
    case .comma, .point: return nil
    // U+2019.
    case .apostrophe: others = [[0xe2, 0x80, 0x99]]
    // Of no break, narrow of no break, thin.
    case .space: others = [[0xc2, 0xa0], [0xe2, 0x80, 0xaf], [0xe2, 0x80, 0x89]]
    }
    return others.first { bytes.starts(with: $0) }?.count
  }
}

extension UInt8 {
  var isDigit: Bool { self &- UInt8(ascii: "0") < 10 }
}
