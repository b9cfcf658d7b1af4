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
  /// - Parameters:
  ///   - rows: Those that the fillers come from; nil or none is all.
  ///   - weights: What each row counts for: the fillers do not come from rows of weight 0.
  ///   - shares: Of which rows `elements` are, where ranks have read some each.
  ///   - empty: The error for a column of which nothing is left, by its place and what that means.
  /// - Returns: How many cells were filled.
  mutating func fill(
    _ elements: inout ExactNumbers, _ policy: DataOptions.Missing, by rows: [Int]?, weights: [Double]? = nil,
    among shares: RankRows? = nil, _ empty: (Int, String) -> FileError
  ) throws(FileError) -> Int {
    if policy.fills, !fills {
      for index in columns.indices where columns[index].categories?.isEmpty == true {
        throw empty(index, "no cell of the column holds a category")
      }
      let count = shares?.counts.reduce(0, +) ?? elements.count / max(1, columns.count)
      var rows = rows.flatMap { $0.isEmpty ? nil : $0 } ?? Array(0..<count)
      if let weights { rows.removeAll { weights[$0] == 0 } }
      try find(policy, elements, rows, shares, empty)
    }
    elements.insertIndicators(columns.map(\.isIndicated))
    let filled = policy.fills ? elements.fillMissing(storedFillers) : 0
    return shares?.sum(filled) ?? filled
  }

  /// Finds what takes the place of missing numbers.
  private mutating func find(
    _ policy: DataOptions.Missing, _ elements: ExactNumbers, _ rows: [Int],
    _ shares: RankRows?, _ empty: (Int, String) -> FileError
  ) throws(FileError) {
    fills = true
    let numeric = columns.indices.filter { columns[$0].categories == nil }
    let means = policy == .median ? [] : elements.means(columns: columns.count, rows, among: shares)
    for index in numeric {
      let filler =
        policy == .median ? elements.median(of: index, columns: columns.count, rows) : means[index]
      guard filler.isFinite else {
        throw empty(index, "no cell of the column holds a number in a row to train on")
      }
      if policy == .median { columns[index].median = filler } else { columns[index].mean = filler }
      guard policy == .indicator else { continue }
      let isLacking = elements.lacksNumbers(in: index, columns: columns.count, rows, among: shares)
      columns[index].isIndicated = isLacking
    }
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
