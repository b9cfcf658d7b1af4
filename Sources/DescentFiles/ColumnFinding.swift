/// A column of a table that is no feature as it is, and why.
public struct ColumnFinding: Sendable, Equatable {
  /// What the cells of a column were found to be. Single cells that are given as examples stand in quotes.
  public enum Kind: Sendable, Equatable {
    /// As many different texts as rows, or nearly.
    case identifier(Int, of: Int)
    /// Numbers that count the rows.
    case rowNumbers
    /// Dates or times in nine of ten cells and more, and the first text among them.
    case dates(String)
    /// So many, and the first of them.
    case categories(Int, [String])
    /// Texts of many words.
    case prose
    /// Other texts: so many different ones in so many rows.
    case texts(Int, of: Int)
    /// More than half of the cells are missing: so many, of so many rows.
    case mostlyMissing(Int, of: Int)
    /// Numbers, of which some are missing.
    case lacking(Int, of: Int)
    /// Numbers but for so many texts, the first of which stands on this line.
    case numbersBut(Int, String, line: Int)
    /// Numbers that are spelt as the table's are not said to be.
    case spelt(String)
    /// Numbers with a sign or a unit beside each, as in the example.
    case measured(String, Sign)
    /// Targets, of which some are missing.
    case lackingTargets(Int, of: Int)
  }

  /// What stands beside each number of a column: a unit, a per cent, a currency.
  public struct Sign: Sendable, Hashable {
    /// As it stands beside the numbers, without spaces: `%`, `kg`, `€`.
    public let text: String
    /// Whether it stands behind the number.
    public let isBehind: Bool
  }

  /// From 1.
  public var number: Int
  /// Nil where the table has no header.
  public var name: String?
  /// Why it is no feature as it is.
  public var kind: Kind

  /// `column 4 'Name': 120 different texts in 120 rows: an identifier`
  public var description: String {
    "column \(number)\(name.map { " " + quoted($0) } ?? ""): \(kind.words)"
  }
}

extension ColumnFinding.Kind {
  var words: String {
    switch self {
    case .identifier(let values, let rows):
      "\(values) different texts in \(counted(rows, "row")): an identifier"
    case .rowNumbers: "it numbers the rows: an identifier"
    case .dates(let example): "dates, such as \(example)"
    case .categories(let count, let names):
      "\(count == 1 ? "1 category" : "\(count) categories"): \(listed(names + Array(repeating: "", count: count - names.count)))"
    case .prose: "free text"
    case .texts(let values, let rows): "\(values) different texts in \(counted(rows, "row"))"
    case .mostlyMissing(let count, let rows) where count == rows: "empty in all of \(counted(rows, "row"))"
    case .mostlyMissing(let count, let rows): "mostly missing: \(count) of \(counted(rows, "row"))"
    case .lacking(let count, let rows): "numbers, missing in \(count) of \(counted(rows, "row"))"
    case .numbersBut(let count, let example, let line):
      "numbers, but for \(counted(count, "cell")), such as \(example) on line \(line)"
    case .spelt(let example): "numbers of another spelling, such as \(example)"
    case .measured(let example, let sign):
      "numbers with \(quoted(sign.text)), such as \(example)"
    case .lackingTargets(let count, let rows): "the label, missing in \(count) of \(counted(rows, "row"))"
    }
  }

  /// Whether a look at its first odd cell would not tell what to do about the column.
  var needsSurvey: Bool {
    switch self {
    case .identifier, .categories, .prose, .texts, .measured: true
    case .mostlyMissing(let count, let rows): count == rows
    // A word that comes again is a spelling of what is missing.
    case .numbersBut(let count, _, _): count > 1
    case .rowNumbers, .dates, .lacking, .spelt, .lackingTargets: false
    }
  }

  /// Whether it tells rows apart.
  var isOfIdentifiers: Bool {
    switch self {
    case .identifier, .rowNumbers: true
    default: false
    }
  }
}
