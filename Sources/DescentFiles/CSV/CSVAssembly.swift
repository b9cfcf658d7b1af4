import Descent
import LinearAlgebra

/// The rows of a whole table, put together from its parts in their order.
struct CSVAssembly {
  private var features = ExactNumbers()
  private var targets: CSVTargets
  private var categories: CategoryCoder
  private var truths: TruthColumns
  private var beside: CSVBesides
  private var rows = 0
  private var droppedRows = 0
  private var lines: Int
  private var bytes = 0
  private let table: any TableReader
  private let options: DataOptions
  /// What each rank has read; nil where all rows are here.
  private var shares: RankRows?
  /// Those of all rows; nil where they are among what stands ``beside`` them.
  private var groups: [Int32]?

  /// - Parameter table: The reader of the table, which has read its header and `lines` lines.
  init(_ table: any TableReader, _ options: DataOptions, lines: Int = 0) {
    (self.table, self.options, self.lines) = (table, options, lines)
    targets = CSVTargets(table, options)
    categories = CategoryCoder(table, options)
    truths = table.truths
    beside = CSVBesides(table.layout, keeps: !options.keeps.isEmpty || options.roles.group != nil)
  }

  /// Adds the part that follows.
  ///
  /// - Parameter expectedBytes: What all parts will take, where that can be told: the memory is taken at
  ///   once then, and is not copied as it grows.
  mutating func append(_ part: consuming CSVPart, expectedBytes: Int?) throws(FileError) {
    var elements = part.features
    part.features = ExactNumbers()
    try categories.merge(part.categories, &elements, after: lines, of: table)
    try targets.append(part.targets, after: lines, of: table)
    beside.append(part.beside)
    try merge(part.truths, elements)
    if let failure = part.failure {
      throw table.layout.explaining(knowing(part.refused, failure.movedDown(by: lines)))
    }
    rows += part.rows
    droppedRows += part.droppedRows
    bytes += part.bytes
    lines += part.lines
    guard features.count > 0 || expectedBytes != nil else {
      features = elements
      return
    }
    let needed = rows * table.layout.features
    if needed > features.capacity, let expectedBytes {
      // Some more, since rows differ in length. What is never written to takes no memory.
      let share = 1.1 * Double(expectedBytes) / Double(max(1, bytes))
      features.reserveCapacity(max(needed, Int(min(0x1p40, share * Double(needed)))))
    }
    features.append(elements)
  }

  /// The error for a cell that is no number, by what is known of its column from the rows before.
  private func knowing(_ refused: (column: Int, cell: [UInt8])?, _ failure: FileError) -> FileError {
    guard let refused, truths.isOpen, truths[refused.column] != nil else { return failure }
    var error = table.refusal(of: CSVCell(refused.cell), column: refused.column, delimiter: 0, truths)
    error.place = failure.place
    return error
  }

  /// Learns which columns of the rows that follow say 1 and 0 by words.
  ///
  /// - Throws: The error that comes first in the file, however it is cut: a word of another pair than the column's, or the
  ///   column's word where there are other numbers, before it or behind.
  private mutating func merge(
    _ others: [TruthColumns.Found], _ elements: ExactNumbers
  ) throws(FileError) {
    guard truths.isOpen else { return }
    var problems: [(row: Int, error: FileError)] = []
    var rows: [Int: Int] = [:]
    for var found in others {
      found.line += lines
      if let words = truths[found.column] {
        guard words != found.words else { continue }
        var error = table.refusal(of: CSVCell(found.cell), column: found.column, delimiter: 0, truths)
        error.place = table.place(of: found)
        problems.append((found.row, error))
      } else {
        truths.add(found)
        rows[found.column] = found.row
        if let other = features.firstOther(in: found.column, table.layout) {
          problems.append((found.row, table.amongNumbers(found, other.number)))
        }
      }
    }
    for found in truths.found {
      guard let other = elements.firstOther(in: found.column, table.layout) else { continue }
      problems.append((max(rows[found.column] ?? 0, other.row), table.amongNumbers(found, other.number)))
    }
    if let first = problems.min(by: { $0.row < $1.row }) { throw first.error }
  }

  /// Refuses a column of categories in which nearly each row has one of its own, and notes numbers that count the rows.
  private func checkIdentifiers() throws(FileError) {
    let layout = table.layout
    for (feature, found) in categories.finished.inOrder
    where ColumnTally.areIdentifiers(found.categories.count, of: rows) {
      let column = layout.column(of: feature)
      var error = table.failure(
        column: column,
        "\(found.categories.count) different texts in \(counted(rows, "row")) are an identifier, and no categories",
        "leave it out of \(.categorical), and say \(.ignore) \(value: layout.nameOrNumber(of: column))")
      error.place = .cell(line: 1, column: column + 1, header: layout.hasHeader ? layout.names[column] : nil)
      throw error
    }
    guard rows >= 10 else { return }
    let begins = beginsOfCounts
    let counting = (0..<layout.features).filter { feature in
      let column = layout.column(of: feature)
      guard let first = begins[feature], !layout.categoricals.contains(column), RowCount.mayBegin(at: first)
      else { return false }
      return !RowCount.areYears(
        first, first + Double(rows - 1), layout.hasHeader ? layout.names[column] : "")
    }
    options.tally?.note(
      countingRows: counting.map { layout.nameOrNumber(of: layout.column(of: $0)) })
  }

  /// Of each feature the number that it counts all rows from; nil where it does not count them.
  private var beginsOfCounts: [Double?] {
    let (width, counts) = (table.layout.features, shares?.counts ?? [rows])
    let here = features.count / max(1, width)
    let own = (0..<width).map { feature in
      guard here > 0 else { return Double.nan }
      let first = features[feature]
      return (1..<here).allSatisfy { features[$0 * width + feature] == first + Double($0) } ? first : .nan
    }
    let all = shares.map { $0.ranks.gathered(own, counts: counts.map { _ in width }) } ?? own
    return (0..<width).map { feature in
      var (begin, next): (Double?, Double?) = (nil, nil)
      for (rank, count) in counts.enumerated() where count > 0 {
        let first = all[rank * width + feature]
        guard !first.isNaN, next ?? first == first else { return nil }
        (begin, next) = (begin ?? first, first + Double(count))
      }
      return begin
    }
  }

  /// The data set that all parts make.
  consuming func dataset() throws(FileError) -> Dataset {
    let layout = table.layout
    guard rows > 0 else { throw CSVReader.noRows(table.file, dropped: droppedRows, for: layout.purpose) }
    if options.model == nil { try checkIdentifiers() }
    let (labels, names) = targets.finished()
    let groups = self.groups ?? layout.group.map { beside.groups($0).numbers }
    var schema = TableSchema(layout, categories, truths, options)
    let rowsForMeans = table.missing.policy.fills ? options.rowsForMeans?(labels, names, groups) : nil
    let head = schema
    let filled = try schema.fill(
      &features, table.missing.policy, by: rowsForMeans, weights: beside.weights, among: shares
    ) {
      let column = layout.column(of: $0)
      var error = table.failure(
        column: column, $1, "pass over it with \(.ignore) \(value: layout.nameOrNumber(of: column))")
      error.place = .cell(line: 1, column: column + 1, header: head.columns[$0].name)
      return error
    }
    options.tally?.add(
      .init(droppedRows: droppedRows, filledCells: filled, unseenCategories: categories.unseen))
    options.tally?.note(table.missing.policy)
    let dense: any FeatureStorage =
      if let shares {
        features.storage(of: shares, columns: schema.storedColumns)
      } else {
        features.storage(rows: rows, columns: schema.storedColumns)
      }
    let plan = schema.storedPlan(categories.plan(columns: layout.features))
    let storage: any FeatureStorage = layout.categoricals.isEmpty ? dense : OneHotStorage(dense, plan)
    var data = Dataset(
      features: storage, targets: labels, classNames: names,
      featureNames: layout.hasHeader ? schema.featureNames : [])
    (data.weights, data.offsets, data.groups) = (beside.weights, beside.offsets, groups)
    (data.labelColumn, data.others) = (layout.labelColumn, layout.others)
    data.table = schema.isPlain ? nil : schema
    return data
  }
}

extension CSVAssembly {
  /// What other ranks are told of the rows that this one has read.
  var account: SharedTable.Account {
    SharedTable.Account(
      rows: rows, droppedRows: droppedRows, classes: targets.classNames,
      categories: categories.foundNames, groups: table.layout.group.map { beside.groups($0).names } ?? [],
      truths: truths.found.map { .init(column: $0.column, words: $0.words) }.sorted {
        $0.column < $1.column
      })
  }

  /// Takes the words for 1 and 0 that others have found.
  ///
  /// - Returns: Whether nothing else stands in those columns, at any rank.
  private mutating func take(_ found: Set<SharedTable.Account.Truth>, among shares: RankRows) -> Bool {
    var fits = true
    for truth in found.sorted(by: { $0.column < $1.column }) where truths[truth.column] == nil {
      if features.firstOther(in: truth.column, table.layout) != nil { fits = false }
      truths.add(TruthColumns.Found(column: truth.column, words: truth.words, cell: [], line: 0, row: 0))
    }
    return shares.sum(fits ? 0 : 1) == 0
  }

  /// Those of all ranks, with the features of this one; nil where there are too many classes or categories.
  consuming func joined(
    _ accounts: [SharedTable.Account], among ranks: any Communicator
  ) -> CSVAssembly? {
    var result = self
    let shares = RankRows(ranks: ranks, counts: accounts.map(\.rows))
    let names = accounts.map(\.categories)
    guard
      result.categories.join(names, of: ranks.rank, &result.features, features: result.table.layout.features),
      let targets = result.targets.joined(accounts.map(\.classes), among: shares)
    else { return nil }
    result.targets = targets
    result.groups = result.table.layout.group.map {
      result.beside.groups($0, accounts.map(\.groups), among: shares)
    }
    result.beside = result.beside.joined(among: shares)
    guard result.take(Set(accounts.flatMap(\.truths)), among: shares) else { return nil }
    (result.rows, result.droppedRows) = (
      shares.counts.reduce(0, +), accounts.reduce(0) { $0 + $1.droppedRows }
    )
    result.shares = shares
    return result
  }
}
