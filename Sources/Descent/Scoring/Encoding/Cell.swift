/// A cell of a table's row, as a program holds it.
public enum Cell: Sendable, Equatable {
  /// For columns of numbers; of columns of two words, as yes and no, 0 and 1 alone. Missing where it marks what is missing.
  case number(Double)
  /// A category, or one of a column's two words for 1 and 0. Missing where it is empty or marks what is missing.
  case text(String)
  /// For columns of two words, such as yes and no: 1 and 0. In others an error.
  case truth(Bool)
  /// Filled as in training; an error where the model has nothing to fill it with.
  case missing
}

extension Cell: ExpressibleByFloatLiteral, ExpressibleByIntegerLiteral, ExpressibleByStringLiteral,
  ExpressibleByBooleanLiteral, ExpressibleByNilLiteral
{
  public init(floatLiteral value: Double) { self = .number(value) }
  public init(integerLiteral value: Int) { self = .number(Double(value)) }
  public init(stringLiteral value: String) { self = .text(value) }
  public init(booleanLiteral value: Bool) { self = .truth(value) }
  public init(nilLiteral: ()) { self = .missing }
}

extension Cell: CustomStringConvertible {
  public var description: String {
    switch self {
    case .number(let value): "\(value)"
    case .text(let text): "'\(text)'"
    case .truth(let value): "\(value)"
    case .missing: "nothing"
    }
  }
}
