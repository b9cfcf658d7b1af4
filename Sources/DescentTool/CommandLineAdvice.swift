import DescentFiles

/// The command line that was given, with other roles of columns: one to paste.
enum CommandLineAdvice {
  static func line(_ arguments: [String], _ survey: TableSurvey) -> String {
    let roles = survey.roles
    var options: [(name: String, value: String?)] = [
      ("--features", roles.features.joined(separator: ",")), ("--id", roles.id),
      ("--ignore", roles.ignored.joined(separator: ",")),
      ("--categorical", roles.categorical.joined(separator: ",")),
    ]
    if survey.missing != .refused { options.append(("--missing", survey.missing.rawValue)) }
    let rest = without(options.map(\.name), arguments.dropFirst())
    let given = options.flatMap { name, value in value.flatMap { $0.isEmpty ? nil : [name, $0] } ?? [] }
    return (["descent"] + (rest + given).map(quoted)).joined(separator: " ")
  }

  /// The arguments without these options and their values.
  private static func without(_ names: [String], _ arguments: some Sequence<String>) -> [String] {
    var rest: [String] = []
    var isValue = false
    for argument in arguments {
      if isValue {
        isValue = false
      } else if names.contains(argument) {
        isValue = true
      } else if !names.contains(where: { argument.hasPrefix($0 + "=") }) {
        rest.append(argument)
      }
    }
    return rest
  }

  /// As a shell takes it for one word.
  private static func quoted(_ word: String) -> String {
    let isPlain =
      !word.isEmpty
      && word.utf8.allSatisfy { byte in
        (0x30...0x39).contains(byte) || (0x41...0x5a).contains(byte) || (0x61...0x7a).contains(byte)
          || "-_./,:=+%@".utf8.contains(byte) || byte >= 0x80
      }
    return isPlain ? word : "'" + word.replacing("'", with: "'\\''") + "'"
  }
}
