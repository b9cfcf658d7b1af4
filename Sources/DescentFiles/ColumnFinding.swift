/// A column of a table that is no feature as it is, and why.
public struct ColumnFinding: Sendable, Equatable {
  public enum Kind: Sendable, Equatable {
    /// As many different texts as rows, or nearly.
    case identifier(Int, of: Int)
    /// Numbers that count the rows.
    case rowNumbers
    case dates(String)
    /// So many, and the first of them.
    case categories(Int, [String])
    /// Texts of many words.
    case prose
    /// Other texts: so many different ones in so many rows.
    case texts(Int, of: Int)
    case mostlyMissing(Int, of: Int)
    /// Numbers, of which some are missing.
    case lacking(Int, of: Int)
    /// Numbers but for so many texts, the first of which stands on this line.
    case numbersBut(Int, String, line: Int)
    /// Targets, of which some are missing.
    case lackingTargets(Int, of: Int)
  }

  /// From 1.
  public var number: Int
  /// Nil where the table has no header.
  public var name: String?
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
    case .mostlyMissing(let count, let rows): "mostly missing: \(count) of \(counted(rows, "row"))"
    case .lacking(let count, let rows): "numbers, missing in \(count) of \(counted(rows, "row"))"
    case .numbersBut(let count, let example, let line):
      "numbers, but for \(counted(count, "cell")), such as \(example) on line \(line)"
    case .lackingTargets(let count, let rows): "the label, missing in \(count) of \(counted(rows, "row"))"
    }
  }

  /// Whether the column is one of texts, so that no look at one cell tells what to do about it.
  var isOfTexts: Bool {
    switch self {
    case .identifier, .dates, .categories, .prose, .texts: true
    case .rowNumbers, .mostlyMissing, .lacking, .numbersBut, .lackingTargets: false
    }
  }
}
