import Descent
import DescentFiles

/// The command line that was given, with other roles of columns: one to paste.
enum CommandLineAdvice {
  /// What reads the table, and what else may, a command a line.
  static func text(_ arguments: [String], _ survey: TableSurvey) -> String {
    guard let reading = survey.reading else { return "this reads it:\n  \(line(arguments, survey))" }
    var text = "this reads it, \(reading.cell) as \(reading.number):\n  \(line(arguments, survey))"
    if let (spelling, number) = reading.other {
      var other = survey
      other.spelling = spelling
      text += "\nand this as \(number):\n  \(line(arguments, other))"
    }
    return text
  }

  private static func line(_ arguments: [String], _ survey: TableSurvey) -> String {
    let roles = survey.roles
    var options: [(name: String, value: String?)] = [
      ("--features", roles.features.joined(separator: ",")), ("--id", roles.id),
      ("--ignore", roles.ignored.joined(separator: ",")),
      ("--categorical", roles.categorical.joined(separator: ",")),
    ]
    if let spelling = survey.spelling {
      options.append(("--decimal", spelling.decimal.map { String($0.rawValue) }))
      options.append(("--thousands", spelling.thousands.map { $0 == .space ? "space" : String($0.rawValue) }))
    }
    if !survey.missingValues.isEmpty {
      options.append(("--missing-values", survey.missingValues.joined(separator: ",")))
    }
    if survey.missing != .refused { options.append(("--missing", survey.missing.rawValue)) }
    let rest = without(options.map(\.name), arguments.dropFirst())
    let given = options.flatMap { name, value in value.flatMap { $0.isEmpty ? nil : [name, $0] } ?? [] }
    return CommandText.all(rest + given)
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
}
