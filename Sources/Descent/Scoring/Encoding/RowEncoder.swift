/// Makes the features of a model of a row's named cells, as reading a table makes them of its lines: a feature a category,
/// means in the place of missing numbers, 1 and 0 for words.
///
/// ```swift
/// let encoder = try RowEncoder(model.columns)
/// let features: [Float] = try encoder.encode(["region": "north", "age": 41, "data_gb": nil])
/// print(model.classify(features))
/// ```
///
/// A server makes one of each model, and shares it among its tasks.
public struct RowEncoder: Sendable {
  private let columns: [TableSchema.Column]
  private let names: [String]
  private let places: [String: Int]
  /// The place of each category within its column, a dictionary a column.
  private let categories: [[String: Int]]
  private let features: Int
  private let fills: Bool
  private let missingValues: Set<String>
  /// Those that are numbers.
  private let missingNumbers: Set<Double>
  /// Whether a category that the model has not seen is an error, and not a row that has none of the known.
  public var refusesUnknown: Bool

  /// - Parameters:
  ///   - columns: what the model takes: ``TrainedModel/columns``.
  ///   - refusesUnknown: whether a category that the model has not seen is an error.
  /// - Throws: ``RowError/noNames``.
  public init(_ columns: ModelColumns, refusesUnknown: Bool = false) throws(RowError) {
    names = columns.columnNames
    guard names.count == columns.columnCount else { throw .noNames }
    self.columns = columns.table?.columns ?? names.map { TableSchema.Column(name: $0) }
    places = Dictionary(zip(names, 0...)) { first, _ in first }
    categories = self.columns.map { Dictionary(zip($0.categories ?? [], 0...)) { first, _ in first } }
    features = columns.features
    fills = columns.table?.fills ?? false
    missingValues = Set(columns.table?.missingValues ?? [])
    missingNumbers = Set(missingValues.compactMap { Double($0) })
    self.refusesUnknown = refusesUnknown
  }

  /// The features of a row, `[features]`. O(features).
  ///
  /// - Parameter row: a cell a column of the table that the model was trained on, without that of the targets; those that
  ///   are missing are filled as in training.
  /// - Throws: ``RowError``, which names the column.
  public func encode<Element: KernelScalar>(_ row: [String: Cell]) throws(RowError) -> [Element] {
    for name in row.orderedKeys where places[name] == nil { throw .unknownColumn(name, known: names) }
    var result: [Element] = []
    result.reserveCapacity(features)
    for (index, column) in columns.enumerated() {
      try append(row[names[index]] ?? .missing, index, column, to: &result)
    }
    return result
  }

  private func append<Element: KernelScalar>(
    _ cell: Cell, _ index: Int, _ column: TableSchema.Column, to features: inout [Element]
  ) throws(RowError) {
    if let known = column.categories {
      let hot = try category(cell, index, known)
      for place in known.indices { features.append(place == hot ? 1 : 0) }
      return
    }
    let number = try number(cell, index, column)
    guard let value = number ?? (fills ? column.filler : nil) else { throw .missing(column: names[index]) }
    let element = Element(value)
    guard element.isFinite else { throw .notFinite(column: names[index]) }
    features.append(element)
    if column.isIndicated { features.append(number == nil ? 1 : 0) }
  }

  /// Nil for none of the known ones.
  private func category(_ cell: Cell, _ index: Int, _ known: [String]) throws(RowError) -> Int? {
    guard case .text(let text) = cell, !isMissing(cell) else {
      guard cell == .missing || isMissing(cell) else {
        throw .wrongKind(column: names[index], cell: cell, wanted: "a text")
      }
      guard fills else { throw .missing(column: names[index]) }
      return nil
    }
    let place = categories[index][text]
    if place == nil && refusesUnknown { throw .unknownCategory(column: names[index], text, known: known) }
    return place
  }

  /// Nil where it is missing.
  private func number(_ cell: Cell, _ index: Int, _ column: TableSchema.Column) throws(RowError) -> Double? {
    switch cell {
    case .number(let value) where missingNumbers.contains(value): return nil
    case .number(let value) where column.truth == nil || value == 0 || value == 1: return value
    case .missing: return nil
    case .truth(let value) where column.truth != nil: return value ? 1 : 0
    case .text where isMissing(cell): return nil
    case .text(let text):
      if let words = column.truth?.names {
        let word = trimmed(text).lowercased()
        if word == words.yes { return 1 }
        if word == words.no { return 0 }
      }
      fallthrough
    case .truth, .number:
      let wanted = column.truth.map { "\($0.names.yes) or \($0.names.no)" } ?? "a number"
      throw .wrongKind(column: names[index], cell: cell, wanted: wanted)
    }
  }

  private func isMissing(_ cell: Cell) -> Bool {
    guard case .text(let text) = cell else { return false }
    let word = trimmed(text)
    return word.isEmpty || missingValues.contains(word)
  }

  private func trimmed(_ text: String) -> String {
    String(text.drop { $0 == " " }.reversed().drop { $0 == " " }.reversed())
  }
}

extension TrainedModel {
  /// The features of one row of named cells: see ``RowEncoder``, of which to make one where rows are many.
  public func encode(_ row: [String: Cell]) throws(RowError) -> [Element] {
    try RowEncoder(columns).encode(row)
  }
}
