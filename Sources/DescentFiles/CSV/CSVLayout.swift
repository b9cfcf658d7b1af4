internal import Descent

/// Which column of a table is what, as its first record and the options tell.
///
/// A class, since readers hand it out for each cell: a copy would count references to all that it holds.
final class CSVLayout {
  /// What is read of a column's cells.
  enum Use {
    case number, category
    /// A number, and its text too.
    case keptNumber
    case text
    case nothing

    var isNumber: Bool { self == .number || self == .keptNumber }
    var isText: Bool { self != .number && self != .nothing }
  }

  /// The names of all columns; empty where the table has no header.
  let names: [String]
  /// What the rows are read for.
  let purpose: DataOptions.Purpose
  /// How the first row was read.
  let firstRow: FirstRow
  let uses: [Use]
  private let plan: ColumnPlan
  /// The columns that are neither features nor targets.
  let others: OtherColumns
  /// Whether the first column has no name, and names the rows.
  let namesRows: Bool
  /// Whether the targets are read, and are to be numbers.
  let readsLabels: Bool
  let labelsAreNumbers: Bool
  /// The columns of text, in order.
  let texts: [Int]
  /// For each column its place among the features, and among those of text; -1 for none.
  private let places: [Int]
  private let textPlaces: [Int]
  /// For each feature, in the order of the table, its place among all where that is another.
  let order: [Int]?

  var columns: Int { uses.count }
  var hasHeader: Bool { !names.isEmpty }
  /// The columns of features, which are as many features where none holds categories.
  var features: Int { plan.features.count }
  var featureNames: [String] { hasHeader ? plan.features.map { names[$0] } : [] }
  /// The columns that hold categories, in the order of the features.
  let categoricals: [Int]
  /// The column of the targets, where there is one.
  var label: Int? { plan.label }
  var labelColumn: TableColumn? {
    label.map { TableColumn(name: hasHeader ? names[$0] : nil, number: $0 + 1) }
  }
  /// The columns of weights and offsets, where they are read.
  var weight: Int? { readsLabels ? plan.weight : nil }
  var offset: Int? { plan.offset }
  var isExposure: Bool { plan.isExposure }
  /// The columns whose cells go beside the rows.
  var kept: [Int] { plan.kept }
  /// The place among them of that which tells which rows belong together.
  var group: Int? { plan.group.flatMap { kept.firstIndex(of: $0) } }
  var keptNames: [String] { kept.map { hasHeader ? names[$0] : "\($0 + 1)" } }
  /// The names of those of which the model knows nothing.
  var extraNames: [String] { plan.extra.map { names[$0] } }

  /// The place of a column of features among them.
  func feature(of column: Int) -> Int { places[column] }

  /// What a column is called where an option names it, among others too: its name, if that can stand there.
  func nameOrNumber(of column: Int) -> String {
    hasHeader && names[column].canStandInList ? names[column] : "\(column + 1)"
  }

  /// The column at a place among those of features.
  func column(of feature: Int) -> Int { plan.features[feature] }

  /// The place of a column of text among them.
  func text(of column: Int) -> Int { textPlaces[column] }

  func place(line: Int, column: Int) -> FileError.Place {
    .cell(line: line, column: column + 1, header: hasHeader ? names[column] : nil)
  }

  /// - Parameters:
  ///   - cells: The fields of the first record.
  ///   - line: The line it starts on.
  ///   - below: Gives up to so many of the records that follow, where the first does not tell what it is.
  init(
    _ cells: [[UInt8]], _ options: DataOptions, file: String, line: Int,
    below: (_ count: Int) throws(FileError) -> [[[UInt8]]]
  ) throws(FileError) {
    purpose = options.purpose
    let texts = cells.map { String(decoding: $0, as: UTF8.self) }
    firstRow = try FirstRow(cells, texts, options, below)
    var head = TableHead(texts: texts, isHeader: firstRow.isHeader, file: file, line: line)
    if options.model == nil, head.isHeader, cells[0].isEmpty {
      head.namesRows = CSVCell.areNamesOfRows(try below(100).compactMap(\.first))
    }
    namesRows = head.namesRows
    try head.checkDelimiter(options)
    let plan = try ColumnPlan(head, options, model: options.model)
    try head.check(plan, cells)
    self.plan = plan
    names = head.isHeader ? texts : []
    others = plan.others(head)
    (readsLabels, labelsAreNumbers) = (!options.ignoresTargets, options.target == .numbers)
    uses =
      options.isSurvey
      ? plan.surveyed(columns: texts.count) : plan.uses(columns: texts.count, readsLabels: readsLabels)
    self.texts = uses.indices.filter { [uses] in uses[$0].isText }
    categoricals = plan.features.filter { plan.categoricals.contains($0) }
    places = Self.places(of: plan.features, columns: texts.count)
    textPlaces = Self.places(of: self.texts, columns: texts.count)
    let inTable = plan.features.sorted()
    order = inTable == plan.features ? nil : inTable.map { [places] in places[$0] }
  }

  private static func places(of columns: [Int], columns count: Int) -> [Int] {
    var places = [Int](repeating: -1, count: count)
    for (place, column) in columns.enumerated() { places[column] = place }
    return places
  }

  /// An error of the first row, where that may not be the data as which it was read.
  func explaining(_ error: FileError) -> FileError {
    guard !firstRow.isPlain, !hasHeader, case .cell(1, _, _) = error.place else { return error }
    var result = error
    result.remedy += "; or say \(.header) yes if this row names the columns"
    return result
  }
}

extension ColumnPlan {
  /// What is read of each column to see what the features and targets are.
  fileprivate func surveyed(columns: Int) -> [CSVLayout.Use] {
    var uses = [CSVLayout.Use](repeating: .nothing, count: columns)
    for column in features + [label].compactMap({ $0 }) { uses[column] = .text }
    return uses
  }

  /// What is read of each column.
  fileprivate func uses(columns: Int, readsLabels: Bool) -> [CSVLayout.Use] {
    var uses = [CSVLayout.Use](repeating: .nothing, count: columns)
    for column in features { uses[column] = .number }
    for column in kept { uses[column] = uses[column] == .number ? .keptNumber : .text }
    for column in categoricals { uses[column] = .category }
    let beside = [readsLabels ? label : nil, readsLabels ? weight : nil, offset]
    for column in beside.compactMap({ $0 }) { uses[column] = .text }
    return uses
  }
}
