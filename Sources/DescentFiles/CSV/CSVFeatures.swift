internal import Descent
import LinearAlgebra

/// The features of rows as they are read, `[rows, columns]`, rounded to `Element`: numbers, and numbers of
/// categories.
final class CSVFeatures<Element: Scalar> {
  private let reader: any TableReader
  private let row: UnsafeMutableBufferPointer<Element>
  private var elements: [Element] = []
  private(set) var coder: CategoryCoder
  private let hasCategories: Bool

  init(_ reader: any TableReader, _ options: DataOptions) {
    self.reader = reader
    row = .allocate(capacity: reader.layout.features)
    row.initialize(repeating: 0)
    coder = CategoryCoder(reader.layout, options)
    hasCategories = !reader.layout.categoricals.isEmpty
  }

  deinit { row.deallocate() }

  /// Adds the row that the reader read last.
  func append() throws(FileError) {
    if hasCategories { try coder.code(reader) }
    guard convert(UnsafeBufferPointer(reader.numbers), to: row) else {
      throw reader.overflow(of: row.firstIndex { $0.magnitude == .infinity }!)
    }
    elements.append(contentsOf: UnsafeBufferPointer(row))
  }

  /// Makes room for `rows` rows in all.
  func reserve(rows: Int) { elements.reserveCapacity(rows * row.count) }

  /// Those added since the last call.
  func take() -> [Element] {
    defer { elements = [] }
    return elements
  }
}

/// Rounds numbers; false where one is too large for it.
@specialized(where Element == Float)
@specialized(where Element == Double)
private func convert<Element: Scalar>(
  _ numbers: UnsafeBufferPointer<Double>, to row: UnsafeMutableBufferPointer<Element>
) -> Bool {
  guard let from = numbers.baseAddress, let to = row.baseAddress else { return true }
  var fits = true
  for i in 0..<row.count {
    let number = Element(from[i])
    to[i] = number
    fits = number.magnitude != .infinity && fits
  }
  return fits
}
