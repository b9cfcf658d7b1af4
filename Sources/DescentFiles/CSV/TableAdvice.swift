internal import Descent

/// What is to be said of each column of a table, as it is found out.
struct TableAdvice {
  private var roles: ColumnRoles
  private var missing: DataOptions.Missing
  private var missingValues: [String]
  private let known: Int
  private(set) var findings: [ColumnFinding] = []
  private let head: TableHead
  private let tallies: [Int: ColumnTally]
  /// The columns that are not to be read, and those that hold categories.
  private var ignored: Set<Int> = []
  private var categorical: Set<Int> = []
  private let asked: Set<Int>
  /// Whether it was said what is done about missing cells.
  private let isFilling: Bool
  private var id: Int?

  init(_ options: DataOptions, _ head: TableHead, _ tallies: [Int: ColumnTally]) {
    (roles, missing, self.head, self.tallies) = (options.roles, options.missing, head, tallies)
    (missingValues, known) = (options.missingValues, options.missingValues.count)
    isFilling = options.missing != .refused
    asked = Set(options.roles.categorical.compactMap { head.find($0) })
  }

  mutating func look(at column: Int) {
    let tally = tallies[column]!
    guard let kind = tally.kind(name(column)) else { return }
    let isAsked = asked.contains(column)
    switch kind {
    case .identifier:
      // It is as it should be, unless nearly every row has a category of its own.
      ignored.insert(column)
    case .mostlyMissing where tally.present == 0: ignored.insert(column)
    case _ where isAsked:
      if tally.missing > 0, missing == .refused { missing = .mean }
      return
    case .categories:
      categorical.insert(column)
      if tally.missing > 0 { miss(tally.missingWords.filter(\.canStandInList).sorted(), .mean) }
    case .lacking:
      guard !isFilling else { return }
      missing = .mean
    case .mostlyMissing:
      guard !isFilling || tally.numbers < tally.present else { return }
      ignored.insert(column)
    case .numbersBut:
      if let tokens = tokens(column) { miss(tokens, .mean) } else { ignored.insert(column) }
    default: ignored.insert(column)
    }
    add(column, kind)
  }

  mutating func look(atTarget column: Int, isNumber: Bool) {
    let tally = tallies[column]!
    if isNumber, case .numbersBut? = tally.kind(name(column)), let tokens = tokens(column) {
      miss(tokens, .dropped)
      missing = .dropped
      return add(column, tally.kind(name(column))!)
    }
    guard tally.missing > 0, missing != .dropped else { return }
    missing = .dropped
    add(column, .lackingTargets(tally.missing, of: tally.rows))
  }

  /// What may spell the cells of a column of numbers that hold none, if it means nothing elsewhere.
  private func tokens(_ column: Int) -> [String]? {
    guard let tokens = tallies[column]!.tokens else { return nil }
    let areFree = tokens.allSatisfy { token in
      tallies.allSatisfy { other, tally in
        guard other != column, tally.holds(token) else { return true }
        if case .numbersBut? = tally.kind(name(other)) { return true }
        return false
      }
    }
    return areFree ? tokens : nil
  }

  private mutating func miss(_ words: [String], _ policy: DataOptions.Missing) {
    missingValues += words.filter { !missingValues.contains($0) }
    if missing == .refused { missing = policy }
  }

  private mutating func add(_ column: Int, _ kind: ColumnFinding.Kind) {
    findings.append(
      ColumnFinding(number: column + 1, name: head.isHeader ? head.texts[column] : nil, kind: kind))
  }

  /// Chooses what tells the rows apart: the first that is called so, or else the first.
  mutating func chooseID() {
    guard roles.id == nil, roles.features.isEmpty else { return }
    let columns = findings.filter(\.kind.isOfIdentifiers).map { $0.number - 1 }.sorted().filter {
      ignored.contains($0) && (tallies[$0]!.isUnique || tallies[$0]!.numbersRows(name($0)))
    }
    id = columns.first { head.isHeader && head.texts[$0].lowercased().hasSuffix("id") } ?? columns.first
  }

  func finished() -> (ColumnRoles, DataOptions.Missing, [String]) {
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
    return (roles, missing, missingValues.count > known ? missingValues : [])
  }

  /// What the column is called where it is asked for: its name, if that can stand among others.
  private func name(_ column: Int) -> String {
    head.isHeader && head.texts[column].canStandInList ? head.texts[column] : "\(column + 1)"
  }
}
