/// A type of numbers in an NPY file, as its header spells it: byte order, kind, bytes.
struct NPYType: Equatable {
  var number: NumberType
  var isBigEndian: Bool

  private static let codes: [String: NumberType] = [
    "b1": .bool, "u1": .uint8, "u2": .uint16, "u4": .uint32, "u8": .uint64, "i1": .int8, "i2": .int16,
    "i4": .int32, "i8": .int64, "f2": .float16, "f4": .float32, "f8": .float64,
  ]

  init(_ number: NumberType, isBigEndian: Bool = false) {
    (self.number, self.isBigEndian) = (number, isBigEndian)
  }

  /// Nil for what is no plain number; ``meaning(of:)`` says what it is.
  init?(_ descr: String) {
    guard let order = descr.first, "<>|=".contains(order), let number = Self.codes[String(descr.dropFirst())],
      order != "|" || number.size == 1
    else { return nil }
    self.init(number, isBigEndian: order == ">" && number.size > 1)
  }

  /// `<f4`, `|u1`
  var descr: String {
    let code = Self.codes.first { $0.value == number }!.key
    return "\(number.size == 1 ? "|" : isBigEndian ? ">" : "<")\(code)"
  }

  var size: Int { number.size }

  func numbers<Element: BinaryFloatingPoint>(_ bytes: [UInt8]) -> [Element] {
    number.numbers(bytes, isBigEndian: isBigEndian)
  }

  /// What a type that is not read holds, in words.
  static func meaning(of descr: String) -> String {
    let names: [Character: String] = [
      "O": "Python objects", "S": "text", "U": "text", "a": "text", "V": "records", "c": "complex numbers",
      "M": "dates", "m": "time spans", "f": "floats of another size", "i": "integers of another size",
      "u": "integers of another size",
    ]
    let kind = descr.first { !"<>|=".contains($0) }
    return kind.flatMap { names[$0] } ?? "numbers of a type that is not known"
  }
}
