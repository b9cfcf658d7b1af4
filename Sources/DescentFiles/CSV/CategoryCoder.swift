internal import Descent

/// Numbers the categories of a table's columns of text: as the model does, or as they come.
struct CategoryCoder {
  /// One of the columns.
  private struct Column {
    /// Where it stands in the table, and among its columns of features.
    let column: Int
    let feature: Int
    /// Whether the categories are those of the model.
    let isKnown: Bool
    let known: ClassTable
    var found = FoundNames()

    init(_ column: Int, feature: Int, known: [String]?) {
      (self.column, self.feature, isKnown) = (column, feature, known != nil)
      self.known = ClassTable(known ?? [])
    }

    /// The number of a category, a new one's as well where none is known before; nil for one that the model does not know.
    mutating func number(
      of text: UnsafeBufferPointer<UInt8>, line: Int
    ) throws(FoundNames.Problem) -> Double? {
      guard isKnown else { return Double(try found.number(of: text, line: line)) }
      if let number = known.number(of: text) { return Double(number) }
      guard let name = String(validating: text, as: UTF8.self) else { throw .notUTF8 }
      // Two spellings of one text in Unicode are equal strings of different bytes.
      return known.names.firstIndex(of: name).map { Double($0) }
    }
  }

  private var columns: [Column]
  // Kept here, since to ask the reader for each cell would count references that threads share.
  private let missing: MissingCells
  private let refusesUnseen: Bool
  private(set) var unseen = 0

  init(_ reader: any TableReader, _ options: DataOptions) {
    (missing, refusesUnseen) = (reader.missing, options.refusesUnseen)
    let layout = reader.layout
    columns = layout.categoricals.map { column in
      let feature = layout.feature(of: column)
      return Column(column, feature: feature, known: options.model?.table?.columns[feature].categories)
    }
  }

  /// Replaces the numbers of these columns in the row that `reader` read last by those of its categories; -1 is
  /// none of them.
  mutating func code(_ numbers: inout MutableSpan<Double>, of reader: any TableReader) throws(FileError) {
    for index in columns.indices {
      let text = reader.text(of: columns[index].column)
      numbers[columns[index].feature] = try number(of: text, index, reader)
    }
  }

  private mutating func number(
    of text: UnsafeBufferPointer<UInt8>, _ index: Int, _ reader: any TableReader
  ) throws(FileError) -> Double {
    if missing.isCategory(text) {
      if missing.policy.fills { return .nan }
      let problem = text.isEmpty ? "the cell is empty" : "\(quoted(text)) is a missing value"
      throw reader.failure(column: columns[index].column, problem, missing.remedy)
    }
    do throws(FoundNames.Problem) {
      if let number = try columns[index].number(of: text, line: reader.line) { return number }
    } catch {
      throw Self.failure(error, reader.failure(column: columns[index].column, "", ""))
    }
    if refusesUnseen {
      throw reader.failure(
        column: columns[index].column, "the model has not seen the category \(quoted(text))",
        "it knows \(listed(columns[index].known.names, 10))")
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
    for index in columns.indices where !columns[index].isKnown {
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

  /// The categories that were found, by column, in the order in which they came.
  var foundNames: [[String]] { columns.map { $0.found.names } }

  /// Takes the categories that all ranks have found, and numbers those of this one's rows by them.
  ///
  /// - Parameter names: ``foundNames`` of each.
  /// - Returns: Whether they are not too many.
  mutating func join(_ names: [[[String]]], of rank: Int, _ elements: inout ExactNumbers, features: Int)
    -> Bool
  {
    for index in columns.indices {
      var all = FoundNames()
      guard let numbers = all.add(names.map { $0[index] }, of: rank) else { return false }
      columns[index].found = all
      elements.replace(stride(from: columns[index].feature, to: elements.count, by: features)) { number, _ in
        number >= 0 ? Double(numbers[Int(number)]) : number
      }
    }
    return true
  }

  /// The categories of the columns of text by their place among the features, in their final order, and the
  /// place of each category there.
  var finished: [Int: (categories: [String], places: [Int])] {
    var result: [Int: (categories: [String], places: [Int])] = [:]
    for column in columns {
      if column.isKnown {
        result[column.feature] = (column.known.names, Array(column.known.names.indices))
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
