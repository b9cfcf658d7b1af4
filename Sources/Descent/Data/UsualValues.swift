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
  /// Of each rare column, how many of the rows looked at do not hold the usual value.
  let others: [Int]
  /// Of each rare column, the mean square of the distance from the usual value.
  let squares: [Double]

  private static let looks = 1024
  /// The share of rows that a usual value has.
  private static let share = 0.6
  /// So many times the penalty's curvature cost conjugate gradients some sixteen products.
  private static let decisive = 250.0

  /// - Parameter isCentred: whether a bias makes up for what is taken off; else nothing is, and the usual value is 0.
  init(of features: any FeatureStorage, isCentred: Bool) {
    let (rows, columns) = (features.rows, features.columns)
    let looks = min(rows, Self.looks)
    let indices = (0..<looks).map { $0 * rows / max(1, looks) }
    var numbers = [Double](repeating: 0, count: looks * columns)
    var span = numbers.mutableSpan
    features.gather(indices.span, into: &span)
    var values = [Double](repeating: 0, count: columns)
    var (full, rare, counts, squares) = ([Int](), [Int](), [Int](), [Double]())
    for j in 0..<columns {
      let column = (0..<looks).map { numbers[$0 * columns + j] }
      let usual = isCentred ? Self.majority(column) : 0
      let others = column.reduce(0) { $0 + ($1 == usual ? 0 : 1) }
      if Double(others) <= (1 - Self.share) * Double(looks) {
        values[j] = usual
        rare.append(j)
        counts.append(others)
        squares.append(column.reduce(0) { $0 + ($1 - usual) * ($1 - usual) } / Double(max(1, looks)))
      } else {
        if isCentred { values[j] = column.reduce(0, +) / Double(looks) }
        full.append(j)
      }
    }
    (self.values, self.full, self.rare) = (values, full, rare)
    if counts.contains(0) { Self.measure(unseen: counts, rare, values, of: features, &squares) }
    (others, self.squares) = (counts, squares)
    exceptions = Double(counts.reduce(0, +)) / Double(max(1, looks))
  }

  /// The columns of which a sample of some thousand rows knows too little: where fewer than one row in a hundred is not as
  /// usual. The rarest come first.
  var seldom: [Int] {
    rare.indices.filter { isSeldom(others[$0]) }.sorted { (others[$0], $0) < (others[$1], $1) }.map {
      rare[$0]
    }
  }

  var hasSeldom: Bool { others.contains(where: isSeldom) }

  private func isSeldom(_ others: Int) -> Bool { others < Self.looks / 100 }

  /// Whether such a column decides the steps all the same: where the curvature along it, of a loss of at most `curvature` in
  /// each row, is many times the penalty's. That of indicators brought to a deviation of 1 is; as zeros and ones they have a
  /// curvature as small as their share of the rows.
  func hasDecisiveSeldom(l2: Double, curvature: Double = 0.25) -> Bool {
    zip(others, squares).contains { isSeldom($0) && curvature * $1 > Self.decisive * l2 }
  }

  /// Of columns of which no more is known: none is taken for rare.
  init(ofFull columns: Int) {
    (values, full, rare) = (Array(repeating: 0, count: columns), Array(0..<columns), [])
    (exceptions, others, squares) = (0, [], [])
  }

  /// Squares of the columns in which no row looked at was other than usual, by the moments of all rows: such rows may lie
  /// anywhere. Moments are remembered, and a training asks for them anyway.
  private static func measure(
    unseen others: [Int], _ rare: [Int], _ values: [Double], of features: any FeatureStorage,
    _ squares: inout [Double]
  ) {
    let all = features.meanSquares(about: values)
    for (k, j) in rare.enumerated() where others[k] == 0 { squares[k] = all[j] }
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
