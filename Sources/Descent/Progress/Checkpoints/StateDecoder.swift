extension StateCoding {
  /// - Throws: where the bytes are not those of such a value.
  static func value<Value: Decodable>(_ type: Value.Type, from bytes: [UInt8]) throws -> Value {
    try StateDecoder.value(type, of: StateNode(reading: bytes))
  }
}

/// Puts values together again that ``StateEncoder`` took apart.
struct StateDecoder: Decoder {
  fileprivate let node: StateNode
  var codingPath: [any CodingKey] { [] }
  var userInfo: [CodingUserInfoKey: Any] { [:] }

  static func value<Value: Decodable>(_ type: Value.Type, of node: StateNode) throws -> Value {
    guard let value = try any(type, of: node) as? Value else { throw missing(type) }
    return value
  }

  private static func any(_ type: any Decodable.Type, of node: StateNode) throws -> any Decodable {
    switch node {
    case .flag(let value) where type == Bool.self: return value
    case .double(let value) where type == Double.self: return value
    case .float(let value) where type == Float.self: return value
    case .text(let value) where type == String.self: return value
    case .integer(let value): if let value = integer(value, as: type) { return value }
    case .natural(let value): if let value = integer(value, as: type) { return value }
    case .bytes(let numbers) where type == [UInt8].self: return numbers
    case .integers(let numbers) where type == [Int].self: return numbers
    case .floats(let numbers) where type == [Float].self: return numbers
    case .doubles(let numbers) where type == [Double].self: return numbers
    default: break
    }
    if isLeaf(type) { throw missing(type) }
    return try type.init(from: StateDecoder(node: node))
  }

  private static func missing(_ type: Any.Type) -> StateError {
    StateError(description: "no \(type) is there")
  }

  /// Types that ask for a single value of their own type: to hand them a decoder would go on for ever.
  private static func isLeaf(_ type: Any.Type) -> Bool {
    type == Bool.self || type == Double.self || type == Float.self || type == String.self
      || type is any FixedWidthInteger.Type || type == [UInt8].self || type == [Int].self
      || type == [Float].self || type == [Double].self
  }

  private static func integer(_ number: some BinaryInteger, as type: Any.Type) -> (any Decodable)? {
    func exactly<Number: FixedWidthInteger>(_ type: Number.Type) -> (any Decodable)? {
      Number(exactly: number) as? any Decodable
    }
    guard let integers = type as? any FixedWidthInteger.Type else { return nil }
    return exactly(integers)
  }

  func container<Key: CodingKey>(keyedBy type: Key.Type) throws -> KeyedDecodingContainer<Key> {
    guard case .fields(let fields) = node else { throw StateError(description: "fields are missing") }
    return KeyedDecodingContainer(
      Fields<Key>(values: Dictionary(uniqueKeysWithValues: fields.map { ($0.name, $0.value) })))
  }

  func unkeyedContainer() throws -> any UnkeyedDecodingContainer {
    guard case .list(let nodes) = node else { throw StateError(description: "a list is missing") }
    return List(nodes: nodes)
  }

  func singleValueContainer() -> any SingleValueDecodingContainer { Single(node: node) }
}

extension StateDecoder {
  fileprivate struct Fields<Key: CodingKey>: KeyedDecodingContainerProtocol {
    let values: [String: StateNode]
    var codingPath: [any CodingKey] { [] }
    var allKeys: [Key] { values.orderedKeys.compactMap { Key(stringValue: $0) } }

    private func node(_ name: String) throws -> StateNode {
      guard let node = values[name] else { throw StateError(description: "the field \(name) is missing") }
      return node
    }

    func contains(_ key: Key) -> Bool { values[key.stringValue] != nil }
    func decodeNil(forKey key: Key) throws -> Bool { try node(key.stringValue) == .none }

    func decode<Value: Decodable>(_ type: Value.Type, forKey key: Key) throws -> Value {
      try StateDecoder.value(type, of: try node(key.stringValue))
    }

    func nestedContainer<Nested: CodingKey>(
      keyedBy type: Nested.Type, forKey key: Key
    ) throws -> KeyedDecodingContainer<Nested> {
      try StateDecoder(node: try node(key.stringValue)).container(keyedBy: type)
    }

    func nestedUnkeyedContainer(forKey key: Key) throws -> any UnkeyedDecodingContainer {
      try StateDecoder(node: try node(key.stringValue)).unkeyedContainer()
    }

    func superDecoder() throws -> any Decoder { StateDecoder(node: try node("super")) }
    func superDecoder(forKey key: Key) throws -> any Decoder {
      StateDecoder(node: try node(key.stringValue))
    }
  }

  fileprivate struct List: UnkeyedDecodingContainer {
    let nodes: [StateNode]
    var currentIndex = 0
    var codingPath: [any CodingKey] { [] }
    var count: Int? { nodes.count }
    var isAtEnd: Bool { currentIndex == nodes.count }

    init(nodes: [StateNode]) { self.nodes = nodes }

    private mutating func next() throws -> StateNode {
      guard !isAtEnd else { throw StateError(description: "a list is too short") }
      defer { currentIndex += 1 }
      return nodes[currentIndex]
    }

    mutating func decodeNil() throws -> Bool {
      guard !isAtEnd, nodes[currentIndex] == .none else { return false }
      currentIndex += 1
      return true
    }

    mutating func decode<Value: Decodable>(_ type: Value.Type) throws -> Value {
      try StateDecoder.value(type, of: next())
    }

    mutating func nestedContainer<Nested: CodingKey>(
      keyedBy type: Nested.Type
    ) throws -> KeyedDecodingContainer<Nested> {
      try StateDecoder(node: next()).container(keyedBy: type)
    }

    mutating func nestedUnkeyedContainer() throws -> any UnkeyedDecodingContainer {
      try StateDecoder(node: next()).unkeyedContainer()
    }

    mutating func superDecoder() throws -> any Decoder { StateDecoder(node: try next()) }
  }

  fileprivate struct Single: SingleValueDecodingContainer {
    let node: StateNode
    var codingPath: [any CodingKey] { [] }

    func decodeNil() -> Bool { node == .none }

    func decode<Value: Decodable>(_ type: Value.Type) throws -> Value {
      try StateDecoder.value(type, of: node)
    }
  }
}
