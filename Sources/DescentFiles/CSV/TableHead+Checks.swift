internal import Descent

extension TableHead {
  /// Throws where the one column that there is seems to be several, which another delimiter separates.
  func checkDelimiter(_ options: DataOptions) throws(FileError) {
    guard columns.count == 1, !options.ignoresTargets || (options.model?.columnCount ?? 1) != 1 else {
      return
    }
    guard let other = ",\t;|".first(where: { texts[0].contains($0) }) else { return }
    throw failure("there is one column only", TableForm.Delimiter.character(other).remedy)
  }

  /// Checks that there are features and, where there is a header, that the columns that are read have names, in UTF-8, of
  /// their own.
  func check(_ plan: ColumnPlan, _ cells: [[UInt8]]) throws(FileError) {
    if plan.features.isEmpty {
      throw plan.label != nil && columns.count == 1
        ? failure("no column is left for the features", "the one column is taken for the label")
        : failure("no column is left for the features", "leave some out of \(.ignore)")
    }
    guard isHeader else { return }
    let unread = Set(plan.ignored + plan.extra)
    var places: [String: Int] = [:]
    for (column, name) in texts.enumerated() {
      let other = places.updateValue(column, forKey: name)
      if unread.contains(column), other.map(unread.contains) ?? true { continue }
      var error = failure(column: column, "", "")
      error.place = .cell(line: line, column: column + 1, header: nil)
      if String(validating: cells[column], as: UTF8.self) == nil {
        (error.problem, error.remedy) = ("the column's name is not UTF-8", "save the file as UTF-8")
      } else if name.isEmpty, !unread.contains(column) {
        (error.problem, error.remedy) = (
          "the column has no name",
          "name it, or pass over it with \(.ignore) \(column + 1)"
        )
      } else if let other {
        (error.problem, error.remedy) = (
          "\(quoted(name)) is the name of column \(other + 1) too",
          line > 0 ? "rename one, or say \(.header) no if this row is data" : "rename one"
        )
      } else {
        continue
      }
      throw error
    }
  }
}
