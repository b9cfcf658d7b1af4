import ArgumentParser
import Foundation

/// The help of a command: what a first session needs, or with --help-all every option.
enum Help {
  /// What asks for every option.
  static let all = "--help-all"

  /// The options that a first session needs, by command. Others have so few that all are shown.
  static let first: [String: Set<String>] = {
    let table: Set = ["--label", "--ignore", "--categorical", "--missing"]
    return [
      "train": table.union([
        "--holdout", "--loss", "--l2", "--model", "--output", "--metrics",
      ]),
      "check": table.union(["--loss", "--l2", "--model"]),
      "evaluate": [
        "--label", "--labels", "--holdout", "--json", "--confusion", "--cost", "--bootstrap",
      ],
      "predict": [
        "--output", "--keep", "--probabilities", "--scores", "--threshold", "--top", "--force",
      ],
      "convert": [
        "--labels", "--labels-output", "--no-labels", "--output-format", "--type", "--sqlite", "--query",
        "--force",
      ],
    ]
  }()

  /// What the parser made as help, shortened unless `arguments` ask for all.
  static func text(_ full: String, for arguments: [String]) -> String {
    // The parser puts the names in an order of its own.
    let named = full.replacing("-h, --help-all, --help  ", with: "-h, --help, --help-all  ")
    let full = fitted(named, for: arguments, to: Terminal.output.width ?? Terminal.columnsAsked ?? 80)
    let words = arguments.prefix { $0 != "--" }
    let command = words.first == "help" ? words.dropFirst().first : words.first
    guard let command, let shown = first[command], !words.contains(all),
      full.hasPrefix("OVERVIEW: "), words.first == "help" || words.contains("--help") || words.contains("-h")
    else { return full }
    let (text, left) = shortened(full, to: shown)
    return text + "\n\n\(left) more options: descent \(command) \(all)"
  }

  /// The help with these options alone, and how many it lost.
  private static func shortened(_ text: String, to shown: Set<String>) -> (text: String, left: Int) {
    var (lines, left): ([Substring], Int) = ([], 0)
    // A line before the first section belongs to what the command is about.
    var (isShown, isInSections, heading): (Bool, Bool, Substring?) = (true, false, nil)
    for line in text.split(separator: "\n", omittingEmptySubsequences: false) {
      if line.hasSuffix(":"), line == line.uppercased(), line.first?.isLetter == true {
        (isInSections, heading, isShown) = (true, line, false)
      } else if isInSections, line.hasPrefix("  "), !line.hasPrefix("   ") {
        isShown = isNamed(by: line, in: shown)
        if !isShown { left += 1 }
        if isShown, let title = heading {
          if lines.last?.isEmpty == false { lines.append("") }
          lines.append(title)
          heading = nil
        }
      }
      if isShown, !(isInSections && line.isEmpty) { lines.append(line) }
    }
    return (lines.joined(separator: "\n"), left)
  }

  /// Whether the entry that a line begins is an argument's, help's or that of an option which is shown.
  private static func isNamed(by line: Substring, in shown: Set<String>) -> Bool {
    let names = line.split { " ,/".contains($0) }.map(String.init)
    return names.first?.hasPrefix("<") == true || names.contains("--help")
      || names.prefix { $0.hasPrefix("-") }.contains(where: shown.contains)
  }
}

extension CompletionKind {
  /// Data may go by any name.
  static let data = file()
  static let models = file(extensions: ["onnx", "safetensors"])
}
