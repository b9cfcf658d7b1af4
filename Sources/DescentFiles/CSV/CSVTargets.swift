import Descent
internal import LinearAlgebra

/// The targets of rows as they are read: names of classes, numbers, or none.
struct CSVTargets {
  private enum Kind {
    case open, known, numbers, ignored
  }

  /// More classes than this are taken for a mistake in the label column.
  static let greatestClassCount = 1 << 16

  private let kind: Kind
  private var table: ClassTable
  private var labels: [Int32] = []
  private var values: [Double] = []
  /// Of each class of an open table the line that named it first.
  private var lines: [Int] = []

  init(_ options: DataOptions) {
    let names = options.model?.classNames ?? []
    table = ClassTable(names)
    if options.ignoresTargets {
      kind = .ignored
    } else if options.target == .numbers {
      kind = .numbers
    } else {
      kind = names.isEmpty ? .open : .known
    }
  }

  /// Adds the target of the row that `reader` read last.
  mutating func append(from reader: CSVReader) throws(FileError) {
    guard kind != .ignored, let column = reader.layout.label else { return }
    if kind == .numbers {
      guard let value = CSVCell(reader.text).number, value.isFinite else {
        let (problem, remedy) = CSVCell(reader.text).problem(delimiter: 0)
        throw reader.failure(column: column, problem, remedy)
      }
      return values.append(value)
    }
    if let number = table.number(of: reader.text) { return labels.append(number) }
    labels.append(try number(ofNew: reader.text, reader, column))
  }

  private mutating func number(
    ofNew text: UnsafeBufferPointer<UInt8>, _ reader: CSVReader, _ column: Int
  ) throws(FileError) -> Int32 {
    if text.isEmpty {
      throw reader.failure(column: column, "the label is empty", "fill it in or remove the row")
    }
    guard let name = String(validating: text, as: UTF8.self) else {
      throw reader.failure(column: column, "the label is not UTF-8", "save the file as UTF-8")
    }
    if kind == .known {
      // Two spellings of one text in Unicode are equal strings of different bytes.
      if let number = table.names.firstIndex(of: name) { return Int32(number) }
      throw reader.failure(
        column: column, "the model knows no class \(quoted(name))", "it knows \(listed(table.names, 10))")
    }
    guard table.names.count < Self.greatestClassCount else {
      throw reader.failure(column: column, Self.tooMany.problem, Self.tooMany.remedy)
    }
    lines.append(reader.line)
    return table.insert(text)!
  }

  private static let tooMany = (
    problem: "there are more than \(greatestClassCount) classes",
    remedy: "name the column of the labels with --label, or fit numbers"
  )

  /// Adds those of the rows that follow, which were read apart.
  ///
  /// - Parameters:
  ///   - lines: The lines before these rows.
  ///   - reader: One of the same table.
  mutating func append(_ others: CSVTargets, after lines: Int, of reader: CSVReader) throws(FileError) {
    values += others.values
    guard kind == .open else { return labels += others.labels }
    var numbers: [Int32] = []
    for (index, name) in others.table.names.enumerated() {
      // Looked up by its bytes, as the rows' are.
      var known = others.table.withBytes(of: index) { table.number(of: $0) }
      if known == nil {
        let line = lines + others.lines[index]
        guard table.names.count < Self.greatestClassCount else {
          let column = reader.layout.label!
          throw FileError(
            .badData, reader.file,
            at: .cell(
              line: line, column: column + 1,
              header: reader.layout.hasHeader ? reader.layout.names[column] : nil),
            Self.tooMany.problem, remedy: Self.tooMany.remedy)
        }
        known = others.table.withBytes(of: index) { table.insert($0) }
        require(known != nil, "the class \(name) is not UTF-8")
        self.lines.append(line)
      }
      numbers.append(known!)
    }
    labels += others.labels.map { numbers[Int($0)] }
  }

  /// Those of all rows, and the classes' names.
  func finished() -> (targets: Targets, classNames: [String]) {
    switch kind {
    case .numbers: return (.values(values), [])
    case .known, .ignored: return (.labels(labels), table.names)
    case .open:
      let (names, numbers) = table.ordered
      return (.labels(labels.map { numbers[Int($0)] }), names)
    }
  }

  /// Those of the rows since the last call; nil where they are ignored.
  mutating func takeBlock() -> Targets? {
    defer {
      labels = []
      values = []
    }
    return kind == .ignored ? nil : finished().targets
  }
}
