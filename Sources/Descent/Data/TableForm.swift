/// How a table of text is written: what separates its fields, how its numbers are spelt, and which lines are no rows.
///
/// What is nil was not said: it is as the model remembers, or found in the first lines, or as most tables have it.
public struct TableForm: Sendable, Equatable {
  /// What separates fields.
  public enum Delimiter: Sendable, Equatable, ExpressibleByExtendedGraphemeClusterLiteral {
    /// Wherever it stands outside quotes. Reading refuses what is not ASCII, letters, digits, line breaks, spaces and `"+-.`
    case character(Character)
    /// Runs of spaces and tabs, which may stand at both ends of a line as well.
    case blanks

    public init(extendedGraphemeClusterLiteral character: Character) { self = .character(character) }
  }

  /// What stands between a number's whole part and its fraction.
  public enum Decimal: Character, Sendable, CaseIterable {
    /// As in `1234.5`.
    case point = "."
    /// As in `1234,5`.
    case comma = ","
  }

  /// What stands between groups of three digits.
  public enum Thousands: Character, Sendable, CaseIterable {
    /// As in `1,234.5`.
    case comma = ","
    /// As in `1.234,5`: only beside a decimal comma.
    case point = "."
    /// `'`, or its typographic form.
    case apostrophe = "'"
    /// A space, be it one at which lines break or not.
    case space = " "
  }

  /// Nil where nobody said: it is the model's, or found in the first records.
  public var delimiter: Delimiter?
  /// Nil is a point, or what the model remembers where ``thousands`` is nil as well.
  public var decimal: Decimal?
  /// Nil is nothing, or what the model remembers where ``decimal`` is nil as well.
  public var thousands: Thousands?
  /// How many lines come before the table.
  public var skippedLines: Int?
  /// What begins a comment, at the start of a line or behind a blank: the rest of the line is no part of the table.
  public var comment: Character?

  /// What is left out was not said. What contradicts itself is refused where a file is read, and not here.
  public init(
    delimiter: Delimiter? = nil, decimal: Decimal? = nil, thousands: Thousands? = nil,
    skippedLines: Int? = nil, comment: Character? = nil
  ) {
    (self.delimiter, self.decimal, self.thousands) = (delimiter, decimal, thousands)
    (self.skippedLines, self.comment) = (skippedLines, comment)
  }
}
