internal import Descent
internal import LinearAlgebra

extension TruthWords {
  /// The pair that a word is of, and its number; nil where it is of none.
  static func number(of word: UnsafeBufferPointer<UInt8>) -> (words: TruthWords, number: Double)? {
    guard (1...5).contains(word.count) else { return nil }
    // No byte but a letter becomes a letter so.
    return switch word.reduce(0 as UInt64, { $0 << 8 | UInt64($1 | 0x20) }) {
    case 0x74_7275_65: (.trueFalse, 1)
    case 0x66_616c_7365: (.trueFalse, 0)
    case 0x79_6573: (.yesNo, 1)
    case 0x6e6f: (.yesNo, 0)
    case 0x74: (.tf, 1)
    case 0x66: (.tf, 0)
    case 0x79: (.yn, 1)
    case 0x6e: (.yn, 0)
    default: nil
    }
  }
}

/// Which columns of a table say 1 and 0 by words: those of its model, or as they are found.
///
/// Each keeps to the pair of the first word in it. It has no numbers but 1 and 0: who has them all looks.
struct TruthColumns: Sendable {
  /// A column, its first word and where that stands: the line, and how many rows were read before.
  struct Found: Sendable {
    let column: Int
    let words: TruthWords
    let cell: [UInt8]
    var line: Int
    let row: Int
  }

  /// In the order in which they were found.
  private(set) var found: [Found] = []
  /// The words of each column of the table.
  private var words: [TruthWords?]
  /// Whether no model has told.
  let isOpen: Bool
  /// The columns of which one has.
  let known: [Int]

  init(_ layout: CSVLayout, _ options: DataOptions) {
    isOpen = options.model == nil
    words = Array(repeating: nil, count: layout.columns)
    let columns = options.model?.table?.columns ?? []
    known = columns.indices.filter { columns[$0].truth != nil }.map { layout.column(of: $0) }
    for feature in columns.indices { words[layout.column(of: feature)] = columns[feature].truth }
  }

  subscript(column: Int) -> TruthWords? { words[column] }

  /// The number that a cell of a column says in words; nil where it says none, or in others than the column's.
  mutating func number(
    of cell: UnsafeBufferPointer<UInt8>, in column: Int, line: Int, row: Int
  ) -> Double? {
    var cell = cell
    while cell.first == .space { cell = UnsafeBufferPointer(rebasing: cell.dropFirst()) }
    while cell.last == .space { cell = UnsafeBufferPointer(rebasing: cell.dropLast()) }
    guard let (pair, number) = TruthWords.number(of: cell) else { return nil }
    if words[column] == pair { return number }
    guard isOpen, words[column] == nil else { return nil }
    add(Found(column: column, words: pair, cell: Array(cell), line: line, row: row))
    return number
  }

  mutating func add(_ column: Found) {
    words[column.column] = column.words
    found.append(column)
  }
}

extension Double {
  /// Whether it may stand in a column of words: 1, 0, or none.
  var isTruth: Bool { self == 0 || self == 1 || isNaN }
}

extension TableReader {
  /// Checks that the row that was read last says nothing but 1 and 0 where the model has words.
  func checkTruths(_ numbers: borrowing MutableSpan<Double>) throws(FileError) {
    for column in truths.known {
      let number = numbers[layout.feature(of: column)]
      if !number.isTruth { throw refusal(of: CSVCell(shortest(number).utf8), column: column, delimiter: 0) }
    }
  }

  /// The error where a column has a word, and numbers that it cannot stand among.
  func amongNumbers(_ found: TruthColumns.Found, _ number: Double) -> FileError {
    var error = failure(
      column: found.column, "\(quoted(found.cell)) stands among numbers, such as \(shortest(number))",
      layout.purpose == .training
        ? "write a number, or name the column with \(.categorical)" : "write a number")
    error.place = place(of: found)
    return error
  }

  /// Where a word stands.
  func place(of found: TruthColumns.Found) -> FileError.Place {
    var place = failure(column: found.column, "", "").place
    switch place {
    case .cell(_, let column, let header): place = .cell(line: found.line, column: column, header: header)
    case .result(_, let column, let name): place = .result(row: found.line, column: column, name: name)
    default: break
    }
    return place
  }

  /// What is wrong with a cell of a column of numbers.
  ///
  /// - Parameter others: The columns of words, where more is known than here.
  func refusal(
    of cell: CSVCell, column: Int, delimiter: UInt8, _ others: TruthColumns? = nil
  ) -> FileError {
    let truths = others ?? truths
    if let words = truths[column], !missing.isMissing(cell) {
      let (yes, no) = words.names
      return failure(
        column: column,
        "\(quoted(cell.bytes)) is neither '\(yes)' nor '\(no)', as \(truths.isOpen ? "cells above are" : "the model expects")",
        "write one of the two, 1 or 0"
          + (layout.purpose == .training ? ", or name the column with \(.categorical)" : ""))
    }
    let (problem, remedy) = self.problem(of: cell)
    if !truths.isOpen, cell.kind == .truth || cell.kind == .date {
      return failure(
        column: column, problem,
        "the model was trained on numbers: write " + (cell.kind == .date ? "one" : "1 or 0"))
    }
    if cell.kind == .date, truths.isOpen {
      return failure(column: column, problem, dateRemedy(cell, column, delimiter))
    }
    return failure(column: column, problem, remedy)
  }
}
