import ArgumentParser
import Descent

/// Which rows a model is measured by, where they are held out of the data: the same words for training and measuring.
struct HoldoutArguments: ParsableArguments {
  @Option(
    parsing: .unconditional,
    help: ArgumentHelp(
      "Measure by this fraction of the rows, of each class alike, and not by those trained on.",
      valueName: "fraction"))
  var holdout: Double?

  @Option(
    parsing: .unconditional,
    help: ArgumentHelp(
      "Measure by the last rows, this fraction of all: the newest, where rows are in the order of time.",
      valueName: "fraction"))
  var holdoutLast: Double?

  @Option(
    help: ArgumentHelp(
      "The column that tells which rows belong together: --holdout, 0.2 unless said, takes all of a group or none. It is no feature.",
      valueName: "column"))
  var holdoutBy: String?

  func validate() throws {
    try Usage.require(
      holdoutBy == nil || holdoutLast == nil, "--holdout-by and --holdout-last exclude each other")
    for (fraction, option) in [(holdout, "--holdout"), (holdoutLast, "--holdout-last")] {
      guard let fraction else { continue }
      try Usage.require(
        fraction > 0 && fraction < 1, "\(option) must be a fraction between 0 and 1, not \(fraction)")
    }
    try Usage.require(
      holdout == nil || holdoutLast == nil, "--holdout and --holdout-last exclude each other")
  }

  /// The first that is given.
  var option: String? {
    holdout != nil
      ? "--holdout" : holdoutLast != nil ? "--holdout-last" : holdoutBy != nil ? "--holdout-by" : nil
  }

  /// Of groups a fifth, where nothing is said.
  private var drawn: Double? { holdout ?? (holdoutBy == nil ? nil : 0.2) }

  /// Nil where no rows are held out.
  func rule(seed: UInt64, groups: [Int32]?) -> Holdout? {
    drawn.map { Holdout($0, groups.map { .groups($0) } ?? .drawn, seed: seed) }
      ?? holdoutLast.map { Holdout($0, .last) }
  }

  /// That there is more than one group by an option's column.
  func check(_ data: Dataset, file: String, by option: String) throws(Failure) {
    guard let groups = data.groups, groups.allSatisfy({ $0 == groups[0] }) else { return }
    throw Failure(
      .badData,
      "\(file): all rows are of one group by \(option); name a column that tells some apart"
    )
  }
}
