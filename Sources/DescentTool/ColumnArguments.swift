import ArgumentParser
import DescentFiles

/// `color, size`
struct ColumnNames: ExpressibleByArgument {
  let names: [String]

  init?(argument: String) {
    names = argument.split(separator: ",", omittingEmptySubsequences: false).map {
      var name = $0.drop { $0 == " " }
      while name.last == " " { name.removeLast() }
      return String(name)
    }
    if names.contains("") || Set(names).count != names.count { return nil }
  }
}

/// Which column of a table is what.
struct ColumnArguments: ParsableArguments {
  @Option(
    help: ArgumentHelp(
      "The label's column: its name, or its number from 1. Default: the last column that is nothing else.",
      valueName: "column"))
  var label: String?

  @Option(help: ArgumentHelp("Columns that are not read, by name or number.", valueName: "column,..."))
  var ignore: ColumnNames?

  @Option(
    help: ArgumentHelp(
      "The column that tells the rows apart: no feature, it stands beside the answers.", valueName: "column"))
  var id: String?

  @Option(
    help: ArgumentHelp(
      "The columns that are features, and no others. Default: all that are nothing else.",
      valueName: "column,..."))
  var features: ColumnNames?

  @Option(
    help: ArgumentHelp(
      "Columns of text: a feature a category, 1 where the cell holds it, else 0. auto: those of few different texts.",
      valueName: "column,..."))
  var categorical: ColumnNames?

  @Option(help: ArgumentHelp("How much each row counts: numbers of 0 and more.", valueName: "column"))
  var weight: String?

  @Option(help: ArgumentHelp("What is added to each row's score.", valueName: "column"))
  var offset: String?

  @Option(
    help: ArgumentHelp(
      "What the offset is the logarithm of, such as the time each row was seen for: numbers above 0.",
      valueName: "column"))
  var exposure: String?

  func validate() throws {
    try Usage.require(offset == nil || exposure == nil, "--offset and --exposure exclude each other")
  }

  /// That nothing is asked for which the model has settled.
  func checkForModel() throws {
    for (isGiven, option, what) in [
      (categorical != nil, "--categorical", "its columns of categories"),
      (features != nil, "--features", "its features"),
    ] {
      try Usage.require(
        !isGiven, "\(option) is for training: the model knows \(what); leave it out")
    }
  }

  var roles: ColumnRoles {
    var roles = ColumnRoles(
      ignored: ignore?.names ?? [], id: id, features: features?.names ?? [],
      categorical: categorical?.names ?? [], weight: weight, offset: offset, exposure: exposure)
    roles.findsCategories = roles.categorical.contains("auto")
    roles.categorical.removeAll { $0 == "auto" }
    return roles
  }
}
