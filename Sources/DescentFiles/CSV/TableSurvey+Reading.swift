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
    var options = options
    if options.roles.findsCategories {
      guard let reader else {
        throw FileError(
          .badData, file,
          "is to be read twice, to find its columns of categories, and more than is kept of a pipe",
          remedy: "give a file, or name the columns with \(.categorical)")
      }
      let survey = try TableSurvey(try reader(options.surveyed), options)
      options.roles.findsCategories = false
      options.roles.categorical += survey.categories
    }
    do throws(FileError) {
      return try body(options)
    } catch {
      guard error.kind == .badData, let reader else { throw error }
      throw advised(error, options, reader, file) { (options) throws(FileError) in _ = try body(options) }
    }
  }

  /// What to say in the place of an error, once the whole table has been looked at; the error where that tells no more.
  private static func advised(
    _ error: FileError, _ options: DataOptions, _ reader: (DataOptions) throws(FileError) -> any TableReader,
    _ file: String, _ body: (DataOptions) throws(FileError) -> Void
  ) -> FileError {
    if let error = error.ofDelimiter(options, reader) { return error }
    guard error.isOfCell || options.missing == .dropped,
      let survey = try? found(options, reader, isFilling: error.isOfCell)
    else { return error }
    var advised = options
    (advised.roles, advised.missing) = (survey.roles, survey.missing)
    if !survey.missingValues.isEmpty { advised.missingValues = survey.missingValues }
    if let spelling = survey.spelling {
      (advised.form.decimal, advised.form.thousands) = (spelling.decimal, spelling.thousands)
    }
    guard survey.spelling != nil || survey.isTelling else { return error }
    guard (try? body(advised)) != nil else { return error }
    // A spelling alone is said at the first cell that has it.
    if let spelling = survey.spelling, survey.findings.allSatisfy({ $0.kind.isSpelling }) {
      // Which of two it is only the user knows.
      if survey.reading != nil { return error }
      return error.ofSpelling(spelling, inPlaceOf: options.form)
    }
    return survey.isTelling || !error.isOfCell ? survey.refusal(file) : error
  }

  /// Looks at the table, and once more where its numbers turn out to be spelt in another way.
  ///
  /// - Parameter isFilling: Whether what was said of missing cells stays; where each row would be dropped it does not.
  private static func found(
    _ options: DataOptions, _ reader: (DataOptions) throws(FileError) -> any TableReader, isFilling: Bool
  ) throws(FileError) -> TableSurvey {
    let source = try reader(options.surveyed)
    let survey = try TableSurvey(source, options)
    if source.takesSpelling, !survey.evidence.fits(options.form), let form = survey.evidence.forms.first {
      var spelt = options
      (spelt.form.decimal, spelt.form.thousands) = (form.decimal, form.thousands)
      var result = try TableSurvey(try reader(spelt.surveyed), spelt)
      result.spelling = form
      result.reading = survey.evidence.reading
      let numbers = Set(result.findings.map(\.number))
      result.findings += survey.spelt.filter { !numbers.contains($0.number) }
      result.findings.sort { $0.number < $1.number }
      return result
    }
    if isFilling { return survey }
    var refusing = options
    refusing.missing = .refused
    // Columns without a cell alone, or else means.
    let isEmpty = survey.findings.contains { $0.kind.needsSurvey }
    return isEmpty ? survey : try TableSurvey(try reader(options.surveyed), refusing)
  }

  /// The columns of categories that nobody named.
  private var categories: [String] {
    let found = findings.compactMap { finding -> Int? in
      if case .categories = finding.kind { finding.number } else { nil }
    }
    return found.isEmpty ? [] : Array(roles.categorical.suffix(found.count))
  }
}

extension ColumnFinding.Kind {
  fileprivate var isSpelling: Bool {
    if case .spelt = self { true } else { false }
  }
}

extension DataOptions {
  /// The same for a survey.
  fileprivate var surveyed: DataOptions {
    var surveyed = self
    (surveyed.isSurvey, surveyed.missing, surveyed.tally) = (true, .refused, nil)
    return surveyed
  }
}

extension FileError {
  fileprivate var isOfCell: Bool {
    switch place {
    case .cell, .result: kind == .badData
    case .file, .line, .byte: false
    }
  }

  /// The same, where numbers are spelt in another way.
  fileprivate func ofSpelling(_ form: TableForm, inPlaceOf given: TableForm) -> FileError {
    var error = self
    // What one cell leaves open the others have told.
    if let end = problem.firstRange(of: " may be ")?.lowerBound {
      error.problem = problem[..<end] + " is not a number"
    }
    error.remedy = "say " + form.spellingWords
    let lost = TableForm(
      decimal: form.decimal == nil ? given.decimal : nil,
      thousands: form.thousands == nil ? given.thousands : nil)
    if lost != TableForm() { error.remedy += " in the place of " + lost.spellingWords }
    return error
  }

  /// The error where fields were said to be separated by what they are not; nil where they may be.
  fileprivate func ofDelimiter(
    _ options: DataOptions, _ reader: (DataOptions) throws(FileError) -> any TableReader
  ) -> FileError? {
    guard options.form.delimiter != nil else { return nil }
    var open = options.surveyed
    open.form.delimiter = nil
    guard let found = try? reader(open), let delimiter = found.delimiter, delimiter != options.form.delimiter,
      found.layout.columns > ((try? reader(options.surveyed))?.layout.columns ?? 1)
    else { return nil }
    var error = self
    error.remedy = delimiter.remedy
    return error
  }
}
