public import Descent
public import LinearAlgebra

/// The rows of a table, block by block.
///
/// It holds one block and the longest row, whatever the length of the input.
public final class CSVRowStream<Element: Scalar & StoredNumber>: RowStream {
  private let reader: CSVReader
  private let features: CSVFeatures<Element>
  private var targets: CSVTargets

  /// Reads the header, if there is one.
  ///
  /// Targets need `options.model` where they are classes: the names are known only at the end otherwise.
  public init(_ input: Input, _ options: DataOptions, as type: Element.Type = Element.self) throws(FileError)
  {
    require(
      options.ignoresTargets || options.target == .numbers || !(options.model?.classNames ?? []).isEmpty,
      "a stream of labels needs the names of the classes")
    reader = try CSVReader(input, options, isSingle: Element.self == Float.self)
    features = CSVFeatures(reader)
    targets = CSVTargets(options)
  }

  /// The names of the features; empty where the table has no header.
  public var featureNames: [String] { reader.layout.featureNames }

  public func next(_ count: Int) throws(FileError) -> RowBlock<Element>? {
    require(count > 0, "a block of \(count) rows")
    let firstRow = reader.rows
    features.reserve(rows: min(count, 1 << 10))
    while reader.rows - firstRow < count, try reader.next() {
      try features.append()
      try targets.append(from: reader)
    }
    let rows = reader.rows - firstRow
    guard rows > 0 else { return nil }
    let matrix = Matrix(rows: rows, columns: reader.layout.features, elements: features.take())
    return RowBlock(firstRow: firstRow, features: matrix, targets: targets.takeBlock())
  }
}
