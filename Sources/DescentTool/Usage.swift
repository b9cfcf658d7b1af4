import ArgumentParser

/// Checks of the command line that the parser leaves to its clients.
enum Usage {
  /// No option makes sense twice; the parser would take the last and say nothing.
  static func refuseRepeatedOptions(_ arguments: [String]) throws(Failure) {
    var seen: Set<String> = []
    for argument in arguments.prefix(while: { $0 != "--" }) where argument.hasPrefix("--") {
      let name = String(argument.prefix { $0 != "=" })
      guard seen.insert(name).inserted else {
        throw Failure(.usage, "the option '\(name)' is given twice; give it once")
      }
    }
  }

  static func require(_ condition: Bool, _ message: @autoclosure () -> String) throws(ValidationError) {
    if !condition { throw ValidationError(message()) }
  }

  static func finite(_ value: Double?, _ name: String, _ range: ClosedRange<Double>, _ words: String)
    throws(ValidationError)
  {
    guard let value else { return }
    try require(value.isFinite && range.contains(value), "\(name) must be \(words), not \(value)")
  }

  static func positive(_ value: Double?, _ name: String) throws(ValidationError) {
    try finite(value, name, Double.leastNonzeroMagnitude...Double.greatestFiniteMagnitude, "a number above 0")
  }

  static func notNegative(_ value: Double?, _ name: String) throws(ValidationError) {
    try finite(value, name, 0...Double.greatestFiniteMagnitude, "a number of 0 or more")
  }

  static func atLeastOne(_ value: Int?, _ name: String, most: Int = .max) throws(ValidationError) {
    guard let value else { return }
    let words = most == .max ? "a whole number of 1 or more" : "a whole number from 1 to \(most)"
    try require(value >= 1 && value <= most, "\(name) must be \(words), not \(value)")
  }
}
