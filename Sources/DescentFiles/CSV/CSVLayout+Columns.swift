internal import Descent

extension CSVLayout {
  /// Checks the label column and the number of columns against what was asked for and what the model takes.
  func checkColumns(_ options: DataOptions, _ texts: [String], file: String, line: Int) throws(FileError) {
    func failure(_ problem: String, _ remedy: Phrase) -> FileError {
      FileError(.badData, file, at: .line(line), problem, remedy: remedy)
    }
    let fields = counted(columns, "column")
    let takesLabel = !options.ignoresTargets
    if columns == 1, takesLabel || (options.model?.columnCount ?? 1) != 1,
      let other = otherDelimiter(texts[0], options)
    {
      throw failure(
        "there is one column only", "the fields may be separated by \(other): name that with \(.delimiter)")
    }
    if let model = options.model, features != model.columnCount || takesLabel && label == nil {
      let taken = counted(model.columnCount, "feature")
      if takesLabel && columns == model.columnCount {
        throw failure(
          "\(fields) where the model takes \(taken) and the label is one more", "add the column of labels")
      }
      throw failure(
        "\(fields) \(columns == 1 ? "does" : "do") not fit the model, which takes \(taken)",
        takesLabel ? "give \(taken) and the label" : "give the features it was trained on")
    }
    if takesLabel, label == nil, case .column(let name) = options.label {
      let there: Phrase = hasHeader ? "the columns are \(listed(names))" : "there are \(fields) and no header"
      throw failure("there is no column \(quoted(name))", there)
    }
    if features == 0 {
      throw failure("no column is left for the features", "the one column is taken for the label")
    }
  }

  /// The columns that hold categories: the model's where there is one, else those asked for that are there.
  static func categoricals(
    _ texts: [String], isHeader: Bool, label: Int?, _ options: DataOptions
  ) -> [Int] {
    if let model = options.model {
      let features = texts.indices.filter { $0 != label }
      let columns = zip(features, model.table?.columns ?? [])
      return columns.filter { $1.categories != nil }.map { $0.0 }
    }
    return Set(options.categorical.compactMap { index(of: $0, texts, isHeader: isHeader) }).sorted()
  }

  private static func index(of column: String, _ texts: [String], isHeader: Bool) -> Int? {
    if isHeader, let index = texts.firstIndex(of: column) { return index }
    return Int(column).flatMap { (1...max(1, texts.count)).contains($0) ? $0 - 1 : nil }
  }

  /// Checks that the columns asked for as categories are there, and are features.
  func checkCategoricals(_ options: DataOptions, file: String, line: Int) throws(FileError) {
    guard options.model == nil else { return }
    for column in options.categorical {
      let index = Self.index(
        of: column, hasHeader ? names : Array(repeating: "", count: columns), isHeader: hasHeader)
      guard let index else {
        let there: Phrase =
          hasHeader
          ? "the columns are \(listed(names))" : "there are \(counted(columns, "column")) and no header"
        throw FileError(
          .badData, file, at: .line(line), "there is no column \(quoted(column)) of categories", remedy: there
        )
      }
      guard index != label else {
        throw FileError(
          .badData, file, at: place(line: line, column: index), "this is the column of the targets",
          remedy: "leave it out of \(.categorical), or name another with \(.label)")
      }
    }
  }

  /// An error of the first row, where that may not be the data as which it was read.
  func explaining(_ error: FileError) -> FileError {
    guard !firstRow.isPlain, !hasHeader, case .cell(1, _, _) = error.place else { return error }
    var result = error
    result.remedy += "; or say \(.header) yes if this row names the columns"
    return result
  }

  private func otherDelimiter(_ text: String, _ options: DataOptions) -> String? {
    let candidates: [(Character, String)] = [(",", "commas"), ("\t", "tabs"), (";", "semicolons")]
    return candidates.first { text.contains($0.0) }?.1
  }
}
