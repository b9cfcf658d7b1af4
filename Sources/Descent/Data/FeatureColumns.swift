/// The columns of data as people call them, and the features that each became: a column of categories has one for each.
public struct FeatureColumns: Sendable {
  /// A column of the data that became features: where it stands, and which they are.
  public struct Column: Sendable {
    /// Nil where the data name none.
    public let name: String?
    /// From 1, as the file numbers them; features where it is no table.
    public let number: Int
    /// Its features by number, from 0: one of numbers, two where missing cells are indicated, one for each category.
    public let features: Range<Int>
  }

  /// In the order of the features. Those of targets and ``OtherColumns`` are not among them, though they count in the numbers.
  public let columns: [Column]
  private let featureNames: [String]
  private let places: [String: Range<Int>]

  /// - Parameters:
  ///   - features: how many features there are.
  ///   - table: how the columns of a table became them, if they did.
  ///   - featureNames: their names; empty where they have none.
  ///   - label: where a table has the targets, which are not counted among the features.
  ///   - others: what else of it is no feature.
  public init(
    features: Int, featureNames: [String] = [], table: TableSchema? = nil, label: TableColumn? = nil,
    others: OtherColumns = OtherColumns()
  ) {
    let taken = Set(([label].compactMap { $0 } + others.all).map(\.number))
    var numbers = (1...).lazy.filter { !taken.contains($0) }.makeIterator()
    let widths = table?.columns.map(\.features) ?? Array(repeating: 1, count: features)
    var start = 0
    columns = widths.enumerated().map { index, width in
      defer { start += width }
      let name = table.map { $0.columns[index].name } ?? (featureNames.isEmpty ? nil : featureNames[index])
      return Column(name: name, number: numbers.next()!, features: start..<start + width)
    }
    self.featureNames = featureNames
    // A column's name says more than a feature's, and that more than a number.
    var places = Dictionary(columns.map { ("\($0.number)", $0.features) }) { first, _ in first }
    for (j, name) in featureNames.enumerated().reversed() { places[name] = j..<j + 1 }
    for column in columns.reversed() { if let name = column.name { places[name] = column.features } }
    self.places = places
  }

  /// Those of a data set: by its table, its names, and where its targets and other columns are. O(features)
  public init(_ data: Dataset) {
    self.init(
      features: data.columns, featureNames: data.featureNames, table: data.table, label: data.labelColumn,
      others: data.others)
  }

  /// The number of features.
  public var count: Int { columns.last?.features.upperBound ?? 0 }

  /// Those of the column of a name, of the one feature of a name such as `color=red`, or else of a column's number; nil
  /// where there is no such column.
  public func features(of name: String) -> Range<Int>? { places[name] }

  /// What finds each feature again: its name, or else the number of its column.
  public var namesOfFeatures: [String] {
    featureNames.isEmpty
      ? columns.flatMap { column in column.features.map { _ in "\(column.number)" } } : featureNames
  }

  /// Every name of a column.
  public var names: [String] { columns.compactMap(\.name) }
}
