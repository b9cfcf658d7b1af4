internal import Descent

/// The parts of JSON that a safetensors header is made of: strings, whole numbers, and the signs between.
///
/// It goes no deeper than it is asked to, so that nesting costs no stack.
struct JSONScanner {
  struct Failure: Error {
    var offset: Int
    var problem: String
  }

  private let bytes: ArraySlice<UInt8>
  private(set) var position: Int

  init(_ bytes: ArraySlice<UInt8>) { (self.bytes, position) = (bytes, bytes.startIndex) }

  func failure(_ problem: String, at offset: Int? = nil) -> Failure {
    Failure(offset: offset ?? position, problem: problem)
  }

  /// The next byte, whatever it is.
  mutating func next() -> UInt8? {
    guard position < bytes.endIndex else { return nil }
    defer { position += 1 }
    return bytes[position]
  }

  mutating func skipSpace() {
    while position < bytes.endIndex, [0x20, 0x09, 0x0a, 0x0d].contains(bytes[position]) { position += 1 }
  }

  /// Moves behind `sign`, if it comes next.
  mutating func take(_ sign: Unicode.Scalar) -> Bool {
    skipSpace()
    guard position < bytes.endIndex, bytes[position] == UInt8(ascii: sign) else { return false }
    position += 1
    return true
  }

  mutating func expect(_ sign: Unicode.Scalar) throws(Failure) {
    guard take(sign) else { throw failure("'\(sign)' is missing") }
  }

  /// Checks that only space is left.
  mutating func expectEnd() throws(Failure) {
    skipSpace()
    guard position == bytes.endIndex else { throw failure("something follows the header's JSON") }
  }

  /// Reads `{ "key": value, ... }`; `member` reads each value.
  mutating func object(
    _ member: (inout JSONScanner, String) throws(Failure) -> Void
  ) throws(Failure) {
    try expect("{")
    if take("}") { return }
    var keys: Set<String> = []
    repeat {
      skipSpace()
      let start = position
      let key = try string()
      guard keys.insert(key).inserted else { throw failure("the key \(quoted(key)) comes twice", at: start) }
      try expect(":")
      try member(&self, key)
    } while take(",")
    try expect("}")
  }

  /// Reads `[1, 2, ...]`, whole numbers from 0.
  mutating func numbers() throws(Failure) -> [Int] {
    try expect("[")
    if take("]") { return [] }
    var result: [Int] = []
    repeat { result.append(try number()) } while take(",")
    try expect("]")
    return result
  }

  /// Reads `[a, b, ...]`, up to `most` of them; `element` reads each.
  mutating func array<Element>(
    most: Int, _ element: (inout JSONScanner) throws(Failure) -> Element
  ) throws(Failure) -> [Element] {
    try expect("[")
    if take("]") { return [] }
    var result: [Element] = []
    repeat {
      guard result.count < most else { throw failure("a list of more than \(most)") }
      result.append(try element(&self))
    } while take(",")
    try expect("]")
    return result
  }

  /// Reads a number, whole or not.
  mutating func decimal() throws(Failure) -> Double {
    skipSpace()
    let digits = bytes[position...].prefix { "+-.eE0123456789".utf8.contains($0) }
    guard let value = Double(String(decoding: digits, as: UTF8.self)) else {
      throw failure("a number is missing")
    }
    position = digits.endIndex
    return value
  }

  private mutating func number() throws(Failure) -> Int {
    skipSpace()
    let digits = bytes[position...].prefix { $0 >= UInt8(ascii: "0") && $0 <= UInt8(ascii: "9") }
    guard let value = Int(String(decoding: digits, as: UTF8.self)) else {
      throw failure(digits.isEmpty ? "a whole number from 0 is missing" : "a number is too large")
    }
    guard digits.count == 1 || digits.first != UInt8(ascii: "0") else {
      throw failure("a number starts with a zero")
    }
    position = digits.endIndex
    return value
  }
}
