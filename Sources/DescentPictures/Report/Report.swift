/// A page about a model: a title, what matters most, and sections. What it is made of knows nothing of HTML.
public struct Report: Sendable {
  /// A number that matters, and what it is.
  public struct Highlight: Sendable {
    public var number, meaning: String
    public init(_ number: String, _ meaning: String) { (self.number, self.meaning) = (number, meaning) }
  }

  public struct Section: Sendable {
    public var title: String
    public var blocks: [Block]
    public init(_ title: String, _ blocks: [Block]) { (self.title, self.blocks) = (title, blocks) }
  }

  public indirect enum Block: Sendable {
    case heading(String)
    case text(String)
    /// Something to copy: a command, a formula.
    case code(String)
    /// Names and what goes with them.
    case facts([(name: String, value: String)])
    case table(Table)
    /// Charts, beside each other where there is room, each with its numbers as a table for those who do not see it.
    case charts([LineChart])
    /// Numbers by name, each with a bar: to the right above 0, to the left below.
    case bars(Bars)
    /// Small pictures beside each other, as the bytes of a PNG, each with a line below.
    case gallery([(png: [UInt8], caption: String)])
    /// What only some want to see.
    case folded(String, [Block])
  }

  public struct Table: Sendable {
    public var caption: String
    public var header: [String]
    public var rows: [[String]]
    /// How dark each cell is, from 0 to 1, as in a confusion matrix; empty for not at all.
    public var shades: [[Double]]

    public init(_ caption: String, header: [String], rows: [[String]], shades: [[Double]] = []) {
      (self.caption, self.header, self.rows, self.shades) = (caption, header, rows, shades)
    }

    /// Whether cells hold sentences, which are broken into lines, and not numbers.
    var isOfWords: Bool { rows.contains { $0.dropFirst().contains { $0.count > 32 } } }
  }

  public struct Bars: Sendable {
    public var caption: String
    /// Of the columns of texts behind each bar.
    public var header: [String]
    public var rows: [(name: String, value: Double, texts: [String])]

    public init(_ caption: String, header: [String], rows: [(name: String, value: Double, texts: [String])]) {
      (self.caption, self.header, self.rows) = (caption, header, rows)
    }
  }

  public var title: String
  public var subtitle: String
  public var highlights: [Highlight]
  public var sections: [Section]

  public init(_ title: String, subtitle: String, highlights: [Highlight], sections: [Section]) {
    (self.title, self.subtitle, self.highlights, self.sections) = (title, subtitle, highlights, sections)
  }
}
