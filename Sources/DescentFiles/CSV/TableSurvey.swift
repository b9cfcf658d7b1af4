public import Descent

/// A look at all cells of a table: which columns are no features as they are, why, and how the table can be read.
public struct TableSurvey: Sendable, Equatable {
  /// How many there are, without the header.
  public let rows: Int
  /// In the order of the columns.
  public internal(set) var findings: [ColumnFinding]
  /// What was asked for, and what must be besides.
  public let roles: ColumnRoles
  /// What is to be done about missing cells: as it was asked for, or as the findings make it necessary.
  public let missing: DataOptions.Missing
  /// What spells a missing cell, as it was said, and what must be besides; empty where that was said already.
  public let missingValues: [String]
  /// How numbers are spelt, where that is not as it was said.
  public var spelling: TableForm?
  /// The number that a cell is so, and how else numbers may be spelt, where nothing tells.
  public internal(set) var reading: Reading?
  /// What all numbers of the features, and of the targets where they are numbers, tell of their spelling.
  let evidence: SpellingEvidence
  /// Whether there are numbers with commas or the like, which must be understood first.
  let hasSeparatedNumbers: Bool

  /// Reads all rows of `reader`, whose options ask for a survey: see ``DataOptions/isSurvey``.
  init(_ reader: any TableReader, _ options: DataOptions) throws(FileError) {
    let layout = reader.layout
    let head = TableHead(
      texts: layout.hasHeader ? layout.names : Array(repeating: "", count: layout.columns),
      isHeader: layout.hasHeader, file: reader.file, line: 1)
    let columns = (0..<layout.features).map { layout.column(of: $0) }.sorted()
    var tallies = Dictionary(
      uniqueKeysWithValues: (columns + [layout.label].compactMap { $0 }).map {
        ($0, ColumnTally(mostHashes: min(1 << 16, max(256, (1 << 22) / layout.columns))))
      })
    var numbers = [Double](repeating: 0, count: layout.features)
    var span = numbers.mutableSpan
    while try reader.next(&span) {
      for column in tallies.keys {
        tallies[column]!.add(column, from: reader)
      }
    }
    rows = reader.rows
    hasSeparatedNumbers = columns.contains { tallies[$0]!.separated * 2 > tallies[$0]!.texts }
    var numeric = columns
    if let label = layout.label { numeric.append(label) }
    numeric.removeAll { !tallies[$0]!.holdsNumbers }
    evidence = numeric.reduce(into: SpellingEvidence()) { $0.add(tallies[$1]!.spelling) }

    var advice = TableAdvice(options, head, tallies)
    for column in columns { advice.look(at: column) }
    if let label = layout.label { advice.look(atTarget: label, isNumber: layout.labelsAreNumbers) }
    advice.chooseID()
    (roles, missing, missingValues) = advice.finished()
    findings = advice.findings.sorted { $0.number < $1.number }
    spelt = numeric.filter { tallies[$0]!.spelling.separated > 0 }.map {
      ColumnFinding(
        number: $0 + 1, name: head.isHeader ? head.texts[$0] : nil,
        kind: .spelt(quoted(tallies[$0]!.spelling.example)))
    }
  }

  /// The columns with numbers that are none with a decimal point alone.
  let spelt: [ColumnFinding]

  /// What a cell is by one spelling and by another, if that reads the table too.
  public struct Reading: Sendable, Equatable {
    /// The first number that is not written with a decimal point alone, in quotes.
    public let cell: String
    /// What it is by ``TableSurvey/spelling``, as the shortest text that gives it back.
    public let number: String
    /// The other spelling, and what the cell is by it; nil where only one reads the whole table.
    public let other: (spelling: TableForm, number: String)?

    public static func == (a: Reading, b: Reading) -> Bool {
      a.cell == b.cell && a.number == b.number && a.other?.spelling == b.other?.spelling
    }
  }

  /// Whether it tells more than the first cell that is not as it should be.
  var isTelling: Bool {
    guard !hasSeparatedNumbers else { return false }
    let unfit = findings.filter { $0.kind != .rowNumbers }
    if unfit.contains(where: \.kind.needsSurvey) { return true }
    // Of one column of dates, or of one that lacks some numbers, its first cell tells more.
    if case .dates? = unfit.first?.kind { return findings.count > 1 }
    return unfit.count > 1
  }

  /// That the table cannot be read as it was asked for, and how it can.
  func refusal(_ file: String) -> FileError {
    let shown = findings.prefix(10).map { "\n  " + line($0, file) }.joined()
    let more = findings.count > 10 ? "\n  and \(findings.count - 10) more" : ""
    let counting = findings.count { $0.kind == .rowNumbers }
    let unfit = findings.count - counting
    let others = counting == 0 ? "" : ", and \(counting) \(counting == 1 ? "numbers" : "number") the rows"
    var error = FileError(
      .badData, file,
      "\(unfit) of its columns \(unfit == 1 ? "is not numbers" : "are not numbers") in every row\(others):"
        + shown + more,
      remedy: remedy)
    error.survey = self
    return error
  }

  private func line(_ finding: ColumnFinding, _ file: String) -> String {
    guard case .measured(_, let sign) = finding.kind, file != "standard input" else {
      return finding.description
    }
    return finding.description + "; this takes that out: " + sign.command(file)
  }

  private var remedy: Phrase {
    var phrase: Phrase = "say"
    for (columns, option) in roles.options where !columns.isEmpty {
      phrase += " \(option) \(value: columns.joined(separator: ","))"
    }
    if let spelling { phrase += " " + spelling.spellingWords }
    if !missingValues.isEmpty {
      phrase += " \(.missingValues) \(value: missingValues.joined(separator: ","))"
    }
    if missing != .refused { phrase += " \(.missing) \(missing.rawValue)" }
    return phrase
  }
}
