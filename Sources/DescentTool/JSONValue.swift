import Descent

/// A JSON document that is put together at run time. A number or text that is nil is null.
enum JSONValue: Encodable {
  case number(Double?)
  case whole(Int128)
  case flag(Bool)
  case text(String?)
  case list([JSONValue])
  case object([String: JSONValue])

  static var null: JSONValue { .text(nil) }

  /// As a person reads it; nil of null and of what holds nothing.
  var words: String? {
    switch self {
    case .number(let value): value.map { format($0, 7) }
    case .whole(let value): "\(value)"
    case .flag(let value): value ? "yes" : nil
    case .text(let value): value
    case .list(let values): values.compactMap(\.words).nonEmpty?.joined(separator: ", ")
    case .object(let members):
      members.inOrder.compactMap { name, value in value.words.map { "\(name) \($0)" } }
        .nonEmpty?
        .joined(separator: ", ")
    }
  }

  static func count(_ value: Int?) -> JSONValue { value.map { .whole(Int128($0)) } ?? .null }

  func encode(to encoder: any Encoder) throws {
    var container = encoder.singleValueContainer()
    switch self {
    case .number(let value): try container.encode(value)
    case .whole(let value): try container.encode(value)
    case .flag(let value): try container.encode(value)
    case .text(let value): try container.encode(value)
    case .list(let values): try container.encode(values)
    case .object(let members): try container.encode(members)
    }
  }
}
