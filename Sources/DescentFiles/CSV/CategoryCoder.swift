internal import Descent

/// Numbers the categories of a table's columns of text: as the model does, or as they come.
struct CategoryCoder {
  /// One of the columns.
  private struct Column {
    /// Where it stands in the table, and among its columns of features.
    var column: Int
    var feature: Int
    var known: ClassTable?
    var found = FoundNames()
  }

  private var columns: [Column]
  private let refusesUnseen: Bool
  private(set) var unseen = 0

  init(_ layout: CSVLayout, _ options: DataOptions) {
    refusesUnseen = options.refusesUnseen
    columns = layout.categoricals.map { column in
      let feature = layout.feature(of: column)
      let known = options.model?.table?.columns[feature].categories
      return Column(column: column, feature: feature, known: known.map { ClassTable($0) })
    }
  }

  /// Replaces the numbers of these columns in the row that `reader` read last by those of its categories; -1 is
  /// none of them.
  mutating func code(_ numbers: inout MutableSpan<Double>, of reader: any TableReader) throws(FileError) {
    for index in columns.indices {
      let column = columns[index].column
      let text = reader.text(of: column)
      numbers[columns[index].feature] = try number(of: text, index, reader)
    }
  }

  private mutating func number(
    of text: UnsafeBufferPointer<UInt8>, _ index: Int, _ reader: any TableReader
  ) throws(FileError) -> Double {
    let column = columns[index].column
    if reader.missing.isCategory(text) {
      if reader.missing.policy.fills { return .nan }
      let problem = text.isEmpty ? "the cell is empty" : "\(quoted(text)) is a missing value"
      throw reader.failure(column: column, problem, reader.missing.remedy)
    }
    guard let known = columns[index].known else {
      do throws(FoundNames.Problem) {
        return Double(try columns[index].found.number(of: text, line: reader.line))
      } catch {
        throw Self.failure(error, reader.failure(column: column, "", ""))
      }
    }
    if let number = known.number(of: text) { return Double(number) }
    guard let name = String(validating: text, as: UTF8.self) else {
      throw Self.failure(.notUTF8, reader.failure(column: column, "", ""))
    }
    if let number = known.names.firstIndex(of: name) { return Double(number) }
    if refusesUnseen {
      throw reader.failure(
        column: column, "the model has not seen the category \(quoted(name))",
        "it knows \(listed(known.names, 10))")
    }
    unseen += 1
    return -1
  }

  private static func failure(_ problem: FoundNames.Problem, _ place: FileError) -> FileError {
    var error = place
    switch problem {
    case .notUTF8: (error.problem, error.remedy) = ("the category is not UTF-8", "save the file as UTF-8")
    case .tooMany:
      error.problem = "there are more than \(FoundNames.greatestCount) categories"
      error.remedy = "leave the column out of \(.categorical), and out of the table where it holds no numbers"
    }
    return error
  }

  /// Adds what was found in rows that follow, which were read apart, and gives their categories the numbers
  /// that they have here.
  mutating func merge(
    _ others: CategoryCoder, _ elements: inout ExactNumbers, after lines: Int, of reader: any TableReader
  ) throws(FileError) {
    unseen += others.unseen
    for index in columns.indices where columns[index].known == nil {
      let (column, feature) = (columns[index].column, columns[index].feature)
      let numbers: [Int32]
      do throws(FoundNames.Problem) {
        numbers = try columns[index].found.merge(others.columns[index].found, before: lines)
      } catch {
        var place = reader.failure(column: column, "", "")
        if case .tooMany(let line) = error { place.place = reader.layout.place(line: line, column: column) }
        throw Self.failure(error, place)
      }
      if zip(numbers, 0...).allSatisfy({ $0 == Int32($1) }) { continue }
      elements.replace(stride(from: feature, to: elements.count, by: reader.layout.features)) { number, _ in
        number >= 0 ? Double(numbers[Int(number)]) : number
      }
    }
  }

  /// The categories of the columns of text by their place among the features, in their final order, and the
  /// place of each category there.
  var finished: [Int: (categories: [String], places: [Int])] {
    var result: [Int: (categories: [String], places: [Int])] = [:]
    for column in columns {
      if let known = column.known {
        result[column.feature] = (known.names, Array(known.names.indices))
      } else {
        let (names, numbers) = column.found.table.ordered
        result[column.feature] = (names, numbers.map(Int.init))
      }
    }
    return result
  }

  /// What each of the columns of features becomes.
  func plan(columns: Int) -> [OneHotStorage.Column] {
    let finished = finished
    return (0..<columns).map { feature in
      finished[feature].map { .category(places: $0.places, features: $0.categories.count) } ?? .number
    }
  }
}
