public import Descent

extension TableForm {
  /// What is contradictory in it; nil where nothing is.
  public var problem: Phrase? {
    if let delimiter, delimiter.byte == nil {
      return "\(.delimiter) must be one character that is in no number, such as ';', or space or tab"
    }
    if let comment, !DataOptions.canSeparateFields(comment) {
      return "\(.comment) must be one character that is in no number, such as '#'"
    }
    if let comment, delimiter == .character(comment) {
      return "\(.comment) and \(.delimiter) name the same character"
    }
    if let skippedLines, skippedLines < 0 { return "\(.skip) must be 0 or more" }
    if let thousands, thousands.rawValue == (decimal ?? .point).rawValue {
      return decimal == nil
        ? "a point between thousands needs another decimal mark: say \(.decimal) , as well"
        : "\(.thousands) and \(.decimal) name the same character"
    }
    if thousands == .space, delimiter == .blanks {
      return "\(.thousands) space and \(.delimiter) space exclude each other"
    }
    return nil
  }

  /// - Throws: ``FileError`` of kind `badQuery`, where what is asked for cannot be.
  func check(_ file: String) throws(FileError) {
    guard let problem else { return }
    var error = FileError(.badQuery, file, "")
    error.subject = problem
    throw error
  }
}
