import ArgumentParser

/// Checks of the command line that the parser leaves to its clients.
enum Usage {
  /// An option of the library's as it is spelt here.
  static func option(_ name: String) -> String { "--" + name }

  /// Swift would put another character where a byte is not UTF-8, and a file of another name would be written.
  static func refuseWhatIsNotUTF8() throws(Failure) {
    for number in 1..<max(1, Int(CommandLine.argc)) {
      guard let argument = CommandLine.unsafeArgv[number], String(validatingCString: argument) == nil else {
        continue
      }
      throw Failure(
        .usage, "the argument '\(String(cString: argument))' is not UTF-8; give the file a name that is")
    }
  }

  /// No option makes sense twice; the parser would take the last and say nothing.
  static func refuseRepeatedOptions(_ arguments: [String]) throws(Failure) {
    var seen: Set<String> = []
    for name in options(arguments) where !seen.insert(name).inserted {
      throw Failure(.usage, "the option '\(name)' is given twice; give it once")
    }
  }

  /// The names of the options that are given.
  static func options(_ arguments: [String]) -> [String] {
    arguments.prefix { $0 != "--" }.compactMap { argument in
      let name = String(argument.prefix { $0 != "=" })
      return name == "-o" ? "--output" : name.hasPrefix("--") ? name : nil
    }
  }

  /// One line that says what is wrong with the command line, and where to read on.
  static func line(for error: any Error, _ arguments: [String]) -> String {
    let commands = DescentCommand.configuration.subcommands.map { $0._commandName }
    guard let first = arguments.first, !first.hasPrefix("-") else {
      return message(error) + "; see 'descent --help'"
    }
    guard commands.contains(first) || first == "help" else {
      guard let meant = Spelling.nearest(to: first, among: commands) else {
        return "there is no command '\(first)'; the commands are \(commands.joined(separator: ", "))"
      }
      return "there is no command '\(first)'; did you mean '\(meant)'? 'descent --help' lists all"
    }
    let parts = DescentCommand.configuration.subcommands.first { $0._commandName == first }
      .flatMap { command in command.configuration.subcommands.map { $0._commandName }.nonEmpty }
    if let parts, let second = arguments.dropFirst().first(where: { !$0.hasPrefix("-") }),
      !parts.contains(second)
    {
      let meant = Spelling.nearest(to: second, among: parts).map { "did you mean '\($0)'? " } ?? ""
      return "there is no '\(first) \(second)'; \(meant)There are \(parts.joined(separator: ", "))"
    }
    return message(error) + "; see 'descent \(first) --help'"
  }

  private static func message(_ error: any Error) -> String {
    let lines = DescentCommand.message(for: error).split(whereSeparator: \.isNewline)
      .prefix { !$0.hasPrefix("Help:") }
    // The parser lists many values a line each.
    let values = lines.dropFirst().map { String($0.drop { " -".contains($0) }) }
    var message = String(lines.first ?? "")
    if message.last == "." { message.removeLast() }
    if message.hasPrefix("Unexpected argument") || message.contains("unexpected arguments") {
      message += "; several files of data are named by one pattern in quotes, such as 'part-*.csv'"
    }
    return values.isEmpty ? message : "\(message) \(values.joined(separator: ", "))"
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
