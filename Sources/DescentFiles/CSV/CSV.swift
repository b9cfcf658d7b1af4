public import Descent
public import LinearAlgebra

/// Reads tables of numbers: fields separated by commas, tabs or another character.
///
/// Fields may stand in quotes, lines end by LF or CR LF, and blank lines count for nothing. Every cell but
/// the label's is a finite decimal number; anything else is an error that names line, column and header.
public enum CSV {
  /// Reads all rows.
  ///
  /// Features are `[rows, features]` in `Element`. A decimal is rounded to `Double` first and then to
  /// `Float`: where it lies within 2^-54 of the middle of two floats the second rounding can choose the
  /// farther, whose distance is then half a unit and less than a billionth more.
  ///
  /// - Throws: ``FileError``, `badData` for the first row that is not as it should be.
  /// - Complexity: One pass over the bytes. Memory for the features and the longest row.
  public static func read<Element: Scalar & StoredNumber>(
    _ input: Input, _ options: DataOptions = DataOptions(), as type: Element.Type = Float.self
  ) throws(FileError) -> Dataset {
    require(!options.ignoresTargets, "a data set needs targets; stream the rows without them")
    let reader = try CSVReader(input, options)
    var targets = CSVTargets(options)
    var features: [Element] = []
    while try reader.next() {
      try reader.append(to: &features)
      try targets.append(from: reader)
      if reader.rows == 64 {
        features.reserveCapacity(reader.layout.features * reader.expectedRows(size: input.size))
      }
    }
    let (labels, names) = targets.finished()
    let storage = DenseStorage(rows: reader.rows, columns: reader.layout.features, elements: features[...])
    return Dataset(
      features: storage, targets: labels, classNames: names, featureNames: reader.layout.featureNames)
  }
}

extension CSVReader {
  /// Adds the features of the row that was read last.
  func append<Element: Scalar>(to features: inout [Element]) throws(FileError) {
    if let feature = appendConverted(UnsafeBufferPointer(numbers), to: &features) {
      let column = layout.label.map { feature >= $0 ? feature + 1 : feature } ?? feature
      throw failure(
        column: column, "'\(numbers[feature])' is too large for single precision",
        "use double precision or scale the column down")
    }
  }

  /// How many rows the file holds if they go on like this, and some more.
  func expectedRows(size: Int?) -> Int {
    guard let size, plainBytes > 0 else { return rows }
    return Int(1.1 * Double(size) * Double(rows) / Double(plainBytes))
  }
}

/// Adds the numbers to `elements`, rounded; the first of them that is too large is returned.
@specialized(where Element == Float)
@specialized(where Element == Double)
private func appendConverted<Element: Scalar>(
  _ numbers: UnsafeBufferPointer<Double>, to elements: inout [Element]
) -> Int? {
  elements.append(contentsOf: numbers.lazy.map { Element($0) })
  return elements.suffix(numbers.count).firstIndex { !$0.isFinite }.map {
    $0 - elements.count + numbers.count
  }
}
