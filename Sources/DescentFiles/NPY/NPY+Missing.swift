internal import Descent
internal import LinearAlgebra

extension NPY {
  /// Whether an array has the columns of the table that a model was trained on, numbers all, and not its features: of a
  /// column that lacked numbers there may be one more.
  static func hasColumns(of model: ModelColumns, _ header: NPYHeader) -> Bool {
    guard let table = model.table, table.fills else { return false }
    return table.columns.count == header.columns && table.columns.allSatisfy { $0.categories == nil }
  }

  /// Reads rows in which NaN stands for a number that is missing, and does what the options say about them.
  static func readLacking<Element: KernelScalar & StoredNumber>(
    _ input: Input, _ header: NPYHeader, _ targets: Targets, _ classNames: [String], _ options: DataOptions,
    as type: Element.Type
  ) throws(FileError) -> Dataset {
    let numbers: [Double] = try numbersOrNone(input, header, as: type)
    return try dataset(
      lacking: numbers, rows: header.rows, header, targets, classNames, options, file: input.name)
  }

  /// The numbers row after row, NaN where there is none.
  static func numbersOrNone<Element: KernelScalar & StoredNumber>(
    _ input: Input, _ header: NPYHeader, as type: Element.Type
  ) throws(FileError) -> [Double] {
    let numbers: [Double] = try numbers(input, header)
    try header.checkFinite(
      numbers, first: 0, file: input.name, beyond: Double(Element.greatestFiniteMagnitude), allowingNaN: true)
    return header.ordered(numbers)
  }

  /// - Parameter header: of the rows, or of the first of them.
  static func dataset(
    lacking numbers: [Double], rows count: Int, _ header: NPYHeader, _ targets: Targets,
    _ classNames: [String],
    _ options: DataOptions, file: String
  ) throws(FileError) -> Dataset {
    let policy = options.missingPolicy
    var elements = ExactNumbers(numbers)
    options.tally?.note(policy)
    guard policy.fills else {
      return try whole(elements, count, header, targets, classNames, options, file: file)
    }
    var schema =
      options.model?.table ?? TableSchema(columns: Array(repeating: .init(), count: header.columns))
    guard options.model == nil || hasColumns(of: options.model!, header) else {
      throw FileError(
        .badData, file, "the model fills columns of a table, and an array has its features",
        remedy: "give a table")
    }
    let rows = options.rowsForMeans?(targets, classNames, nil)
    let filled = try schema.fill(&elements, policy, by: rows) {
      FileError(.badData, file, "\($1): number \($0) of the rows", remedy: "leave it out of the array")
    }
    options.tally?.add(.init(filledCells: filled))
    var data = Dataset(
      features: elements.storage(rows: count, columns: schema.features), targets: targets,
      classNames: classNames, imageShape: schema.features == header.columns ? header.imageShape : nil)
    data.table = schema
    return data
  }

  /// The rows that lack nothing.
  private static func whole(
    _ elements: ExactNumbers, _ count: Int, _ header: NPYHeader, _ targets: Targets, _ classNames: [String],
    _ options: DataOptions, file: String
  ) throws(FileError) -> Dataset {
    let columns = header.columns
    let rows = (0..<count).filter { row in
      (row * columns..<(row + 1) * columns).allSatisfy { !elements[$0].isNaN }
    }
    options.tally?.add(.init(droppedRows: count - rows.count))
    guard !rows.isEmpty else { throw CSVReader.noRows(file, dropped: count) }
    let all = Dataset(
      features: elements.storage(rows: count, columns: columns), targets: targets,
      classNames: classNames, imageShape: header.imageShape)
    return rows.count == count ? all : all.rows(at: rows)
  }
}
