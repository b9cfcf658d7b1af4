import ArgumentParser
import Descent
import DescentFiles

enum MissingArgument: String, ExpressibleByArgument, CaseIterable {
  case mean, median, drop, indicator

  var policy: DataOptions.Missing { DataOptions.Missing(rawValue: rawValue)! }
}

/// What cells of a table mean: options that all commands share.
struct CellArguments: ParsableArguments {
  @Option(
    help: ArgumentHelp(
      "What is done where a number is missing: its column's mean or median over the rows to train on takes its place, or the row is dropped; indicator is the mean and one more feature that tells. Default: an error.",
      valueName: "way"))
  var missing: MissingArgument?

  @Option(
    parsing: .unconditional,
    help: ArgumentHelp("More spellings of a missing cell, such as ? or -999.", valueName: "word,..."))
  var missingValues: Words?

  func set(_ options: inout DataOptions) {
    options.missing = missing?.policy ?? .refused
    options.missingValues = missingValues?.words ?? []
  }
}

/// `?,-,-999`
struct Words: ExpressibleByArgument {
  let words: [String]

  init?(argument: String) {
    words = argument.split(separator: ",", omittingEmptySubsequences: false)
      .map { $0.trimmingPrefix { $0 == " " } }.map { String($0) }
    if words.contains("") || Set(words).count != words.count { return nil }
  }
}

extension DataOptions {
  /// That nothing else is asked for than what the model does about missing cells.
  func checkMissing(_ columns: ModelColumns, model path: String) throws(Failure) {
    guard missing != .refused, missing != .dropped else { return }
    guard let table = columns.table, let filling = table.filling else {
      throw Failure(
        .usage,
        "\(path): the model has no \(missing == .median ? "medians" : "means"); train it with --missing \(missing.rawValue), or leave --missing out"
      )
    }
    // Where nothing was missing there is nothing to tell, and categories are filled alike.
    guard filling == missing || filling == .mean && missing == .indicator || !table.hasFillers else {
      throw Failure(
        .usage, "\(path): the model was trained with --missing \(filling.rawValue); leave --missing out")
    }
  }
}
