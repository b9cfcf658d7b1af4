extension CSVLayout {
  /// Checks the label column and the number of columns against what was asked for and what the model takes.
  func checkColumns(_ options: DataOptions, _ texts: [String], file: String, line: Int) throws(FileError) {
    func failure(_ problem: String, _ remedy: String) -> FileError {
      FileError(.badData, file, at: .line(line), problem, remedy: remedy)
    }
    let fields = counted(columns, "column")
    let takesLabel = !options.ignoresTargets
    if columns == 1, takesLabel || (options.model?.features ?? 1) != 1,
      let other = otherDelimiter(texts[0], options)
    {
      throw failure("there is one column only", "the fields may be separated by \(other): name the delimiter")
    }
    if let model = options.model, features != model.features || takesLabel && label == nil {
      let taken = counted(model.features, "feature")
      if takesLabel && columns == model.features {
        throw failure(
          "\(fields) where the model takes \(taken) and the label is one more", "add the column of labels")
      }
      throw failure(
        "\(fields) do not fit the model, which takes \(taken)",
        takesLabel ? "give \(model.features) features and the label" : "give the features it was trained on")
    }
    if takesLabel, label == nil, case .column(let name) = options.label {
      let there = hasHeader ? "the columns are \(listed(names))" : "there are \(fields) and no header"
      throw failure("there is no column \(quoted(name))", there)
    }
    if features == 0 {
      throw failure("no column is left for the features", "the one column is taken for the label")
    }
  }

  private func otherDelimiter(_ text: String, _ options: DataOptions) -> String? {
    let candidates: [(Character, String)] = [(",", "commas"), ("\t", "tabs"), (";", "semicolons")]
    return candidates.first { text.contains($0.0) }?.1
  }
}
