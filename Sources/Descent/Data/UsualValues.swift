/// The columns that mostly hold one value, as indicators do, and those that do not.
///
/// Less that value their rows are sparse, and products with them cost next to nothing. Told from some rows; that a column was
/// taken for the wrong kind costs time and no digit.
struct UsualValues: Sendable {
  /// What a column has taken off: its usual value, or the mean of one that has none.
  let values: [Double]
  /// Columns without a usual value.
  let full: [Int]
  /// Columns with one.
  let rare: [Int]
  /// Of the looked at rows' numbers in rare columns, those a row that are not the usual ones.
  let exceptions: Double
  /// Whether what is not usual is far from it, measured by the spread of the full columns: as indicators are that were brought
  /// to a deviation of 1. Then the few rows that hold it decide the steps.
  let areFarApart: Bool

  private static let looks = 1024
  /// The share of rows that a usual value has.
  private static let share = 0.6

  /// - Parameter isCentred: whether a bias makes up for what is taken off; else nothing is, and the usual value is 0.
  init(of features: any FeatureStorage, isCentred: Bool) {
    let (rows, columns) = (features.rows, features.columns)
    let looks = min(rows, Self.looks)
    let indices = (0..<looks).map { $0 * rows / max(1, looks) }
    var numbers = [Double](repeating: 0, count: looks * columns)
    var span = numbers.mutableSpan
    features.gather(indices.span, into: &span)
    var values = [Double](repeating: 0, count: columns)
    var (full, rare, exceptions) = ([Int](), [Int](), 0)
    var (farthest, widest) = (0.0, 0.0)
    for j in 0..<columns {
      let column = (0..<looks).map { numbers[$0 * columns + j] }
      let usual = isCentred ? Self.majority(column) : 0
      let others = column.reduce(0) { $0 + ($1 == usual ? 0 : 1) }
      if Double(others) <= (1 - Self.share) * Double(looks) {
        values[j] = usual
        rare.append(j)
        exceptions += others
        farthest = column.reduce(farthest) { max($0, abs($1 - usual)) }
      } else {
        if isCentred { values[j] = column.reduce(0, +) / Double(looks) }
        let squares = column.reduce(0) { $0 + ($1 - values[j]) * ($1 - values[j]) }
        widest = max(widest, (squares / Double(looks)).squareRoot())
        full.append(j)
      }
    }
    (self.values, self.full, self.rare) = (values, full, rare)
    areFarApart = farthest > 3 * widest
    self.exceptions = Double(exceptions) / Double(max(1, looks))
  }

  /// The value that more than half of them have, if there is one.
  /// (Boyer and Moore, MJRTY: A Fast Majority Vote Algorithm, 1991.)
  private static func majority(_ numbers: [Double]) -> Double {
    var (candidate, votes) = (0.0, 0)
    for number in numbers {
      if votes == 0 { candidate = number }
      votes += number == candidate ? 1 : -1
    }
    return candidate
  }
}
