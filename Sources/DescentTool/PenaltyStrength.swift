public import ArgumentParser

/// `0.01`, or `auto`: chosen by rows held out.
public struct PenaltyStrength: ExpressibleByArgument, ExpressibleByFloatLiteral, Equatable {
  /// Nil where it is to be chosen.
  let number: Double?

  public init(floatLiteral number: Double) { self.number = number }

  public init?(argument: String) {
    if argument == "auto" {
      number = nil
    } else {
      guard let number = Double(argument) else { return nil }
      self.number = number
    }
  }

  var isAuto: Bool { number == nil }

  public var defaultValueDescription: String { number.map { "\($0)" } ?? "auto" }
}
