import Descent

/// The targets of rows as they are read: names of classes, numbers, or none.
struct CSVTargets {
  private enum Kind {
    case open, known, numbers, ignored
  }

  private let kind: Kind
  // Kept here for the reason that ``CategoryCoder`` has.
  private let column: Int?
  private let missing: MissingCells
  private let refusesNegative: Bool
  /// The model's classes, where it has any.
  private var known: ClassTable
  private var found = FoundNames()
  /// Whether those found belong to a block that has been taken.
  private var isTaken = false
  private var labels: [Int32] = []
  private var values: [Double] = []

  init(_ reader: any TableReader, _ options: DataOptions) {
    (column, missing) = (reader.layout.label, reader.missing)
    let names = options.model?.classNames ?? []
    known = ClassTable(names)
    refusesNegative = options.refusesNegativeTargets
    if options.ignoresTargets {
      kind = .ignored
    } else if options.target == .numbers {
      kind = .numbers
    } else {
      kind = names.isEmpty ? .open : .known
    }
  }

  /// Adds the target of the row that `reader` read last.
  mutating func append(from reader: any TableReader) throws(FileError) {
    guard kind != .ignored, let column else { return }
    let text = reader.text(of: column)
    switch kind {
    case .numbers:
      guard let value = CSVCell(text).number, value.isFinite, !missing.isSpelt(value) else {
        throw Self.noNumber(CSVCell(text), reader, column)
      }
      guard value >= 0 || !refusesNegative else {
        throw reader.failure(
          column: column, "the target is \(value), and counts are not below 0",
          reader.layout.purpose == .model ? "remove the row" : "remove the row, or choose another \(.loss)")
      }
      values.append(value)
    case .known:
      labels.append(try knownNumber(of: text, reader, column))
    case .open, .ignored:
      if isTaken { (found, isTaken) = (FoundNames(), false) }
      // What has a number was looked at before.
      if missing.mayBeLabel(text.first), found.table.number(of: text) == nil {
        try refuseMissing(text, reader, column)
      }
      do throws(FoundNames.Problem) {
        labels.append(try found.number(of: text, line: reader.line))
      } catch {
        throw Self.failure(error, reader.failure(column: column, "", ""))
      }
    }
  }

  private func knownNumber(
    of text: UnsafeBufferPointer<UInt8>, _ reader: any TableReader, _ column: Int
  ) throws(FileError) -> Int32 {
    if let number = known.number(of: text) { return number }
    try refuseMissing(text, reader, column)
    guard let name = String(validating: text, as: UTF8.self) else {
      throw Self.failure(.notUTF8, reader.failure(column: column, "", ""))
    }
    // Two spellings of one text in Unicode are equal strings of different bytes.
    if let number = known.names.firstIndex(of: name) { return Int32(number) }
    throw reader.failure(
      column: column, "the model knows no class \(quoted(name))", "it knows \(listed(known.names, 10))")
  }

  /// Throws where a class's name is that of a missing value, which is no class.
  private func refuseMissing(
    _ text: UnsafeBufferPointer<UInt8>, _ reader: any TableReader, _ column: Int
  ) throws(FileError) {
    guard missing.isLabel(text, isNumber: false) else { return }
    let cell = CSVCell(text)
    guard let problem = cell.missingLabel else {
      throw reader.failure(column: column, "the label is empty", Self.missingRemedy(reader))
    }
    throw reader.failure(
      column: column, problem, Self.missingRemedy(reader) + "; a class of this name needs another")
  }

  /// Where a model is measured, rows are not left out by each command.
  private static func missingRemedy(_ reader: any TableReader) -> Phrase {
    reader.layout.purpose == .model
      ? "fill it in, or remove the row" : "fill it in, remove the row, or say \(.missing) drop"
  }

  /// What is wrong with a cell that is to be a number to regress on.
  private static func noNumber(_ cell: CSVCell, _ reader: any TableReader, _ column: Int) -> FileError {
    let isMissing = cell.isMissing || cell.number.map { reader.missing.isSpelt($0) } ?? false
    if isMissing, cell.number != nil {
      return reader.failure(column: column, "\(quoted(cell.bytes)) is a missing value", missingRemedy(reader))
    }
    let (problem, remedy) = reader.problem(of: cell)
    return reader.failure(column: column, problem, isMissing ? missingRemedy(reader) : remedy)
  }

  /// The error at the place of another.
  private static func failure(_ problem: FoundNames.Problem, _ place: FileError) -> FileError {
    var error = place
    switch problem {
    case .notUTF8: (error.problem, error.remedy) = ("the label is not UTF-8", "save the file as UTF-8")
    case .tooMany:
      error.problem = "there are more than \(FoundNames.greatestCount) classes"
      error.remedy = "name the column of the labels with \(.label), or fit numbers"
    }
    return error
  }

  /// Adds those of the rows that follow, which were read apart.
  ///
  /// - Parameters:
  ///   - lines: The lines before these rows.
  ///   - reader: One of the same table.
  mutating func append(
    _ others: CSVTargets, after lines: Int, of reader: any TableReader
  ) throws(FileError) {
    values += others.values
    guard kind == .open, let column else { return labels += others.labels }
    let numbers: [Int32]
    do throws(FoundNames.Problem) {
      numbers = try found.merge(others.found, before: lines)
    } catch {
      var place = reader.failure(column: column, "", "")
      if case .tooMany(let line) = error { place.place = reader.layout.place(line: line, column: column) }
      throw Self.failure(error, place)
    }
    labels += others.labels.map { numbers[Int($0)] }
  }

  /// Those of the rows of all ranks, where `self` has this one's.
  ///
  /// - Parameter names: the classes that each has found, as ``classNames``.
  /// - Returns: Nil where there are more classes than can be.
  func joined(_ names: [[String]], among rows: RankRows) -> CSVTargets? {
    var result = self
    if kind == .open {
      result.found = FoundNames()
      guard let numbers = result.found.add(names, of: rows.ranks.rank) else { return nil }
      result.labels = rows.gathered(labels.map { numbers[Int($0)] })
    } else if kind == .numbers {
      result.values = rows.gathered(values)
    }
    return result
  }

  /// Those of all rows, and the classes' names.
  func finished() -> (targets: Targets, classNames: [String]) {
    switch kind {
    case .numbers: return (.values(values), [])
    case .known, .ignored: return (.labels(labels), known.names)
    case .open:
      let (names, numbers) = found.table.ordered
      return (.labels(labels.map { numbers[Int($0)] }), names)
    }
  }

  /// In the order in which they came; of the block that was taken last, where blocks are.
  var classNames: [String] { kind == .open ? found.table.names : known.names }

  /// Those of the rows since the last call, numbered by ``classNames``; nil where they are ignored.
  mutating func takeBlock() -> Targets? {
    defer {
      labels = []
      values = []
    }
    switch kind {
    case .ignored: return nil
    case .open:
      isTaken = true
      return .labels(labels)
    case .known, .numbers: return finished().targets
    }
  }
}
