internal import Descent
import LinearAlgebra

/// The features of rows as they are read, `[rows, columns]`, rounded to `Element`: numbers, and numbers of
/// categories.
struct CSVFeatures<Element: Scalar> {
  private let reader: any TableReader
  private var numbers: [Double]
  private var row: [Element]
  private var elements: [Element] = []
  private(set) var coder: CategoryCoder

  init(_ reader: any TableReader, _ options: DataOptions) {
    self.reader = reader
    numbers = Array(repeating: 0, count: reader.layout.features)
    row = Array(repeating: 0, count: reader.layout.features)
    coder = CategoryCoder(reader.layout, options)
  }

  /// Reads a row and adds it; false at the end.
  mutating func next() throws(FileError) -> Bool {
    guard try Self.read(&numbers, to: &row, &coder, reader) else { return false }
    elements += row
    return true
  }

  private static func read(
    _ numbers: inout [Double], to row: inout [Element], _ coder: inout CategoryCoder,
    _ reader: any TableReader
  ) throws(FileError) -> Bool {
    var numbers = numbers.mutableSpan
    guard try reader.next(&numbers) else { return false }
    try coder.code(&numbers, of: reader)
    var row = row.mutableSpan
    guard convert(numbers.span, to: &row) else {
      let feature = row.span.firstIndex(beyond: .greatestFiniteMagnitude)!
      throw reader.overflow(of: feature, numbers[feature])
    }
    return true
  }

  /// Makes room for `rows` rows in all.
  mutating func reserve(rows: Int) { elements.reserveCapacity(rows * row.count) }

  /// Those added since the last call.
  mutating func take() -> [Element] {
    defer { elements = [] }
    return elements
  }
}

/// Rounds numbers; false where one is too large for it.
@specialized(where Element == Float)
@specialized(where Element == Double)
private func convert<Element: Scalar>(_ numbers: Span<Double>, to row: inout MutableSpan<Element>) -> Bool {
  numbers.withUnsafeBufferPointer { from in
    row.withUnsafeMutableBufferPointer { to in
      var fits = true
      for i in 0..<from.count {
        let number = Element(from[i])
        to[i] = number
        fits = number.magnitude != .infinity && fits
      }
      return fits
    }
  }
}
