/// Why a state cannot be read.
struct StateError: Error, CustomStringConvertible {
  var description: String
}

/// Counts that a state may hold: far more than any training makes, and far from where adding to them overflows.
let plausibleCounts = 0...1 << 40

extension StateNode {
  /// Reads the one node that `bytes` hold. Nothing in them is trusted: a count is compared with what is left before
  /// anything of its size is made.
  init(reading bytes: [UInt8]) throws(StateError) {
    var reader = StateReader(bytes)
    self = try reader.node(depth: 0)
    guard reader.isAtEnd else { throw StateError(description: "something follows the state") }
  }
}

private struct StateReader {
  private let bytes: [UInt8]
  private var position = 0
  /// Deeper than any state is.
  private static let mostDepth = 32

  init(_ bytes: [UInt8]) { self.bytes = bytes }

  var isAtEnd: Bool { position == bytes.count }

  mutating func node(depth: Int) throws(StateError) -> StateNode {
    guard depth < Self.mostDepth else { throw StateError(description: "the state is nested too deep") }
    let tag: UInt8 = try number()
    switch tag {
    case 0: return .none
    case 1:
      let flag: UInt8 = try number()
      guard flag <= 1 else { throw StateError(description: "a flag is neither set nor not") }
      return .flag(flag == 1)
    case 2: return .integer(try number())
    case 3: return .natural(try number())
    case 4: return .double(Double(bitPattern: try number()))
    case 5: return .float(Float(bitPattern: try number()))
    case 6: return .text(try text())
    case 7: return .bytes(try numbers(0))
    case 8: return .integers(try numbers(0))
    case 9: return .floats(try numbers(0))
    case 10: return .doubles(try numbers(0))
    case 11:
      // Nodes are larger in memory than the shortest is in the file.
      let count = try count(of: 2)
      var nodes: [StateNode] = []
      for _ in 0..<count { nodes.append(try node(depth: depth + 1)) }
      return .list(nodes)
    case 12:
      let count = try count(of: 9)
      var fields: [StateNode.Field] = []
      var names: Set<String> = []
      for _ in 0..<count {
        let name = try text()
        guard names.insert(name).inserted else { throw StateError(description: "a field comes twice") }
        fields.append(StateNode.Field(name: name, value: try node(depth: depth + 1)))
      }
      return .fields(fields)
    default: throw StateError(description: "the kind \(tag) is unknown")
    }
  }

  /// A count of things of `size` bytes each, that many of which are there.
  private mutating func count(of size: Int) throws(StateError) -> Int {
    let count: UInt64 = try number()
    guard count <= UInt64((bytes.count - position) / size) else {
      throw StateError(description: "\(count) are declared where \(bytes.count - position) bytes are left")
    }
    return Int(count)
  }

  private mutating func number<Number: FixedWidthInteger>() throws(StateError) -> Number {
    let size = MemoryLayout<Number>.size
    guard bytes.count - position >= size else { throw StateError(description: "the state has no end") }
    defer { position += size }
    return bytes.withUnsafeBytes {
      Number(littleEndian: $0.loadUnaligned(fromByteOffset: position, as: Number.self))
    }
  }

  private mutating func text() throws(StateError) -> String {
    let utf8: [UInt8] = try numbers(0)
    guard let text = String(validating: utf8, as: UTF8.self) else {
      throw StateError(description: "a text is not UTF-8")
    }
    return text
  }

  private mutating func numbers<Number: BitwiseCopyable>(_ zero: Number) throws(StateError) -> [Number] {
    let size = MemoryLayout<Number>.size
    let count = try count(of: size)
    defer { position += count * size }
    return [Number](unsafeUninitializedCapacity: count) { target, filled in
      bytes.withUnsafeBytes {
        UnsafeMutableRawBufferPointer(target).copyMemory(
          from: UnsafeRawBufferPointer(rebasing: $0[position..<position + count * size]))
      }
      filled = count
    }
  }
}
