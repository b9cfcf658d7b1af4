internal import Descent

/// A look at all cells of a table: which columns are no features as they are, why, and by what roles the table can be read.
public struct TableSurvey: Sendable, Equatable {
  public let rows: Int
  /// In the order of the columns.
  public let findings: [ColumnFinding]
  /// What was asked for, and what must be besides.
  public let roles: ColumnRoles
  public let missing: DataOptions.Missing
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

    var advice = Advice(options, head)
    for column in columns { advice.look(at: column, tallies[column]!) }
    if let label = layout.label { advice.look(atTarget: label, tallies[label]!) }
    advice.chooseID(columns.filter { tallies[$0]!.isUnique || tallies[$0]!.numbersRows })
    (roles, missing) = advice.finished()
    findings = advice.findings.sorted { $0.number < $1.number }
  }

  /// Whether it tells more than the first cell that is not as it should be.
  var isTelling: Bool {
    guard !hasSeparatedNumbers, findings.contains(where: { $0.kind.isOfTexts }) else { return false }
    // Of one column of dates its first cell tells more.
    if case .dates? = findings.first?.kind { return findings.count > 1 }
    return true
  }

  /// That the table cannot be read as it was asked for, and how it can.
  func refusal(_ file: String) -> FileError {
    let shown = findings.prefix(10).map { "\n  " + $0.description }.joined()
    let more = findings.count > 10 ? "\n  and \(findings.count - 10) more" : ""
    let unfit = findings.count { $0.kind != .rowNumbers }
    var error = FileError(
      .badData, file,
      "\(unfit) of its columns \(unfit == 1 ? "is not numbers" : "are not numbers") in every row:" + shown
        + more,
      remedy: remedy)
    error.survey = self
    return error
  }

  private var remedy: Phrase {
    var phrase: Phrase = "say"
    for (columns, option) in roles.options where !columns.isEmpty {
      phrase += " \(option) \(columns.joined(separator: ","))"
    }
    if missing != .refused { phrase += " \(.missing) \(missing.rawValue)" }
    return phrase
  }
}

/// What is to be said of each column, as it is found out.
private struct Advice {
  private var roles: ColumnRoles
  private var missing: DataOptions.Missing
  private(set) var findings: [ColumnFinding] = []
  private let head: TableHead
  /// The columns that are not to be read, and those that hold categories.
  private var ignored: Set<Int> = []
  private var categorical: Set<Int> = []
  private let asked: Set<Int>
  private var id: Int?

  init(_ options: DataOptions, _ head: TableHead) {
    (roles, missing, self.head) = (options.roles, options.missing, head)
    asked = Set(options.roles.categorical.compactMap { head.find($0) })
  }

  mutating func look(at column: Int, _ tally: ColumnTally) {
    guard let kind = tally.kind else { return }
    if asked.contains(column) {
      // It is as it should be, unless nearly every row has a category of its own.
      if case .identifier = kind {
        ignored.insert(column)
      } else {
        if tally.missing > 0, missing == .refused { missing = .mean }
        return
      }
    } else {
      switch kind {
      case .categories:
        categorical.insert(column)
        if tally.missing > 0, missing == .refused { missing = .mean }
      case .lacking:
        guard missing == .refused else { return }
        missing = .mean
      case .mostlyMissing:
        guard missing == .refused || tally.numbers < tally.present || tally.present == 0 else { return }
        ignored.insert(column)
      default: ignored.insert(column)
      }
    }
    add(column, kind)
  }

  mutating func look(atTarget column: Int, _ tally: ColumnTally) {
    guard tally.missing > 0, missing != .dropped else { return }
    missing = .dropped
    add(column, .lackingTargets(tally.missing, of: tally.rows))
  }

  private mutating func add(_ column: Int, _ kind: ColumnFinding.Kind) {
    findings.append(
      ColumnFinding(number: column + 1, name: head.isHeader ? head.texts[column] : nil, kind: kind))
  }

  /// Chooses what tells the rows apart: the first that is called so, or else the first.
  mutating func chooseID(_ columns: [Int]) {
    let known = columns.filter { ignored.contains($0) }
    guard roles.id == nil, roles.features.isEmpty else { return }
    id = known.first { head.isHeader && head.texts[$0].lowercased().hasSuffix("id") } ?? known.first
  }

  func finished() -> (ColumnRoles, DataOptions.Missing) {
    var roles = roles
    let away = ignored.subtracting(id.map { [$0] } ?? []).sorted()
    if roles.features.isEmpty {
      roles.ignored += away.map(name)
      roles.id = roles.id ?? id.map(name)
    } else {
      roles.features.removeAll { head.find($0).map { ignored.contains($0) } ?? false }
    }
    roles.categorical.removeAll { head.find($0).map { ignored.contains($0) } ?? false }
    roles.categorical += categorical.sorted().map(name)
    roles.findsCategories = false
    return (roles, missing)
  }

  /// What the column is called where it is asked for: its name, if that can stand among others.
  private func name(_ column: Int) -> String {
    let name = head.texts[column]
    let isPlain = head.isHeader && !name.isEmpty && name.first != "-" && name.first != " " && name.last != " "
    return isPlain && !name.contains { $0 == "," || $0.isNewline } ? name : "\(column + 1)"
  }
}
