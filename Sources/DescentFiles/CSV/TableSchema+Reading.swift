internal import Descent
internal import LinearAlgebra

extension TableSchema {
  /// The model's schema where there is one, else that of the columns and what was found in them.
  init(
    _ layout: CSVLayout, _ categories: CategoryCoder, _ truths: TruthColumns, _ options: DataOptions
  ) {
    if let schema = options.model?.table {
      self = schema
      return
    }
    let found = categories.finished
    self.init(
      columns: (0..<layout.features).map { feature in
        Column(
          name: layout.hasHeader ? layout.names[layout.column(of: feature)] : nil,
          categories: found[feature]?.categories, truth: truths[layout.column(of: feature)])
      }, missingValues: options.missingValues)
  }

  /// Fills what is missing in `elements` `[rows, columns]`, by means or medians that are found first where there are none
  /// yet and they are asked for, and puts indicators behind the columns that have them.
  ///
  /// - Parameter rows: Those that the fillers come from; nil or none is all.
  /// - Returns: How many cells were filled.
  mutating func fill(
    _ elements: inout ExactNumbers, _ table: any TableReader, by rows: [Int]?
  ) throws(FileError) -> Int {
    if table.missing.policy.fills, !fills {
      for index in columns.indices where columns[index].categories?.isEmpty == true {
        throw allMissing(index, "no cell of the column holds a category", table)
      }
      let rows = rows.flatMap { $0.isEmpty ? nil : $0 } ?? Array(0..<elements.count / max(1, columns.count))
      try find(table.missing.policy, elements, rows, table)
    }
    elements.insertIndicators(columns.map(\.isIndicated))
    return table.missing.policy.fills ? elements.fillMissing(storedFillers) : 0
  }

  /// Finds what takes the place of missing numbers.
  private mutating func find(
    _ policy: DataOptions.Missing, _ elements: ExactNumbers, _ rows: [Int], _ table: any TableReader
  ) throws(FileError) {
    fills = true
    let numeric = columns.indices.filter { columns[$0].categories == nil }
    let means = policy == .median ? [] : elements.means(columns: columns.count, rows)
    for index in numeric {
      let filler =
        policy == .median ? elements.median(of: index, columns: columns.count, rows) : means[index]
      guard filler.isFinite else {
        throw allMissing(index, "no cell of the column holds a number in a row to train on", table)
      }
      if policy == .median { columns[index].median = filler } else { columns[index].mean = filler }
      guard policy == .indicator else { continue }
      columns[index].isIndicated = rows.contains { elements[$0 * columns.count + index].isNaN }
    }
  }

  /// The error at the head of a column of which nothing is left.
  private func allMissing(_ index: Int, _ problem: String, _ table: any TableReader) -> FileError {
    let column = table.layout.column(of: index)
    var error = table.failure(column: column, problem, "remove the column")
    error.place = .cell(line: 1, column: column + 1, header: columns[index].name)
    return error
  }
}

/// A column of numbers is stored with its indicator, if it has one, and a column of text as one number a row.
extension TableSchema {
  var storedColumns: Int { columns.reduce(0) { $0 + ($1.isIndicated ? 2 : 1) } }

  /// What takes the place of a missing cell: a number of its column, or no category.
  var storedFillers: [Double] {
    columns.flatMap { column in
      [column.filler ?? (column.categories == nil ? .nan : -1)] + (column.isIndicated ? [0] : [])
    }
  }

  /// What each stored column becomes, by what each column of the table does.
  func storedPlan(_ plan: [OneHotStorage.Column]) -> [OneHotStorage.Column] {
    zip(columns, plan).flatMap { column, plan in column.isIndicated ? [plan, .number] : [plan] }
  }
}
