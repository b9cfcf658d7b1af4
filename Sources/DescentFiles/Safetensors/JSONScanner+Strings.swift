internal import Descent

extension JSONScanner {
  /// Reads a string in quotes.
  mutating func string() throws(Failure) -> String {
    skipSpace()
    let start = position
    try expect("\"")
    var text: [UInt8] = []
    while let byte = next() {
      switch byte {
      case UInt8(ascii: "\""):
        guard let string = String(validating: text, as: UTF8.self) else {
          throw failure("a string is not UTF-8", at: start)
        }
        return string
      case UInt8(ascii: "\\"): text += String(try escape()).utf8
      case 0..<0x20: throw failure("a control character in a string")
      default: text.append(byte)
      }
    }
    throw failure("a string has no end", at: start)
  }

  /// Reads what follows a backslash.
  private mutating func escape() throws(Failure) -> Character {
    switch next() {
    case UInt8(ascii: "\""): return "\""
    case UInt8(ascii: "\\"): return "\\"
    case UInt8(ascii: "/"): return "/"
    case UInt8(ascii: "b"): return "\u{8}"
    case UInt8(ascii: "f"): return "\u{c}"
    case UInt8(ascii: "n"): return "\n"
    case UInt8(ascii: "r"): return "\r"
    case UInt8(ascii: "t"): return "\t"
    case UInt8(ascii: "u"): return Character(try scalar())
    default: throw failure("an unknown escape in a string")
    }
  }

  /// Reads the four digits of an escape, and the other half of a surrogate pair.
  private mutating func scalar() throws(Failure) -> Unicode.Scalar {
    let first = try unit()
    if let scalar = Unicode.Scalar(first) { return scalar }
    guard first < 0xdc00, next() == UInt8(ascii: "\\"), next() == UInt8(ascii: "u") else {
      throw failure("half a surrogate pair in a string")
    }
    let second = try unit()
    let (high, low) = (UInt32(first) - 0xd800, UInt32(second))
    guard low >= 0xdc00, low < 0xe000, let scalar = Unicode.Scalar(0x10000 + high << 10 + (low - 0xdc00))
    else { throw failure("half a surrogate pair in a string") }
    return scalar
  }

  private mutating func unit() throws(Failure) -> UInt16 {
    var value: UInt16 = 0
    for _ in 0..<4 {
      guard let byte = next(), let digit = Character(Unicode.Scalar(byte)).hexDigitValue else {
        throw failure("an escape without four hexadecimal digits")
      }
      value = value << 4 | UInt16(digit)
    }
    return value
  }
}
