/// What the targets of a data set are, in a few numbers: how they were read, and whether that makes sense.
public struct TargetSummary: Sendable, Equatable {
  /// Numbers, or classes by what their names are.
  public enum Kind: Sendable, Equatable {
    /// Numbers to regress on.
    case numbers
    /// Classes that are named by whole numbers.
    case wholeNumbers
    /// Classes that are named by numbers of which some have a fraction.
    case fractions
    /// Classes that are named by anything else.
    case names
  }

  /// Of classes by all names: one that is no number makes them ``Kind/names``.
  public let kind: Kind
  /// The rows of the data set, whatever their weights.
  public let rows: Int
  /// How many classes there are; 0 where the targets are numbers.
  public let classes: Int
  /// How many classes have one row.
  public let singles: Int
  /// How many rows the most frequent class has; all where the targets are numbers.
  public let most: Int
  /// How many classes are named by numbers, and one that is not, where most are.
  public let numbers: Int
  /// The first class whose name is no number, where more than half of the names are; nil where there is none.
  public let exception: String?
  /// Two classes whose names are one number, spelt in two ways; empty where there are none.
  public let twins: [String]

  /// Labels that ``Dataset/classNames`` has no name for are in none of the counts. O(rows + classes)
  public init(_ data: Dataset) {
    (rows, classes) = (data.rows, data.classes)
    guard case .labels(let labels) = data.targets else {
      (kind, singles, most, numbers, exception, twins) = (.numbers, 0, data.rows, 0, nil, [])
      return
    }
    var counts = [Int](repeating: 0, count: data.classes)
    for label in labels where counts.indices.contains(Int(label)) { counts[Int(label)] += 1 }
    singles = counts.count { $0 == 1 }
    most = counts.max() ?? 0
    // Hexadecimal numbers are none in files.
    let values = data.classNames.map { $0.contains { "xX".contains($0) } ? nil : Double($0) }
    numbers = values.count { $0 != nil }
    exception = 2 * numbers > values.count ? zip(data.classNames, values).first { $1 == nil }?.0 : nil
    var spellings: [Double: String] = [:]
    var twins: [String] = []
    for (name, value) in zip(data.classNames, values) where twins.isEmpty {
      if let value, let other = spellings.updateValue(name, forKey: value) { twins = [other, name] }
    }
    self.twins = twins
    kind =
      numbers < values.count
      ? .names : values.allSatisfy { $0 == $0?.rounded() } ? .wholeNumbers : .fractions
  }

  /// Whether there are nearly as many classes as rows, or most have a single row: more likely numbers to regress on,
  /// or names of the rows.
  public var isDoubtful: Bool { classes >= 5 && (2 * classes > rows || 2 * singles > classes) }
}
