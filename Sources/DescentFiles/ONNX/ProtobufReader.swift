internal import Descent

/// The fields of one message in the wire format of Protocol Buffers
/// (https://protobuf.dev/programming-guides/encoding), one after the other.
///
/// Nothing is allocated by what a file declares: every length is compared with the bytes that are there, and
/// messages are counted, so that millions of empty ones, two bytes each in the file, do not fill the memory.
struct ProtobufReader {
  struct Field {
    let number: Int
    let value: Value
    /// Where it starts in the file.
    let offset: Int
  }

  enum Value {
    case varint(UInt64)
    case fixed32(UInt32)
    case fixed64(UInt64)
    /// Text, a nested message or packed numbers: where they lie in the file.
    case bytes(Range<Int>)
  }

  struct Failure: Error {
    var offset: Int
    var problem: String
  }

  /// How many messages a file may hold, all in all: models of layers have some dozens.
  static let greatestMessageCount = 1 << 14
  /// How many texts: the names of classes are the most of them.
  static let greatestTextCount = 1 << 18
  /// How many whole numbers in one list: shapes and numbers of classes.
  static let greatestIntegerCount = 1 << 20

  let file: [UInt8]
  private let counter: Counter
  private var position: Int
  private let end: Int

  private final class Counter {
    var (messages, texts) = (0, 0)
  }

  init(_ file: [UInt8]) { (self.file, position, end, counter) = (file, 0, file.count, Counter()) }

  private init(_ reader: ProtobufReader, _ range: Range<Int>) {
    (file, counter, position, end) = (reader.file, reader.counter, range.lowerBound, range.upperBound)
  }

  /// The next field; nil at the message's end.
  mutating func next() throws(Failure) -> Field? {
    guard position < end else { return nil }
    let offset = position
    let tag = try varint()
    let number = tag >> 3
    guard number >= 1, number < 1 << 29 else { throw Failure(offset: offset, problem: "is no field's start") }
    let value: Value
    switch tag & 7 {
    case 0: value = .varint(try varint())
    case 1: value = .fixed64(try fixed(UInt64.self))
    case 2:
      let length = try varint()
      guard length <= UInt64(end - position) else {
        throw Failure(
          offset: offset, problem: "declares \(length) bytes where \(end - position) are left")
      }
      value = .bytes(position..<position + Int(length))
      position += Int(length)
    case 5: value = .fixed32(try fixed(UInt32.self))
    default: throw Failure(offset: offset, problem: "is a field of the unknown wire type \(tag & 7)")
    }
    return Field(number: Int(number), value: value, offset: offset)
  }

  private mutating func varint() throws(Failure) -> UInt64 {
    let start = position
    var result: UInt64 = 0
    for shift in stride(from: 0, to: 64, by: 7) {
      guard position < end else { throw Failure(offset: start, problem: "ends within a number") }
      let byte = file[position]
      position += 1
      result |= UInt64(byte & 0x7f) << UInt64(shift)
      if byte < 0x80 { return result }
    }
    throw Failure(offset: start, problem: "is a number of more than ten bytes")
  }

  private mutating func fixed<Number: FixedWidthInteger>(_ type: Number.Type) throws(Failure) -> Number {
    let size = MemoryLayout<Number>.size
    guard end - position >= size else { throw Failure(offset: position, problem: "ends within a number") }
    defer { position += size }
    return file.withUnsafeBytes {
      Number(littleEndian: $0.loadUnaligned(fromByteOffset: position, as: Number.self))
    }
  }
}

extension ProtobufReader {
  private func mismatch(_ field: Field, _ expected: String) -> Failure {
    Failure(offset: field.offset, problem: "field \(field.number) does not hold \(expected)")
  }

  private func check(_ count: Int, of noun: String, most: Int, _ field: Field) throws(Failure) {
    guard count <= most else {
      throw Failure(offset: field.offset, problem: "is one of more than \(most) \(noun)")
    }
  }

  /// A nested message.
  func message(_ field: Field) throws(Failure) -> ProtobufReader {
    counter.messages += 1
    try check(counter.messages, of: "parts", most: Self.greatestMessageCount, field)
    return ProtobufReader(self, try bytes(field))
  }

  func text(_ field: Field) throws(Failure) -> String {
    counter.texts += 1
    try check(counter.texts, of: "texts", most: Self.greatestTextCount, field)
    guard let text = String(validating: file[try bytes(field)], as: UTF8.self) else {
      throw mismatch(field, "UTF-8")
    }
    return text
  }

  func bytes(_ field: Field) throws(Failure) -> Range<Int> {
    guard case .bytes(let range) = field.value else { throw mismatch(field, "bytes") }
    return range
  }

  func integer(_ field: Field) throws(Failure) -> Int64 {
    guard case .varint(let value) = field.value else { throw mismatch(field, "a whole number") }
    return Int64(bitPattern: value)
  }

  func float(_ field: Field) throws(Failure) -> Float {
    guard case .fixed32(let value) = field.value else { throw mismatch(field, "a 32-bit number") }
    return Float(bitPattern: value)
  }

  /// Adds repeated whole numbers: one, or packed ones.
  func append(_ field: Field, to numbers: inout [Int64]) throws(Failure) {
    guard case .bytes(let range) = field.value else {
      try check(numbers.count + 1, of: "whole numbers", most: Self.greatestIntegerCount, field)
      return numbers.append(try integer(field))
    }
    let count = file[range].count { $0 < 0x80 }
    try check(numbers.count + count, of: "whole numbers", most: Self.greatestIntegerCount, field)
    var packed = ProtobufReader(self, range)
    while packed.position < packed.end { numbers.append(Int64(bitPattern: try packed.varint())) }
  }

  /// Adds repeated 32-bit numbers: one, or packed ones.
  func append(_ field: Field, to numbers: inout [Float]) throws(Failure) {
    guard case .bytes(let range) = field.value else { return numbers.append(try float(field)) }
    guard range.count % 4 == 0 else { throw mismatch(field, "32-bit numbers") }
    numbers += littleEndianNumbers(file[range]).map { Float(bitPattern: $0) }
  }

  /// Adds repeated 64-bit numbers: one, or packed ones.
  func append(_ field: Field, to numbers: inout [Double]) throws(Failure) {
    switch field.value {
    case .fixed64(let value): numbers.append(Double(bitPattern: value))
    case .bytes(let range) where range.count % 8 == 0:
      numbers += littleEndianNumbers(file[range]).map { Double(bitPattern: $0) }
    default: throw mismatch(field, "64-bit numbers")
    }
  }
}

/// The numbers that lie in `bytes`, little-endian.
func littleEndianNumbers<Number: FixedWidthInteger>(_ bytes: ArraySlice<UInt8>) -> [Number] {
  let size = MemoryLayout<Number>.size
  return bytes.withUnsafeBytes { bytes in
    (0..<bytes.count / size).map {
      Number(littleEndian: bytes.loadUnaligned(fromByteOffset: $0 * size, as: Number.self))
    }
  }
}
