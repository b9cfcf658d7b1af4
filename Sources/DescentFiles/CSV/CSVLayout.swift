internal import Descent

/// Which column of a table is what, as its first record and the options tell.
struct CSVLayout {
  let columns: Int
  /// The column of the targets, where there is one.
  let label: Int?
  /// The names of all columns; empty where the table has no header.
  let names: [String]
  /// The columns that hold categories, in order.
  let categoricals: [Int]
  /// Whether the targets are read, and are to be numbers.
  let readsLabels: Bool
  let labelsAreNumbers: Bool
  /// How the first row was read.
  let firstRow: FirstRow

  /// The columns of features, which are as many features where none holds categories.
  var features: Int { columns - (label == nil ? 0 : 1) }
  var labelColumn: LabelColumn? {
    label.map { LabelColumn(name: hasHeader ? names[$0] : nil, number: $0 + 1) }
  }
  var hasHeader: Bool { !names.isEmpty }
  var featureNames: [String] {
    guard hasHeader else { return [] }
    return names.indices.filter { $0 != label }.map { names[$0] }
  }

  /// The place of a column, not the targets', among those of features.
  func feature(of column: Int) -> Int { column > label ?? .max ? column - 1 : column }

  /// The column at a place among those of features.
  func column(of feature: Int) -> Int { feature >= label ?? .max ? feature + 1 : feature }

  /// The columns of text: the targets' and those of categories, in order.
  var texts: [Int] { (categoricals + (label.map { [$0] } ?? [])).sorted() }

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
    columns = cells.count
    let texts = cells.map { String(decoding: $0, as: UTF8.self) }
    firstRow = try Self.firstRow(cells, texts, options, below)
    let isHeader = firstRow.isHeader
    let label = Self.labelColumn(texts, isHeader: isHeader, options)
    names = isHeader ? texts : []
    if isHeader { try Self.checkNames(cells, file: file, line: line) }
    self.label = label
    (readsLabels, labelsAreNumbers) = (!options.ignoresTargets, options.target == .numbers)
    categoricals = Self.categoricals(texts, isHeader: isHeader, label: label, options)
    try checkColumns(options, texts, file: file, line: line)
    try checkCategoricals(options, file: file, line: line)
    if let model = options.model, hasHeader, !model.columnNames.isEmpty {
      for (name, expected) in zip(featureNames, model.columnNames) where name != expected {
        throw FileError(
          .badData, file, at: .cell(line: line, column: names.firstIndex(of: name)! + 1, header: name),
          "the model expects the feature \(quoted(expected)) here",
          remedy: "put the columns in the order of the training data, or name the label column with \(.label)"
        )
      }
    }
  }

  private static func firstRow(
    _ cells: [[UInt8]], _ texts: [String], _ options: DataOptions,
    _ below: (_ count: Int) throws(FileError) -> [[[UInt8]]]
  ) throws(FileError) -> FirstRow {
    switch options.header {
    case .present: return FirstRow(isHeader: true)
    case .absent: return FirstRow(isHeader: false)
    case .automatic: break
    }
    // A label column that is given by its name needs a header to be found in. One that is given by a number is
    // that column for now: a cell of data may hold the same number.
    var isNamed = false
    if case .column(let name) = options.label { isNamed = Int(name) == nil }
    if isNamed, options.target != .ignored { return FirstRow(isHeader: true) }
    if options.model?.table == nil, options.categorical.contains(where: { Int($0) == nil }) {
      return FirstRow(isHeader: true)
    }
    let label = labelColumn(texts, isHeader: isNamed, options)
    if let names = options.model?.columnNames, !names.isEmpty,
      cells.indices.filter({ $0 != label }).map({ texts[$0] }) == names
    {
      return FirstRow(isHeader: true)
    }
    let evidence = HeaderEvidence(
      cells, label: label, categoricals: categoricals(texts, isHeader: false, label: label, options))
    // A row that arrives through a pipe is to be answered before the next one is waited for.
    if let model = options.model {
      let isNamed = label.map { model.isNameOfTargets(texts[$0]) } ?? false
      return evidence.likely(isCounted: !model.reading.hasNoHeader, isLabelNamed: isNamed)
    }
    if let plain = evidence.plain { return plain }
    return evidence.verdict(try below(evidence.rows))
  }

  /// The column of the targets, nil where there is none or the one asked for is not there.
  private static func labelColumn(_ texts: [String], isHeader: Bool, _ options: DataOptions) -> Int? {
    if options.target == .ignored, texts.count == options.model?.columnCount { return nil }
    switch options.label {
    case .absent: return nil
    case .last: return modelLabelColumn(texts, isHeader: isHeader, options) ?? texts.count - 1
    case .column(let name):
      if isHeader, let index = texts.firstIndex(of: name) { return index }
      guard let number = Int(name), number >= 1, number <= texts.count else { return nil }
      return number - 1
    }
  }

  /// Where the table that the model was trained on had its targets: by name, or where there are none by number.
  private static func modelLabelColumn(
    _ texts: [String], isHeader: Bool, _ options: DataOptions
  ) -> Int? {
    guard let model = options.model, let label = model.label, texts.count == model.columnCount + 1 else {
      return nil
    }
    if isHeader, let name = label.name { return texts.firstIndex(of: name) }
    return (1...texts.count).contains(label.number) ? label.number - 1 : nil
  }

  /// A header's names are UTF-8, not empty and differ.
  private static func checkNames(_ cells: [[UInt8]], file: String, line: Int) throws(FileError) {
    var columns: [String: Int] = [:]
    for (index, cell) in cells.enumerated() {
      let place = FileError.Place.cell(line: line, column: index + 1, header: nil)
      guard let name = String(validating: cell, as: UTF8.self) else {
        throw FileError(
          .badData, file, at: place, "the column's name is not UTF-8", remedy: "save the file as UTF-8")
      }
      if name.isEmpty {
        throw FileError(
          .badData, file, at: place, "the column has no name",
          remedy: "name it, or remove it where it only numbers the rows (pandas: index=False)")
      }
      if let other = columns.updateValue(index, forKey: name) {
        throw FileError(
          .badData, file, at: place, "\(quoted(name)) is the name of column \(other + 1) too",
          remedy: "rename one, or say that there is no header if this row is data")
      }
    }
  }
}
