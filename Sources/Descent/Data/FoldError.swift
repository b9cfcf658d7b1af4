/// Rows that cannot be parted into folds.
public enum FoldError: Error, Equatable, Sendable, CustomStringConvertible {
  /// Fewer rows that count than folds.
  case rows(Int, folds: Int)
  /// Fewer groups, among the rows that count, than folds.
  case groups(Int, folds: Int)
  /// A class that is too rare to be in each fold.
  case rareClass(String, rows: Int, folds: Int)
  /// All groups that have the class came to one fold, and no other row is of it.
  case classOfOneFold(String)

  public var description: String {
    switch self {
    case .rows(let rows, let folds):
      "\(folds) folds of \(rows) row\(rows == 1 ? "" : "s") that count: each takes one at least; "
        + (rows < 2 ? "give more rows" : "give more rows, or take \(rows) folds or fewer")
    case .groups(let groups, let folds):
      "\(folds) folds of \(groups) group\(groups == 1 ? "" : "s"): each takes one at least; "
        + (groups < 2 ? "name a column that tells more apart" : "take \(groups) folds or fewer")
    case .rareClass(let name, let rows, let folds):
      "the class '\(name)' has \(rows) row\(rows == 1 ? "" : "s"), and each of the \(folds) folds is to hold one; "
        + (rows < 2 ? "give it more rows, or leave it out" : "take \(rows) folds or fewer, or leave it out")
    case .classOfOneFold(let name):
      "all rows of the class '\(name)' come to one fold, since they are of one group or of a few: where it is held out there "
        + "are none to learn the class from; take more folds, group the rows otherwise, or leave the class out"
    }
  }
}
