import ArgumentParser

extension Help {
  /// The help with what a command is about, and how it is used, in lines that fit. The parser breaks examples at any space,
  /// and uses at none.
  static func fitted(_ text: String, for arguments: [String], to width: Int) -> String {
    let marks = ["OVERVIEW: ", "\n\nUSAGE: "]
    guard text.hasPrefix(marks[0]), let usage = text.firstRange(of: marks[1]) else { return text }
    let configuration = command(of: arguments).configuration
    let rest = text[usage.upperBound...]
    let options = rest.firstRange(of: "\n\n")?.lowerBound ?? rest.endIndex
    let uses = rest[..<options].split(separator: "\n").map { line in
      Wrapping.wrapped(String(line.drop { $0 == " " }), to: width - 7).replacing("\n", with: "\n       ")
    }
    let about = [marks[0] + configuration.abstract, configuration.discussion].filter { !$0.isEmpty }
      .joined(separator: "\n\n").split(separator: "\n", omittingEmptySubsequences: false)
      .map {
        $0.hasPrefix("  ") ? example($0, to: width) : Wrapping.wrapped(String($0), to: width, indent: 0)
      }
    return about.joined(separator: "\n") + marks[1] + uses.joined(separator: "\n       ") + rest[options...]
  }

  /// The command that help is asked for.
  private static func command(of arguments: [String]) -> any ParsableCommand.Type {
    arguments.prefix { $0 != "--" }.reduce(DescentCommand.self) { command, word in
      command.configuration.subcommands.first { $0._commandName == word } ?? command
    }
  }

  /// A command that is too long for a line goes on in the next, before an option, as a shell reads it.
  private static func example(_ line: Substring, to width: Int) -> String {
    guard line.columns > width else { return String(line) }
    // An option and its value stay together.
    var parts: [String] = []
    var quotes = 0
    for word in line.split(separator: " ") {
      if parts.isEmpty || word.count > 1 && word.hasPrefix("-") && quotes % 2 == 0 {
        parts.append(String(word))
      } else {
        parts[parts.count - 1] += " " + word
      }
      quotes += word.count { $0 == "\"" }
    }
    var lines = ["  " + parts[0]]
    for part in parts.dropFirst() {
      let last = lines[lines.count - 1]
      if (last + " " + part + " \\").columns <= width {
        lines[lines.count - 1] += " " + part
      } else {
        lines[lines.count - 1] += " \\"
        lines.append("      " + part)
      }
    }
    return lines.joined(separator: "\n")
  }
}
