internal import LinearAlgebra

/// What a trained model takes and gives: rows that it is to score must fit.
public struct ModelColumns: Sendable, Equatable {
  /// Numbers a row that the model takes; a table's column of categories counts for as many as it becomes.
  public var features: Int
  /// The names of the features, in their order; empty where they have none.
  public var featureNames: [String]
  /// The names of the classes, in the order of the scores; empty for a regression.
  public var classNames: [String]
  /// Where the table that it was trained on had its targets: looked for there where nothing else is said.
  public var label: TableColumn?
  /// Which other columns that table had.
  public var others: OtherColumns
  /// How columns of a table become features, where that takes more than reading numbers.
  public var table: TableSchema?
  /// What else was said of the file that it was trained on.
  public var reading: FileReading

  /// Traps unless there is a name for each feature, or none.
  public init(
    features: Int, featureNames: [String] = [], classNames: [String] = [], label: TableColumn? = nil,
    others: OtherColumns = OtherColumns(), table: TableSchema? = nil, reading: FileReading = FileReading()
  ) {
    require(
      featureNames.isEmpty || featureNames.count == features,
      "\(featureNames.count) names for \(features) features")
    (self.features, self.featureNames, self.classNames) = (features, featureNames, classNames)
    (self.label, self.others, self.table, self.reading) = (label, others, table, reading)
  }

  /// Those of a model that is trained on `data`.
  public init(_ data: Dataset) {
    self.init(
      features: data.columns, featureNames: data.featureNames, classNames: data.classNames,
      label: data.labelColumn, others: data.others, table: data.table, reading: data.reading)
  }

  /// The columns of a table that the features are made of.
  public var columnCount: Int { table?.columns.count ?? features }
  /// Their names; empty where they have none.
  public var columnNames: [String] { table.map { $0.columns.compactMap(\.name) } ?? featureNames }
}
