/// Takes values apart into a ``StateNode``. Arrays of numbers stay whole, which is what makes it fast.
///
/// Values come as existentials: a checkpoint is rare, and is not worth copies of this code for each state, key and
/// precision.
enum StateCoding {
  static func bytes(of value: any Encodable) throws -> [UInt8] {
    var bytes: [UInt8] = []
    try StateEncoder.node(of: value).write(to: &bytes)
    return bytes
  }
}

final class StateEncoder: Encoder {
  fileprivate var value: (() -> StateNode)?
  let codingPath: [any CodingKey] = []
  let userInfo: [CodingUserInfoKey: Any] = [:]

  static func node(of value: any Encodable) throws -> StateNode {
    switch value {
    case let value as Bool: return .flag(value)
    case let value as Double: return .double(value)
    case let value as Float: return .float(value)
    case let value as String: return .text(value)
    case let value as any FixedWidthInteger & SignedInteger: return .integer(Int64(value))
    case let value as any FixedWidthInteger & UnsignedInteger: return .natural(UInt64(value))
    default: break
    }
    // By their types: an empty array can be cast to an array of anything.
    if type(of: value) == [Float].self, let numbers = value as? [Float] { return .floats(numbers) }
    if type(of: value) == [Double].self, let numbers = value as? [Double] { return .doubles(numbers) }
    if type(of: value) == [Int].self, let numbers = value as? [Int] { return .integers(numbers) }
    if type(of: value) == [UInt8].self, let numbers = value as? [UInt8] { return .bytes(numbers) }
    let encoder = StateEncoder()
    try value.encode(to: encoder)
    return encoder.value?() ?? .fields([])
  }

  func container<Key: CodingKey>(keyedBy type: Key.Type) -> KeyedEncodingContainer<Key> {
    let fields = EncodedFields()
    value = { .fields(fields.all.map { StateNode.Field(name: $0.name, value: $0.value()) }) }
    return KeyedEncodingContainer(Fields<Key>(fields: fields))
  }

  func unkeyedContainer() -> any UnkeyedEncodingContainer {
    let list = EncodedList()
    value = { .list(list.all.map { $0() }) }
    return List(list: list)
  }

  func singleValueContainer() -> any SingleValueEncodingContainer { Single(encoder: self) }
}

/// What a container has gathered so far: containers are copied, this is not. A value may be filled in later.
private final class EncodedFields { var all: [(name: String, value: () -> StateNode)] = [] }
private final class EncodedList { var all: [() -> StateNode] = [] }

extension StateEncoder {
  fileprivate struct Fields<Key: CodingKey>: KeyedEncodingContainerProtocol {
    let fields: EncodedFields
    var codingPath: [any CodingKey] { [] }

    private func add(_ key: any CodingKey, _ value: @escaping () -> StateNode) {
      fields.all.append((key.stringValue, value))
    }

    private func encoder(for key: any CodingKey) -> StateEncoder {
      let encoder = StateEncoder()
      add(key) { encoder.value?() ?? .fields([]) }
      return encoder
    }

    func encodeNil(forKey key: Key) { add(key) { .none } }

    func encode<Value: Encodable>(_ value: Value, forKey key: Key) throws {
      let node = try StateEncoder.node(of: value)
      add(key) { node }
    }

    func nestedContainer<Nested: CodingKey>(
      keyedBy type: Nested.Type, forKey key: Key
    ) -> KeyedEncodingContainer<Nested> {
      encoder(for: key).container(keyedBy: type)
    }

    func nestedUnkeyedContainer(forKey key: Key) -> any UnkeyedEncodingContainer {
      encoder(for: key).unkeyedContainer()
    }

    func superEncoder() -> any Encoder { encoder(for: StateKey(stringValue: "super")) }
    func superEncoder(forKey key: Key) -> any Encoder { encoder(for: key) }
  }

  fileprivate struct List: UnkeyedEncodingContainer {
    let list: EncodedList
    var codingPath: [any CodingKey] { [] }
    var count: Int { list.all.count }

    private func encoder() -> StateEncoder {
      let encoder = StateEncoder()
      list.all.append { encoder.value?() ?? .fields([]) }
      return encoder
    }

    func encodeNil() { list.all.append { .none } }

    func encode<Value: Encodable>(_ value: Value) throws {
      let node = try StateEncoder.node(of: value)
      list.all.append { node }
    }

    func nestedContainer<Nested: CodingKey>(keyedBy type: Nested.Type) -> KeyedEncodingContainer<Nested> {
      encoder().container(keyedBy: type)
    }

    func nestedUnkeyedContainer() -> any UnkeyedEncodingContainer { encoder().unkeyedContainer() }
    func superEncoder() -> any Encoder { encoder() }
  }

  fileprivate struct Single: SingleValueEncodingContainer {
    let encoder: StateEncoder
    var codingPath: [any CodingKey] { [] }

    func encodeNil() { encoder.value = { .none } }

    func encode<Value: Encodable>(_ value: Value) throws {
      let node = try StateEncoder.node(of: value)
      encoder.value = { node }
    }
  }
}

/// A key by its name.
struct StateKey: CodingKey {
  let stringValue: String
  var intValue: Int? { nil }
  init(stringValue: String) { self.stringValue = stringValue }
  init?(intValue: Int) { nil }
}
