internal import Descent

extension TableSurvey {
  /// Reads a table by `body`; where that finds a cell that is not as it should be, looks at the whole table and tells of all
  /// its columns, with options that `body` was seen to take.
  ///
  /// - Parameter reader: Opens the table anew; nil where it cannot be read twice.
  static func reading<Result>(
    _ options: DataOptions, _ reader: ((DataOptions) throws(FileError) -> any TableReader)?, file: String,
    _ body: (DataOptions) throws(FileError) -> Result
  ) throws(FileError) -> Result {
    guard options.model == nil else { return try body(options) }
    var surveyed = options
    (surveyed.isSurvey, surveyed.missing, surveyed.tally) = (true, .refused, nil)
    var options = options
    if options.roles.findsCategories {
      guard let reader else {
        throw FileError(
          .badData, file,
          "is to be read twice, to find its columns of categories, and more than is kept of a pipe",
          remedy: "give a file, or name the columns with \(.categorical)")
      }
      let survey = try TableSurvey(try reader(surveyed), options)
      options.roles.findsCategories = false
      options.roles.categorical += survey.categories
    }
    do throws(FileError) {
      return try body(options)
    } catch {
      guard error.isOfCell, let reader, let source = try? reader(surveyed),
        let survey = try? TableSurvey(source, options), survey.isTelling
      else { throw error }
      var advised = options
      (advised.roles, advised.missing) = (survey.roles, survey.missing)
      guard (try? body(advised)) != nil else { throw error }
      throw survey.refusal(file)
    }
  }

  /// The columns of categories that nobody named.
  private var categories: [String] {
    let found = findings.compactMap { finding -> Int? in
      if case .categories = finding.kind { finding.number } else { nil }
    }
    return found.isEmpty ? [] : Array(roles.categorical.suffix(found.count))
  }
}

extension FileError {
  fileprivate var isOfCell: Bool {
    switch place {
    case .cell, .result: kind == .badData
    case .file, .line, .byte: false
    }
  }
}
