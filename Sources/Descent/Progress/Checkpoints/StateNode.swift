/// A value taken apart into what is written to a checkpoint: a tree whose leaves are numbers, texts and whole
/// arrays of numbers.
///
/// A node is a tag, one byte, and what belongs to it, numbers as little-endian; counts are 64 bits.
enum StateNode: Equatable {
  case none
  case flag(Bool)
  case integer(Int64)
  case natural(UInt64)
  case double(Double)
  case float(Float)
  case text(String)
  case bytes([UInt8])
  case integers([Int])
  case floats([Float])
  case doubles([Double])
  case list([StateNode])
  case fields([Field])

  struct Field: Equatable {
    var name: String
    var value: StateNode
  }

  /// Adds the node to the end of `bytes`.
  func write(to bytes: inout [UInt8]) {
    bytes.append(tag)
    switch self {
    case .none: break
    case .flag(let flag): bytes.append(flag ? 1 : 0)
    case .integer(let number): append(number, to: &bytes)
    case .natural(let number): append(number, to: &bytes)
    case .double(let number): append(number.bitPattern, to: &bytes)
    case .float(let number): append(number.bitPattern, to: &bytes)
    case .text(let text): append(text, to: &bytes)
    case .bytes(let numbers): append(numbers, to: &bytes)
    case .integers(let numbers): append(numbers, to: &bytes)
    case .floats(let numbers): append(numbers, to: &bytes)
    case .doubles(let numbers): append(numbers, to: &bytes)
    case .list(let nodes):
      append(UInt64(nodes.count), to: &bytes)
      for node in nodes { node.write(to: &bytes) }
    case .fields(let fields):
      append(UInt64(fields.count), to: &bytes)
      for field in fields {
        append(field.name, to: &bytes)
        field.value.write(to: &bytes)
      }
    }
  }

  private var tag: UInt8 {
    switch self {
    case .none: 0
    case .flag: 1
    case .integer: 2
    case .natural: 3
    case .double: 4
    case .float: 5
    case .text: 6
    case .bytes: 7
    case .integers: 8
    case .floats: 9
    case .doubles: 10
    case .list: 11
    case .fields: 12
    }
  }

  private func append(_ number: some FixedWidthInteger, to bytes: inout [UInt8]) {
    withUnsafeBytes(of: number.littleEndian) { bytes.append(contentsOf: $0) }
  }

  private func append(_ text: String, to bytes: inout [UInt8]) {
    append(UInt64(text.utf8.count), to: &bytes)
    bytes.append(contentsOf: text.utf8)
  }

  /// The machines that Swift runs on are little-endian; `Float` and `Double` lie as IEEE 754 has them.
  private func append<Number: BitwiseCopyable>(_ numbers: [Number], to bytes: inout [UInt8]) {
    append(UInt64(numbers.count), to: &bytes)
    numbers.withUnsafeBytes { bytes.append(contentsOf: $0) }
  }
}
