internal import Descent

/// The first row of a table, in which columns are looked up by what somebody calls them.
struct TableHead {
  /// The names, or the first row's cells where it has none.
  let texts: [String]
  let isHeader: Bool
  let file: String
  let line: Int
  /// Whether the first column has no name, and tells the rows apart: R and pandas write such.
  var namesRows = false

  var columns: Range<Int> { texts.indices }

  /// The column of a name, or else of a number from 1.
  func find(_ column: String) -> Int? {
    if isHeader, let index = texts.firstIndex(of: column) { return index }
    return Int(column).flatMap { columns.contains($0 - 1) ? $0 - 1 : nil }
  }

  /// The same, which must be there.
  ///
  /// - Parameter what: What it was asked for, as ` of categories`.
  func index(of column: String, _ what: String) throws(FileError) -> Int {
    if let index = find(column) { return index }
    throw failure("there is no column \(quoted(column))\(what)", there(near: [column]))
  }

  /// A column that a model remembers: by its name where there are names, else by its number.
  func find(_ column: TableColumn) -> Int? {
    guard isHeader, let name = column.name else {
      return columns.contains(column.number - 1) ? column.number - 1 : nil
    }
    return texts.firstIndex(of: name)
  }

  func column(_ index: Int) -> TableColumn {
    TableColumn(name: isHeader ? texts[index] : nil, number: index + 1)
  }

  /// Which columns there are, those like `names` first.
  func there(near names: [String] = []) -> Phrase {
    guard isHeader else { return "there are \(counted(columns.count, "column")) and no header" }
    let near = names.compactMap { nearest($0, among: texts) }
    let all = "the columns are \(listed(texts))"
    return near.isEmpty ? "\(all)" : "did you mean \(listed(near))? \(all)"
  }

  func failure(_ problem: String, _ remedy: Phrase) -> FileError {
    FileError(.badData, file, at: .line(line), problem, remedy: remedy)
  }

  func failure(column: Int, _ problem: String, _ remedy: Phrase) -> FileError {
    let header = isHeader ? texts[column] : nil
    return FileError(
      .badData, file, at: .cell(line: line, column: column + 1, header: header), problem, remedy: remedy)
  }
}

extension String {
  /// Whether it can stand among others where an option names several, without a second look at it.
  var canStandInList: Bool {
    !isEmpty && first != "-" && first != " " && last != " " && !contains { $0 == "," || $0.isNewline }
  }
}
