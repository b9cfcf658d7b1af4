internal import Descent

/// The start of a table, from which its form is settled: by what was asked for, what the model remembers, and its first lines.
struct TableStart {
  /// At the first record, which has been found.
  private(set) var records: CSVRecords
  /// What another table of this kind is to be read by: what was asked for or found, where it is not what its name tells.
  private(set) var form = TableForm()
  /// How many of the first record's fields are empty and no columns.
  private var emptyFields = 0
  private let options: DataOptions
  private var asked: TableForm { options.form }
  private var known: TableForm { options.model?.reading.form ?? TableForm() }

  init(_ input: Input, _ options: DataOptions, capacity: Int) throws(FileError) {
    self.options = options
    try CSVEncoding.check(input)
    try options.form.check(input.name)
    let named = options.form.delimiter?.byte ?? options.namedDelimiter(input.name)
    var likely = named ?? options.model?.reading.form.delimiter?.byte ?? UInt8(ascii: ",")
    records = CSVRecords(
      input, TextForm(delimiter: likely), greatestRecord: CSVReader.greatestRecord, capacity: capacity)
    try skipLines()
    form.comment = asked.comment ?? known.comment
    let separator = try takeSeparator()
    if asked.delimiter == nil, let separator { likely = separator }
    records.form.delimiter = likely
    records.form.comment = form.comment?.asciiValue ?? 0
    if records.form.comment == likely { records.form.comment = 0 }
    let isSaid = asked.delimiter != nil || separator != nil
    try findFirst(isSaid: isSaid)
    try checkFirst()
    try settleNumbers(isSaid: isSaid)
    try settleEmptyFields()
    let delimiter = TableForm.Delimiter(records.form.delimiter)
    if asked.delimiter != nil || delimiter.byte != (named ?? UInt8(ascii: ",")) { form.delimiter = delimiter }
    if !isSaid, form.delimiter != nil, delimiter != known.delimiter {
      options.tally?.note(
        "the fields are separated by \(delimiter.words); \(.delimiter) would tell otherwise")
    }
  }

  private mutating func findFirst(isSaid: Bool) throws(FileError) {
    let spelling = NumberSpelling(asked.spelling ?? known.spelling ?? TableForm())
    let finder = DelimiterFinder(likely: records.form.delimiter, model: options.model, numbers: spelling)
    guard try isSaid ? records.find() : finder.find(&records) else {
      throw CSVReader.noRows(records.file)
    }
  }

  /// That the table does not begin by lines of another kind, which tell nothing of its columns.
  private func checkFirst() throws(FileError) {
    let (fields, line) = (records.record.fields.count, records.line)
    let mark = records.text(0).first
    let isMarked = mark.map { "#%".utf8.contains($0) } ?? false
    guard options.model == nil, fields == 1 || isMarked else { return }
    let rows = try records.sample(DelimiterFinder.records, by: records.form)
    let (common, share) = DelimiterFinder.commonest(Array(rows.dropFirst()))
    guard common > 1, common != fields, share > 0.5,
      let other = rows.firstIndex(where: { $0.count == common })
    else {
      return
    }
    let problem = "\(counted(fields, "field")) where most lines have \(common)"
    if isMarked, let mark {
      throw FileError(
        .badData, records.file, at: .line(line), problem,
        remedy: "say \(.comment) '" + Phrase(String(UnicodeScalar(mark))) + "' if this is a comment")
    }
    throw FileError(
      .badData, records.file, at: .line(line), problem,
      remedy: "leave the lines before the table out by \(.skip) " + Phrase("\(try linesBefore(other))"))
  }

  /// The lines before one of the records to come, the one that is found being 0. Nothing is read after that.
  private func linesBefore(_ record: Int) throws(FileError) -> Int {
    var rest = records
    for _ in 0..<record {
      rest.consume()
      _ = try rest.find()
    }
    return rest.line - 1
  }

  /// Leaves lines out that come before the table: as many as were asked for, or as the model's table had, where they are not
  /// like the line behind them.
  private mutating func skipLines() throws(FileError) {
    form.skippedLines = asked.skippedLines.flatMap { $0 > 0 ? $0 : nil }
    if let count = asked.skippedLines {
      guard try records.skipLines(count) else {
        throw FileError(
          .badData, records.file, "there are no lines behind the first \(count)",
          remedy: "leave out fewer by \(.skip)")
      }
    } else if let count = known.skippedLines, try beginsOtherwise(count) {
      _ = try records.skipLines(count)
      options.tally?.note("\(counted(count, "line")) left out before the table; \(.skip) 0 would read them")
    }
  }

  /// Whether none of the first `count` lines has as many fields as the one behind them.
  private func beginsOtherwise(_ count: Int) throws(FileError) -> Bool {
    let lines = try records.lines(count + 1)
    guard lines.count == count + 1 else { return false }
    let fields = lines.map { line in
      var record = CSVRecord(records.form)
      _ = (line + [.newline]).withUnsafeBufferPointer { record.split($0) }
      return record.fields.count
    }
    return !fields.dropLast().contains(fields[count])
  }

  /// Takes Excel's line that tells what separates the fields: `sep=;`.
  private mutating func takeSeparator() throws(FileError) -> UInt8? {
    guard let first = try records.firstByte(), "sS\"".utf8.contains(first) else { return nil }
    let line = try records.lines(1).first ?? []
    let text = line.filter { $0 != .quote }
    guard text.count == 5, text.prefix(4).elementsEqual("sep=".utf8, by: { $0 | 0x20 == $1 | 0x20 }) else {
      return nil
    }
    guard let byte = TableForm.Delimiter(text[4]).byte else { return nil }
    _ = try records.skipLines(1)
    return byte
  }

  /// Settles how numbers are spelt. What the model remembers cannot hold where a comma now separates the fields.
  private mutating func settleNumbers(isSaid: Bool) throws(FileError) {
    let comma = UInt8(ascii: ",")
    var spelling = asked.spelling
    if spelling == nil, let known = known.spelling,
      known.decimal != .comma || self.known.delimiter == nil
        || records.form.delimiter != comma
    {
      spelling = known
    }
    (form.decimal, form.thousands) = (spelling?.decimal, spelling?.thousands)
    records.form.numbers = spelling.flatMap { NumberSpelling($0) }
    guard asked.decimal == .comma, records.form.delimiter == comma, !isSaid, options.model == nil else {
      return
    }
    let sample = try records.sample(DelimiterFinder.records, by: records.form)
    guard sample.joined().contains(where: { $0.contains(comma) }) else {
      throw FileError(
        .badData, records.file, "the comma is to be the decimal mark, and separates the fields",
        remedy: "name what separates them with \(.delimiter), or leave \(.decimal) out")
    }
  }

  /// Settles how many delimiters end each row and separate nothing: as many as stand behind every row that is looked at.
  private mutating func settleEmptyFields() throws(FileError) {
    let cells = records.record.fields.indices.map { records.text($0) }
    var (count, own) = (0, Self.emptyFields(cells))
    if let model = options.model {
      let texts = Set(cells.map { String(decoding: $0, as: UTF8.self) })
      let hasNames = !model.columnNames.isEmpty && model.columnNames.allSatisfy { texts.contains($0) }
      count = hasNames || cells.count == model.columnCount + 1 + own ? own : 0
      // The names may lack it: nothing is to be answered before the first row.
      if hasNames, own == 0, let next = try records.peek(1).first, next.count == cells.count + 1 {
        count = min(1, Self.emptyFields(next))
      }
    } else if let next = try records.peek(1).first, own > 0 || next.count == cells.count + 1 {
      let rows = try records.peek(max(2, min(DelimiterFinder.records, 20_000 / cells.count)))
      let below = rows.map(Self.emptyFields).min() ?? 0
      guard rows.allSatisfy({ $0.count == next.count }) else { return }
      // The names may lack it.
      if next.count == cells.count { own = min(own, below) } else { own = 0 }
      count = next.count == cells.count ? own : min(1, below)
    }
    guard count > 0 else { return }
    (emptyFields, records.form.emptyFields) = (own, count)
    options.tally?.note(
      count == 1
        ? "the last column is empty, and left out" : "the last \(count) columns are empty, and left out")
  }

  /// How many fields at the end are empty, the first not counted.
  private static func emptyFields(_ cells: [[UInt8]]) -> Int {
    cells.dropFirst().reversed().prefix { $0.isEmpty }.count
  }

  /// The cells of the first record, numbers as they are spelt elsewhere.
  var first: [[UInt8]] { cells(records.record.fields.indices.dropLast(emptyFields).map { records.text($0) }) }

  /// The same of those below.
  func below(_ count: Int) throws(FileError) -> [[[UInt8]]] {
    try records.peek(count).map { cells(Array($0.dropLast(records.form.emptyFields))) }
  }

  /// Whether a point stands between digits in the first lines.
  var holdsPoints: Bool {
    get throws(FileError) {
      try records.lines(max(1, min(100, 20_000 / records.record.fields.count))).contains { line in
        line.indices.dropFirst().dropLast().contains {
          line[$0] == UInt8(ascii: ".") && line[$0 - 1].isDigit && line[$0 + 1].isDigit
        }
      }
    }
  }

  private func cells(_ row: [[UInt8]]) -> [[UInt8]] {
    guard let numbers = records.form.numbers else { return row }
    return row.map { numbers.plain($0) ?? $0 }
  }
}

extension TableForm {
  /// What is said of numbers, if anything is.
  fileprivate var spelling: TableForm? {
    decimal == nil && thousands == nil ? nil : TableForm(decimal: decimal, thousands: thousands)
  }
}
