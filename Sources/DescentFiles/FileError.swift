public import Descent

/// Why a file could not be read or written.
///
/// Its ``description`` is one line that names the file, the place in it, what is wrong and the remedy:
///
/// ```
/// digits.csv:17: column 3 'width': 'abc' is not a number; remove the row or write a number
/// ```
public struct FileError: Error, Sendable, Equatable, CustomStringConvertible {
  /// What went wrong, as far as an exit code tells it.
  public enum Kind: Sendable, CaseIterable {
    /// There is no such input, or it may not be read (sysexits' 66).
    case noInput
    /// The input is there, and does not hold what it should (65).
    case badData
    /// The output cannot be created (73).
    case cannotCreate
    /// Reading or writing failed half way (74).
    case inputOutput
    /// What is asked of the file is wrong, a query or an option that its format has not (64).
    case badQuery
  }

  /// Where in the file.
  public enum Place: Sendable, Equatable {
    /// The file as a whole, such as one that cannot be opened: no place is named.
    case file
    /// A line, from 1.
    case line(Int)
    /// A column of a line, both from 1, and the column's name where the file has a header.
    case cell(line: Int, column: Int, header: String?)
    /// A row of a query's result and a column of it, both from 1, and the column's name.
    case result(row: Int, column: Int, name: String)
    /// An offset in bytes, from 0, in the inflated data where the file is compressed.
    case byte(Int)
  }

  /// What a program's exit code goes by; what happened is in ``problem``.
  public var kind: Kind
  /// What messages call the file: its path, `standard input`, or `data.npz:images` for an array of an archive.
  public var file: String
  /// Stands behind the file in ``description``; `file` adds nothing there.
  public var place: Place
  /// What was asked for, where that is the problem; a sentence with it.
  public var subject: Phrase?
  /// What is wrong, as a clause that goes on from the place or from ``subject``; no full stop ends it.
  public var problem: String
  /// What to do about it; empty where the problem says it.
  public var remedy: Phrase
  /// A command that writes the file's rows as text, where the file is of a format that is not read.
  public var converter: String?
  /// The system's error number, where the system refused.
  public var code: Int32?
  /// What all columns of a table hold, where that is the problem; it lists them, a line each.
  public var survey: TableSurvey?

  /// ``subject``, ``converter`` and ``survey``, which few errors have, are nil until they are set.
  public init(
    _ kind: Kind, _ file: String, at place: Place = .file, _ problem: String, remedy: Phrase = "",
    code: Int32? = nil
  ) {
    (self.kind, self.file, self.place) = (kind, file, place)
    (self.problem, self.remedy, self.code) = (problem, remedy, code)
  }

  public var description: String { text { "'\($0)'" } }

  /// The same with options as `naming` spells their names.
  public func text(naming: (String) -> String) -> String {
    let file = escaped(file, limit: .max)
    let start =
      switch place {
      case .file: "\(file): "
      case .line(let line): "\(file):\(line): "
      case .cell(let line, let column, nil): "\(file):\(line): column \(column): "
      case .cell(let line, let column, let header?): "\(file):\(line): column \(column) \(quoted(header)): "
      case .result(let row, let column, let name):
        "\(file): row \(row) of the query: column \(column) \(quoted(name)): "
      case .byte(let offset): "\(file): at byte \(offset): "
      }
    let subject = subject.map { $0.text(naming: naming) + " " } ?? ""
    let command = converter.map { ":\n  \($0)" } ?? ""
    return start + subject + problem
      + (remedy.isEmpty ? "" : (survey == nil ? "; " : "\n") + remedy.text(naming: naming)) + command
  }
}

extension FileError {
  /// The same error where so many more lines stand before its own.
  func movedDown(by lines: Int) -> FileError {
    var result = self
    switch place {
    case .line(let line): result.place = .line(line + lines)
    case .cell(let line, let column, let header):
      result.place = .cell(line: line + lines, column: column, header: header)
    case .file, .byte, .result: break
    }
    return result
  }
}
