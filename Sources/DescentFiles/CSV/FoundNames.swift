internal import LinearAlgebra

/// Names that rows bring, numbered in the order in which they come, each with the line that brought it first.
struct FoundNames {
  /// More classes, or categories, than this are taken for a mistake in choosing the column.
  static let greatestCount = 1 << 16

  /// More than this are refused.
  var most = Self.greatestCount
  private(set) var table = ClassTable()
  private var lines: [Int] = []

  var names: [String] { table.names }

  /// The line that brought a name first.
  func line(of number: Int) -> Int { lines[number] }

  enum Problem: Error {
    case notUTF8
    case tooMany(line: Int)
  }

  /// The number of a name, a new one's as well.
  mutating func number(of name: UnsafeBufferPointer<UInt8>, line: Int) throws(Problem) -> Int32 {
    if let number = table.number(of: name) { return number }
    guard names.count < most else { throw .tooMany(line: line) }
    guard let number = table.insert(name) else { throw .notUTF8 }
    lines.append(line)
    return number
  }

  /// Adds the names that ranks have found apart, of which no line is known, and returns the numbers here of those of one rank;
  /// nil where they are too many.
  mutating func add(_ names: [[String]], of rank: Int) -> [Int32]? {
    var numbers: [Int32] = []
    for (other, names) in names.enumerated() {
      for name in names {
        let bytes = Array(name.utf8)
        let found = bytes.withUnsafeBufferPointer { bytes in
          Result { () throws(Problem) in try number(of: bytes, line: 0) }
        }
        guard case .success(let number) = found else { return nil }
        if other == rank { numbers.append(number) }
      }
    }
    return numbers
  }

  /// Adds names that were found apart, and returns the number here of each there.
  ///
  /// - Parameter before: The lines before those of `others`.
  mutating func merge(_ others: FoundNames, before: Int) throws(Problem) -> [Int32] {
    var numbers: [Int32] = []
    for index in others.names.indices {
      let line = before + others.lines[index]
      let name = others.table.bytes(of: index)
      // Looked up by its bytes, as the rows' are.
      let outcome = name.withUnsafeBufferPointer { bytes in
        Result { () throws(Problem) in try number(of: bytes, line: line) }
      }
      numbers.append(try outcome.get())
    }
    return numbers
  }
}
