internal import Descent

extension CSVCell {
  /// What stands in a cell.
  enum Kind: Sendable {
    case number
    /// A word that says yes or no, as a column of such words has it.
    case truth
    /// A date, a time, or both.
    case date
    /// Nothing, or what always spells a missing value.
    case missing
    case text
  }

  var kind: Kind {
    if number != nil { return .number }
    if isMissing { return .missing }
    if truth != nil { return .truth }
    return date == nil ? .text : .date
  }

  /// The word that it is, and its number.
  var truth: (words: TruthWords, number: Double)? {
    bytes.withUnsafeBufferPointer { TruthWords.number(of: $0) }
  }

  var date: DateForm? { DateForm(bytes) }
}
