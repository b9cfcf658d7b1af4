internal import Descent
import LinearAlgebra

/// The features of rows as they are read, `[rows, columns]`, rounded to `Element`: numbers, and numbers of
/// categories.
struct CSVFeatures<Element: Scalar> {
  private var reader: any TableReader
  private var numbers: [Double]
  private var row: [Element]
  private var elements: [Element] = []
  private(set) var coder: CategoryCoder
  /// Numbers of a greater magnitude are an error.
  private let most: Double
  /// Whether no model tells which columns say 1 and 0 by words.
  private let isOpen: Bool
  /// The features that may then: they have held no other number.
  private var mayBeTruths: [Int] = []
  /// The first other number of each of the others.
  private var others: [Int: Double] = [:]

  init(_ reader: any TableReader, _ options: DataOptions) {
    self.reader = reader
    numbers = Array(repeating: 0, count: reader.layout.features)
    row = Array(repeating: 0, count: reader.layout.features)
    coder = CategoryCoder(reader, options)
    let isSingle = Element.self == Float.self || options.refusesBeyondSingle
    most = isSingle ? Double(Float.greatestFiniteMagnitude) : .greatestFiniteMagnitude
    isOpen = reader.truths.isOpen
    if isOpen { mayBeTruths = Array(row.indices) }
  }

  /// For another reader of the same table, by what a model knows.
  init(_ reader: any TableReader, like other: CSVFeatures) {
    self = other
    self.reader = reader
  }

  /// Reads a row and adds it; false at the end.
  mutating func next() throws(FileError) -> Bool {
    guard try Self.read(&numbers, to: &row, &coder, reader, beyond: most) else { return false }
    elements += row
    if isOpen { try checkTruths() }
    return true
  }

  private mutating func checkTruths() throws(FileError) {
    for feature in mayBeTruths where !Double(row[feature]).isTruth { others[feature] = Double(row[feature]) }
    mayBeTruths.removeAll { others[$0] != nil }
    for found in reader.truths.found {
      guard let other = others[reader.layout.feature(of: found.column)] else { continue }
      throw reader.amongNumbers(found, other)
    }
  }

  private static func read(
    _ numbers: inout [Double], to row: inout [Element], _ coder: inout CategoryCoder,
    _ reader: any TableReader, beyond most: Double
  ) throws(FileError) -> Bool {
    var numbers = numbers.mutableSpan
    guard try reader.next(&numbers) else { return false }
    try coder.code(&numbers, of: reader)
    var row = row.mutableSpan
    let fits = convert(numbers.span, to: &row)
    // Of Doubles that are to be Float's too it says nothing.
    guard !fits || most < Double(Element.greatestFiniteMagnitude) else { return true }
    if !fits, let feature = row.span.firstIndex(beyond: .greatestFiniteMagnitude) {
      throw reader.overflow(of: feature, numbers[feature])
    }
    if let feature = numbers.span.firstIndex(beyond: most) {
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
