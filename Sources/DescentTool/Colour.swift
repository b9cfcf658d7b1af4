/// What stands out among people's text.
///
/// Each is told by its words too: no colour is needed to understand a line.
enum Colour: String {
  case good = "32"
  case doubtful = "33"
  case bad = "1;31"

  /// The text in this colour, where the terminal has colours.
  func on(_ terminal: Terminal, _ text: String) -> String {
    terminal.hasColour ? "\u{1B}[\(rawValue)m\(text)\u{1B}[0m" : text
  }

  /// The words that a line begins with, each with its colour.
  private static let beginnings: [(String, Colour)] = [
    ("descent:", .bad), ("note:", .doubtful), ("warning:", .doubtful), ("not proved", .doubtful),
    ("proved", .good),
  ]

  /// A line for people, its first words in colour where they say how things are.
  static func highlighted(_ line: String, on terminal: Terminal) -> String {
    guard terminal.hasColour, let (words, colour) = beginnings.first(where: { line.hasPrefix($0.0) })
    else { return line }
    return colour.on(terminal, words) + line.dropFirst(words.count)
  }
}
