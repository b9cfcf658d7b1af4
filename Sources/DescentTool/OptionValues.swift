import ArgumentParser

/// The options of a command with their values, by the names that people give them: read off the command itself, so that none
/// is forgotten.
enum OptionValues {
  static func of(_ command: some Any) -> [String: JSONValue] {
    var values: [String: JSONValue] = [:]
    for child in Mirror(reflecting: command).children {
      guard let property = child.value as? any OptionProperty, let label = child.label else { continue }
      if property.isGroup {
        values.merge(of(property.anyValue)) { $1 }
      } else {
        values[name(of: label)] = value(of: property.anyValue)
      }
    }
    return values
  }

  /// `batch-size` of `_batchSize`.
  private static func name(of label: String) -> String {
    label.drop { $0 == "_" }.reduce(into: "") { name, letter in
      name += letter.isUppercase ? "-" + letter.lowercased() : String(letter)
    }
  }

  private static func value(of any: Any) -> JSONValue {
    switch any {
    case let value as Bool: .flag(value)
    case let value as any BinaryInteger: .whole(Int128(value))
    case let value as Double: .number(value)
    case let value as String: .text(value)
    case let value as PenaltyStrength: value.number.map { .number($0) } ?? .text("auto")
    case let value as any RawRepresentable<String>: .text(value.rawValue)
    case let value as any ExpressibleByArgument: listed(value) ?? .text(value.defaultValueDescription)
    default: optional(any)
    }
  }

  /// What an optional holds, or null.
  private static func optional(_ any: Any) -> JSONValue {
    let mirror = Mirror(reflecting: any)
    guard mirror.displayStyle == .optional else { return .text("\(any)") }
    return mirror.children.first.map { value(of: $0.value) } ?? .null
  }

  /// A list, where a value is nothing but one.
  private static func listed(_ any: Any) -> JSONValue? {
    guard let only = Mirror(reflecting: any).children.first?.value as? [any CustomStringConvertible] else {
      return nil
    }
    return .list(only.map { .text($0.description) })
  }
}

/// The parser's wrappers of what a command is told.
private protocol OptionProperty {
  var anyValue: Any { get }
  var isGroup: Bool { get }
}

extension OptionProperty {
  var isGroup: Bool { false }
}

extension Option: OptionProperty {
  fileprivate var anyValue: Any { wrappedValue }
}

extension Flag: OptionProperty {
  fileprivate var anyValue: Any { wrappedValue }
}

extension OptionGroup: OptionProperty {
  fileprivate var anyValue: Any { wrappedValue }
  fileprivate var isGroup: Bool { true }
}
