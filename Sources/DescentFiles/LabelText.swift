import Descent

/// Labels as text: a table of one column, a class name or a number a line, quoted where a table quotes.
///
/// It may have a header. Where the options do not say, its first line is one if there is just one line more than rows, and the
/// line could be no label: it is no number, and no other line says the same.
struct LabelText {
  private let file: String
  private let options: DataOptions
  /// The line of the first cell, and what it holds.
  private var first: (line: Int, cell: [UInt8])?
  /// Of the cells behind the first.
  private var names = FoundNames()
  private var labels: [Int32] = []
  private var values: [Double] = []
  /// Where the label of a line, or of a row of an array, stands.
  private var place: (Int) -> FileError.Place = { .line($0) }

  /// Whether a file of this name holds labels as text, unless its bytes say otherwise.
  static func isNamed(_ path: String) -> Bool {
    ["csv", "tsv", "txt"].contains(FileName(path).fileExtension)
  }

  /// Reads the labels of `rows` rows, and the classes' names.
  static func read(
    _ input: Input, rows: Int, _ options: DataOptions, mostClasses: Int
  ) throws(FileError) -> (targets: Targets, classNames: [String]) {
    var text = LabelText(file: input.name, options)
    text.names.most = mostClasses
    try text.readCells(input)
    return try text.finished(rows: rows)
  }

  private init(file: String, _ options: DataOptions) { (self.file, self.options) = (file, options) }

  /// Reads the labels of an array of text.
  static func read(
    _ input: Input, _ header: NPYHeader, _ type: NPYText, _ options: DataOptions, mostClasses: Int
  ) throws(FileError) -> (targets: Targets, classNames: [String]) {
    var options = options
    options.header = .absent
    var text = LabelText(file: input.name, options)
    text.names.most = mostClasses
    text.place = { .byte(header.length + $0 * type.size) }
    let bytes = try NPY.payload(input, header)
    for row in 0..<header.rows {
      guard let cell = type.text(bytes[row * type.size..<(row + 1) * type.size]) else {
        throw text.failure(row, "the label is not Unicode", "save the array again with numpy.save")
      }
      if row == 0 { text.first = (0, cell) } else { try text.append(cell, row) }
    }
    return try text.finished(rows: header.rows)
  }

  /// Those of a file, in the form that was asked for. What separates fields has none to separate.
  private func records(of input: Input) throws(FileError) -> CSVRecords {
    try CSVEncoding.check(input)
    try options.form.check(file)
    var named = options
    // The format that was asked for is the rows'.
    named.format = nil
    let usual = UInt8(ascii: options.form.decimal == .comma ? ";" : ",")
    var form = TextForm(delimiter: named.namedDelimiter(file) ?? usual)
    form.comment = options.form.comment?.asciiValue ?? 0
    form.numbers = NumberSpelling(options.form)
    var records = CSVRecords(
      input, form, greatestRecord: CSVReader.greatestRecord, capacity: 1 << 16)
    _ = try records.skipLines(options.form.skippedLines ?? 0)
    return records
  }

  private mutating func readCells(_ input: Input) throws(FileError) {
    var records = try records(of: input)
    while try records.find() {
      let fields = records.record.fields.count
      guard fields == 1 else {
        throw failure(
          records.line, "\(fields) fields where one label stands alone",
          "give a file of the labels only, and put names that hold the delimiter in quotes")
      }
      let cell = records.form.numbers?.plain(records.text(0)) ?? records.text(0)
      if first == nil { first = (records.line, cell) } else { try append(cell, records.line) }
      records.consume()
    }
    guard first != nil else {
      throw FileError(.badData, file, "there are no labels", remedy: "check that it is the right file")
    }
  }

  private mutating func append(_ cell: [UInt8], _ line: Int) throws(FileError) {
    guard options.target != .numbers else { return values.append(try number(cell, line)) }
    guard !CSVCell(cell).isMissingName else {
      throw failure(
        line, CSVCell(cell).missingLabel ?? "the label is empty", "fill it in or remove the row")
    }
    let outcome = cell.withUnsafeBufferPointer { bytes in
      Result { () throws(FoundNames.Problem) in try names.number(of: bytes, line: line) }
    }
    switch outcome {
    case .success(let number): labels.append(number)
    case .failure(.notUTF8): throw failure(line, "the label is not UTF-8", "save the file as UTF-8")
    case .failure(.tooMany):
      throw failure(line, "there are more than \(names.most) classes", "fit numbers")
    }
  }

  private func number(_ cell: [UInt8], _ line: Int) throws(FileError) -> Double {
    if let number = CSVCell(cell).number, number.isFinite {
      guard number >= 0 || !options.refusesNegativeTargets else {
        throw failure(
          line, "the target is \(number), and counts are not below 0",
          options.negativeTargetRemedy)
      }
      return number
    }
    if CSVCell(cell).isMissing {
      throw failure(
        line, CSVCell(cell).missingLabel ?? "the label is empty", "fill it in or remove the row")
    }
    throw failure(line, "the label \(quoted(cell)) is not a number", "write a number, or learn classes")
  }

  private mutating func finished(rows: Int) throws(FileError) -> (targets: Targets, classNames: [String]) {
    guard let first else { return (.labels([]), []) }
    if !isHeader(first.cell, rows: rows) {
      let (others, numbers) = (labels, values)
      (labels, values) = ([], [])
      try append(first.cell, first.line)
      labels += others
      values += numbers
    }
    if options.target == .numbers { return (.values(values), []) }
    let known = options.model?.classNames ?? []
    guard !known.isEmpty else {
      let (ordered, numbers) = names.table.ordered
      return (.labels(labels.map { numbers[Int($0)] }), ordered)
    }
    let numbers = Dictionary(zip(known, Int32(0)...)) { first, _ in first }
    // Of those that the model does not know, the one that comes first.
    let unknown = names.names.indices.filter { numbers[names.names[$0]] == nil }
    if let number = unknown.min(by: { names.line(of: $0) < names.line(of: $1) }) {
      throw failure(
        names.line(of: number), "the model knows no class \(quoted(names.names[number]))",
        "it knows \(listed(known, 10))")
    }
    return (.labels(labels.map { numbers[names.names[Int($0)]]! }), known)
  }

  private func isHeader(_ cell: [UInt8], rows: Int) -> Bool {
    switch options.header {
    case .present: true
    case .absent: false
    case .automatic:
      labels.count + values.count == rows && CSVCell(cell).number == nil
        && cell.withUnsafeBufferPointer { names.table.number(of: $0) } == nil
    }
  }

  private func failure(_ line: Int, _ problem: String, _ remedy: Phrase) -> FileError {
    FileError(.badData, file, at: place(line), problem, remedy: remedy)
  }
}
