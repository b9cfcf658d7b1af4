/// A cell of a table's row, as a program holds it.
public enum Cell: Sendable, Equatable {
  case number(Double)
  case text(String)
  case truth(Bool)
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
