/// What tells that whole numbers, each one more than that above it, count the rows, and measure nothing.
enum RowCount {
  /// In fewer rows it may be chance.
  static let leastRows = 10

  /// Whether a count may begin so: at 0, at 1, or where the table before this one ended.
  static func mayBegin(at number: Double) -> Bool {
    number >= 0 && number < 0x1p53 && number == number.rounded()
  }

  /// Whether they may be the years of a series, a row each, which a trend is read from.
  static func areYears(_ first: Double, _ last: Double, _ name: String) -> Bool {
    first >= 1800 && last <= 2100 && !name.lowercased().hasSuffix("id")
  }
}
