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

  func validate() throws {
    for (fraction, option) in [(holdout, "--holdout"), (holdoutLast, "--holdout-last")] {
      guard let fraction else { continue }
      try Usage.require(
        fraction > 0 && fraction < 1, "\(option) must be a fraction between 0 and 1, not \(fraction)")
    }
    try Usage.require(
      holdout == nil || holdoutLast == nil, "--holdout and --holdout-last exclude each other")
  }

  /// The first that is given.
  var option: String? { holdout != nil ? "--holdout" : holdoutLast != nil ? "--holdout-last" : nil }

  /// Nil where no rows are held out.
  func rule(seed: UInt64) -> Holdout? {
    holdout.map { Holdout($0, seed: seed) } ?? holdoutLast.map { Holdout($0, .last) }
  }
}
