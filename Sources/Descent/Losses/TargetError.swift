/// Targets that a loss cannot learn from.
public enum TargetError: Error, Equatable, CustomStringConvertible {
  /// Targets that the loss by that name does not learn from, as numbers in place of labels; `wanted` says what it takes.
  case wrongKind(loss: String, wanted: String)
  /// The first label that is not in `0..<classes`. Rows are counted from 0.
  case labelOutOfRange(row: Int, label: Int, classes: Int)
  /// The first row of shares of which one is below 0, or whose sum is further than 1e-6 from 1.
  case notADistribution(row: Int, sum: Double)
  /// The first row with a target that is NaN or infinite.
  case notFinite(row: Int, NonFinite)
  /// Targets `[rows, width]` for scores `[rows, columns]`.
  case widthMismatch(width: Int, columns: Int)
  /// The first target below 0, of a loss that takes counts.
  case negative(row: Int, Double)
  /// Counts of 0 in all rows: the loss falls as long as the scores do, and has no minimum.
  case allZero(loss: String)

  public var description: String {
    switch self {
    case .wrongKind(let loss, let wanted):
      "the loss '\(loss)' learns from \(wanted); choose another loss or other targets"
    case .labelOutOfRange(let row, let label, let classes):
      "row \(row): label \(label) is not one of the \(classes) classes 0 to \(classes - 1)"
    case .notADistribution(let row, let sum):
      "row \(row): the target distribution has a negative entry or sums to \(sum), not to 1"
    case .notFinite(let row, let what):
      "row \(row): the target is \(what)"
    case .negative(let row, let value):
      "row \(row): the target is \(value), and counts are not below 0; leave the row out, or choose another loss"
    case .allZero(let loss):
      "the targets are all 0, and the loss '\(loss)' has no minimum: the best mean would be 0, whose logarithm is no number"
    case .widthMismatch(let width, let columns):
      "targets of \(width) values a row for scores of \(columns) columns"
    }
  }
}

extension Targets {
  /// Throws unless these are labels from 0 to `classes - 1`.
  func checkLabels(_ labels: ArraySlice<Int32>, classes: Int) throws(TargetError) {
    for (row, label) in labels.enumerated() where label < 0 || Int(label) >= classes {
      throw .labelOutOfRange(row: row, label: Int(label), classes: classes)
    }
  }

  /// Throws unless these are finite numbers, `columns` a row.
  func checkValues(_ values: ArraySlice<Double>, width: Int, columns: Int) throws(TargetError) {
    guard width == columns else { throw .widthMismatch(width: width, columns: columns) }
    for (i, value) in values.enumerated() {
      if let what = NonFinite(value) { throw .notFinite(row: i / width, what) }
    }
  }
}
