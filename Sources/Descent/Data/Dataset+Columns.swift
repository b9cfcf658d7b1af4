internal import LinearAlgebra

extension Dataset {
  /// A column of a table that a program holds, a cell a row; nil where it is missing.
  public enum TypedColumn: Sendable {
    /// One feature; a missing number becomes the mean of the others, or 0 where there are none.
    case numbers([Double?])
    /// A feature a category, in the order of ``Targets/ordered(_:)``: 1 where the cell holds it. A missing cell is 0 in all.
    case categories([String?])
    /// One feature, 1 of true and 0 of false; a missing cell becomes the mean of these, or 0 where there are none.
    case truths([Bool?])

    /// How many cells there are, missing ones among them.
    public var rows: Int {
      switch self {
      case .numbers(let cells): cells.count
      case .categories(let cells): cells.count
      case .truths(let cells): cells.count
      }
    }
  }

  /// A data set of columns by name, and the name of each row's class.
  ///
  /// As of a table in a file, a column of categories becomes a feature a category, and truth values become 1 and 0; where cells
  /// are missing, a number becomes the mean of its column, and a category none. A model that is trained on it takes rows by
  /// name: see ``TrainedModel/encode(_:)``.
  ///
  /// ```swift
  /// let data = Dataset(
  ///   columns: ["age": .numbers([41, nil, 38]), "region": .categories(["north", "south", "north"])],
  ///   labels: ["stays", "leaves", "stays"])
  /// let model = try Trainer(loss: Softmax()).fit(data).model
  /// print(model.classify(try model.encode(["region": "south", "age": 52])))
  /// ```
  ///
  /// - Parameters:
  ///   - columns: of other names each, and as many cells.
  ///   - labels: the name of each row's class.
  ///   - target: what the column of these is called.
  public init(
    columns: KeyValuePairs<String, TypedColumn>, labels: [String], target: String = "target"
  ) {
    let (targets, names) = Targets.numbering(labels)
    self.init(Array(columns), targets, names, target)
  }

  /// The same with a number a row to regress on.
  public init(
    columns: KeyValuePairs<String, TypedColumn>, values: [Double], target: String = "target"
  ) {
    self.init(Array(columns), .values(values), [], target)
  }

  private init(
    _ columns: [(key: String, value: TypedColumn)], _ targets: Targets, _ classNames: [String],
    _ target: String
  ) {
    require(
      Set(columns.map(\.key)).count == columns.count, "columns of one name among \(columns.map(\.key))")
    for (name, column) in columns {
      require(column.rows == targets.rows, "\(column.rows) cells of \(name), \(targets.rows) targets")
    }
    let read = columns.map { $0.value.features(named: $0.key) }
    let table = TableSchema(columns: read.map(\.column), fills: read.contains { $0.isMissing })
    var features = Matrix<Double>(rows: targets.rows, columns: table.features)
    var start = 0
    for column in read {
      for row in 0..<targets.rows {
        for (j, cells) in column.cells.enumerated() { features[row, start + j] = cells[row] }
      }
      start += column.cells.count
    }
    self.init(
      features: features.storage, targets: targets, classNames: classNames, featureNames: table.featureNames)
    self.table = table
    labelColumn = TableColumn(name: target, number: columns.count + 1)
  }
}

extension Dataset.TypedColumn {
  /// A column of the table with the features that it becomes, each from the first row to the last.
  fileprivate func features(
    named name: String
  ) -> (column: TableSchema.Column, cells: [[Double]], isMissing: Bool) {
    switch self {
    case .categories(let cells):
      let known = Targets.ordered(Set(cells.compactMap { $0 }))
      return (
        TableSchema.Column(name: name, categories: known),
        known.map { category in cells.map { $0 == category ? 1 : 0 } }, cells.contains(nil)
      )
    case .truths(let cells):
      return Self.filled(
        cells.map { $0.map { $0 ? 1 : 0 } }, TableSchema.Column(name: name, truth: .trueFalse))
    case .numbers(let cells): return Self.filled(cells, TableSchema.Column(name: name))
    }
  }

  private static func filled(
    _ cells: [Double?], _ column: TableSchema.Column
  ) -> (column: TableSchema.Column, cells: [[Double]], isMissing: Bool) {
    let known = cells.compactMap { $0 }
    guard known.count < cells.count else { return (column, [known], false) }
    var column = column
    let mean = known.isEmpty ? 0 : known.reduce(0, +) / Double(known.count)
    column.mean = mean
    return (column, [cells.map { $0 ?? mean }], true)
  }
}
