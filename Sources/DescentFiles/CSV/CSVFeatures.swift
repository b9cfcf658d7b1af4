import LinearAlgebra

/// The features of rows as they are read, `[rows, features]`, rounded to `Element`.
final class CSVFeatures<Element: Scalar> {
  private let reader: CSVReader
  private let row: UnsafeMutableBufferPointer<Element>
  private var elements: [Element] = []

  init(_ reader: CSVReader) {
    self.reader = reader
    row = .allocate(capacity: reader.layout.features)
    row.initialize(repeating: 0)
  }

  deinit { row.deallocate() }

  /// Adds the row that the reader read last.
  func append() throws(FileError) {
    guard convert(UnsafeBufferPointer(reader.numbers), to: row) else { throw overflow() }
    elements.append(contentsOf: UnsafeBufferPointer(row))
  }

  /// Makes room for `rows` rows in all.
  func reserve(rows: Int) { elements.reserveCapacity(rows * row.count) }

  /// Those added since the last call.
  func take() -> [Element] {
    defer { elements = [] }
    return elements
  }

  private func overflow() -> FileError {
    let feature = row.firstIndex { !$0.isFinite }!
    let label = reader.layout.label ?? .max
    return reader.failure(
      column: feature < label ? feature : feature + 1,
      "'\(reader.numbers[feature])' is too large for single precision",
      "use double precision or scale the column down")
  }
}

/// Rounds finite numbers; false where one is too large for it.
@specialized(where Element == Float)
@specialized(where Element == Double)
private func convert<Element: Scalar>(
  _ numbers: UnsafeBufferPointer<Double>, to row: UnsafeMutableBufferPointer<Element>
) -> Bool {
  guard let from = numbers.baseAddress, let to = row.baseAddress else { return true }
  var isFinite = true
  for i in 0..<row.count {
    let number = Element(from[i])
    to[i] = number
    isFinite = number.isFinite && isFinite
  }
  return isFinite
}
