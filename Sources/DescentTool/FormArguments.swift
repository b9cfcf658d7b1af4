import ArgumentParser
import Descent
import DescentFiles

enum HeaderArgument: String, ExpressibleByArgument, CaseIterable { case auto, yes, no }

/// How tables of text are written.
struct FormArguments: ParsableArguments {
  @Option(
    help: ArgumentHelp(
      "What separates a table's fields: a character, tab, or space for runs of blanks. Default: found in its first lines.",
      valueName: "character"))
  var delimiter: String?

  @Option(help: "Whether the first line of a table, or of labels as text, names the columns.")
  var header = HeaderArgument.auto

  @Option(
    help: ArgumentHelp("The decimal mark of numbers, . or a comma. Default: a point.", valueName: "mark"))
  var decimal: String?

  @Option(
    help: ArgumentHelp(
      "What stands between thousands: a comma, ., ' or space. Default: nothing.", valueName: "mark"))
  var thousands: String?

  @Option(
    parsing: .unconditional,
    help: ArgumentHelp("Leave out so many lines before a table.", valueName: "lines"))
  var skip: Int?

  @Option(
    help: ArgumentHelp(
      "What begins comments, such as '#', at the start of a line or behind a blank.", valueName: "character"))
  var comment: String?

  /// Those that were given.
  var given: [String] {
    [
      (delimiter != nil, "--delimiter"), (header != .auto, "--header"), (decimal != nil, "--decimal"),
      (thousands != nil, "--thousands"), (skip != nil, "--skip"), (comment != nil, "--comment"),
    ].compactMap { $0 ? $1 : nil }
  }

  func validate() throws {
    try Usage.require(
      decimal == nil || form.decimal != nil, "--decimal must be . or a comma, not '\(decimal ?? "")'")
    try Usage.require(
      thousands == nil || form.thousands != nil,
      "--thousands must be a comma, ., ' or space, not '\(thousands ?? "")'")
    try Usage.require(
      comment == nil || comment?.count == 1,
      "--comment must be one character that is in no number, such as '#', not '\(comment ?? "")'")
    if let problem = form.problem {
      let given = delimiter.map { form.delimiter == Self.none ? ", not '\($0)'" : "" } ?? ""
      throw ValidationError(problem.text(naming: Usage.option) + given)
    }
  }

  var form: TableForm {
    TableForm(
      delimiter: delimiter.map(Self.delimiter), decimal: decimal.flatMap { Self.mark($0) },
      thousands: thousands.flatMap { Self.mark($0 == "space" ? " " : $0) }, skippedLines: skip,
      comment: comment?.first)
  }

  var tableHeader: DataOptions.Header {
    switch header {
    case .auto: .automatic
    case .yes: .present
    case .no: .absent
    }
  }

  /// What cannot separate fields.
  private static let none = TableForm.Delimiter.character("\0")

  private static func delimiter(_ text: String) -> TableForm.Delimiter {
    switch text {
    case "space", " ": .blanks
    case "tab", "\\t": "\t"
    default:
      text.count == 1 && DataOptions.canSeparateFields(text.first!) ? .character(text.first!) : none
    }
  }

  private static func mark<Mark: RawRepresentable<Character>>(_ text: String) -> Mark? {
    text.count == 1 ? Mark(rawValue: text.first!) : nil
  }
}
