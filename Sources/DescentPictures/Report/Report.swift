/// A page about a model: a title, what matters most, and sections. What it is made of knows nothing of HTML.
public struct Report: Sendable {
  /// A number that matters, and what it is.
  public struct Highlight: Sendable {
    /// The number, rounded as it is to be read, stands large; the meaning is a few words below it.
    public var number, meaning: String
    /// Both are plain text; signs of HTML in them are shown as such.
    public init(_ number: String, _ meaning: String) { (self.number, self.meaning) = (number, meaning) }
  }

  /// A part of the page, with a link to it at the top.
  public struct Section: Sendable {
    /// Plain text: the heading, and the link's words.
    public var title: String
    /// One below the other, in this order.
    public var blocks: [Block]
    /// Sections may have the same title: links go by their numbers.
    public init(_ title: String, _ blocks: [Block]) { (self.title, self.blocks) = (title, blocks) }
  }

  /// What sections are made of. Texts are plain: signs of HTML in them are shown as such.
  public indirect enum Block: Sendable {
    /// A heading below the section's own.
    case heading(String)
    /// A paragraph; what ends lines in it is a blank.
    case text(String)
    /// Something to copy: a command, a formula.
    case code(String)
    /// Names and what goes with them.
    case facts([(name: String, value: String)])
    /// Rows and columns of text, which scroll to the side where the page is narrow.
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

  /// Texts in rows, of which the first names each row.
  public struct Table: Sendable {
    /// Stands above the rows, and names the table to screen readers.
    public var caption: String
    /// Of all columns, that of the rows' names too; an empty one has no head.
    public var header: [String]
    /// Each a row's name and then its cells, one for each of the other columns.
    public var rows: [[String]]
    /// How dark each cell is, from 0 to 1, as in a confusion matrix; empty for not at all.
    public var shades: [[Double]]

    /// Of `shades` there is a row a row and a number a cell, but none for the row's name; ``Report/html()`` traps where one is missing.
    public init(_ caption: String, header: [String], rows: [[String]], shades: [[Double]] = []) {
      (self.caption, self.header, self.rows, self.shades) = (caption, header, rows, shades)
    }

    /// Whether cells hold sentences, which are broken into lines, and not numbers.
    var isOfWords: Bool { rows.contains { $0.dropFirst().contains { $0.count > 32 } } }
  }

  /// A table whose rows have a bar each, of a length in proportion to the value's magnitude.
  public struct Bars: Sendable {
    /// Stands above the rows, and names the table to screen readers.
    public var caption: String
    /// Of the columns of texts behind each bar.
    public var header: [String]
    /// In this order. The value is the bar's and not written; the texts are, one for each of ``header``.
    public var rows: [(name: String, value: Double, texts: [String])]

    /// Values are to be finite. `header` leaves out the columns of the names and of the bars.
    public init(_ caption: String, header: [String], rows: [(name: String, value: Double, texts: [String])]) {
      (self.caption, self.header, self.rows) = (caption, header, rows)
    }
  }

  /// The page's heading, and what a browser calls the page.
  public var title: String
  /// Plain text, in a line below the title.
  public var subtitle: String
  /// Tiles above the sections, in this order.
  public var highlights: [Highlight]
  /// One below the other, in this order, each with a link at the top.
  public var sections: [Section]

  /// All texts are plain. ``html()`` writes the page.
  public init(_ title: String, subtitle: String, highlights: [Highlight], sections: [Section]) {
    (self.title, self.subtitle, self.highlights, self.sections) = (title, subtitle, highlights, sections)
  }
}
