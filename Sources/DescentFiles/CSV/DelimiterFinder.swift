internal import Descent

/// Finds what separates the fields of a table, by its first records.
///
/// What the file's name, or the model, makes likely holds where it splits the first record and nothing else does. Among several
/// that one wins whose records have as many fields each, and then the one whose fields are numbers more often. Blanks are tried
/// last, where nothing else splits anything.
struct DelimiterFinder {
  /// So many records are looked at, fewer where they are wide.
  static let records = 32
  private static let candidates = Array(",;\t|".utf8)

  let likely: UInt8
  /// Of the model, where there is one: a row that arrives through a pipe is to be answered before the next is waited for.
  let model: ModelColumns?
  let numbers: NumberSpelling?

  /// What speaks for a delimiter; the greater wins.
  private struct Evidence {
    var fits = false
    /// As many as most records have.
    var fields = 0
    /// The share of records that have as many fields as most.
    var regular = 0.0
    /// The share of fields that are numbers, or missing, below the first record.
    var numeric = 0.0

    static func > (a: Self, b: Self) -> Bool {
      if (a.fields > 1) != (b.fields > 1) { return a.fields > 1 }
      if a.fits != b.fits { return a.fits }
      return (a.regular, a.numeric) > (b.regular, b.numeric)
    }
  }

  /// Finds the first record of `records`, whose form is the likely one, and changes the form if another is found.
  ///
  /// - Returns: Whether there is a record.
  func find(_ records: inout CSVRecords) throws(FileError) -> Bool {
    let found = Result { () throws(FileError) in try records.find() }
    if case .success(false) = found { return false }
    if let other = try delimiter(of: records, isSplit: isSuccess(found)), other != likely {
      records.form.delimiter = other
      return try records.find()
    }
    return try found.get()
  }

  private func isSuccess(_ result: Result<Bool, FileError>) -> Bool { (try? result.get()) != nil }

  /// What separates the fields; nil where that cannot be told.
  private func delimiter(of records: CSVRecords, isSplit: Bool) throws(FileError) -> UInt8? {
    let first = isSplit ? records.record.fields.count : 0
    var rivals: [UInt8] = []
    for rival in Self.candidates where rival != likely && rival != records.form.comment {
      // Before a table that begins by lines of another kind nothing can be ruled out.
      let fields = first > 1 ? try evidence(rival, records, 1).fields : 2
      if fields > 1 { rivals.append(rival) }
    }
    if rivals.isEmpty, numbers?.decimal != .comma || likely != UInt8(ascii: ",") { return likely }
    let count = model == nil ? max(2, min(Self.records, 20_000 / max(1, first))) : 1
    var best = (delimiter: likely, evidence: try evidence(likely, records, count))
    for rival in rivals {
      let evidence = try evidence(rival, records, count)
      if evidence > best.evidence { best = (rival, evidence) }
    }
    // A tab may be one blank among others.
    if best.evidence.fields < 2 || best.delimiter == .tab
      || best.delimiter == numbers?.decimal.rawValue.asciiValue
    {
      let evidence = try evidence(TextForm.blanks, records, count)
      let isLikely = model == nil ? evidence.regular == 1 && evidence.numeric > 0 : evidence.fits
      let isRegular = best.delimiter == .tab && best.evidence.regular == 1
      var isBetter = isRegular ? evidence.numeric > best.evidence.numeric : evidence > best.evidence
      if isLikely, isBetter, isRegular { isBetter = try alignsFields(records, count) }
      if isLikely, isBetter { best = (TextForm.blanks, evidence) }
    }
    return best.evidence.fields > 1 ? best.delimiter : nil
  }

  private func evidence(_ delimiter: UInt8, _ records: CSVRecords, _ count: Int) throws(FileError) -> Evidence
  {
    var form = records.form
    form.delimiter = delimiter
    let rows = try records.sample(count, by: form)
    guard let first = rows.first else { return Evidence() }
    let (fields, share) = Self.commonest(rows)
    let cells = (rows.count > 1 ? rows.dropFirst() : rows[...]).joined()
    let numeric = cells.count { isNumber($0, between: delimiter) }
    return Evidence(
      fits: fits(first), fields: fields, regular: share,
      numeric: Double(numeric) / Double(max(1, cells.count)))
  }

  /// Whether between the tabs of each record blanks align what they separate: several in a row stand in no one cell.
  private func alignsFields(_ records: CSVRecords, _ count: Int) throws(FileError) -> Bool {
    var form = records.form
    form.delimiter = .tab
    let rows = try records.sample(count, by: form)
    return rows.allSatisfy { row in
      row.contains { cell in zip(cell, cell.dropFirst()).contains { $0 == .space && $1 == .space } }
    }
  }

  /// How many fields most of the records have, the first of as many, and the share of those that do.
  static func commonest(_ rows: [[[UInt8]]]) -> (fields: Int, share: Double) {
    let counts = Dictionary(rows.map { ($0.count, 1) }, uniquingKeysWith: +)
    let most = counts.values.max() ?? 0
    let fields = rows.first { counts[$0.count] == most }?.count ?? 0
    return (fields, Double(most) / Double(max(1, rows.count)))
  }

  /// Whether a cell holds a number: one with a decimal comma too, unless that is what separates.
  private func isNumber(_ cell: [UInt8], between delimiter: UInt8) -> Bool {
    if CSVCell(cell).number != nil || CSVCell(cell).isMissing { return true }
    let comma = delimiter == UInt8(ascii: ",") ? nil : NumberSpelling(TableForm(decimal: .comma))
    return [numbers, comma].contains { $0?.plain(cell) != nil }
  }

  /// Whether a first record has the columns that the model takes, with that of the targets or without.
  private func fits(_ cells: [[UInt8]]) -> Bool {
    guard let model else { return false }
    let texts = Set(cells.map { String(decoding: $0, as: UTF8.self) })
    let hasNames = !model.columnNames.isEmpty && model.columnNames.allSatisfy { texts.contains($0) }
    return hasNames || model.columnCount...model.columnCount + 1 ~= cells.count
  }
}
