public import Descent
public import LinearAlgebra

/// The rows of a table, block by block.
///
/// It holds one block and the longest row, whatever the length of the input.
public final class CSVRowStream<Element: Scalar & StoredNumber>: RowStream {
  private let reader: CSVReader
  private let features: CSVFeatures<Element>
  private var targets: CSVTargets
  /// Why the row after those that were given last is none.
  private var pending: FileError?

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
    if let pending { throw pending }
    let firstRow = reader.rows
    features.reserve(rows: min(count, 1 << 10))
    var rows = 0
    do throws(FileError) {
      while rows < count, try reader.next() {
        try features.append()
        try targets.append(from: reader)
        rows += 1
      }
    } catch {
      // The rows before it are sound, and are given first.
      guard rows > 0 else { throw error }
      pending = error
    }
    guard rows > 0 else { return nil }
    var elements = features.take()
    // A row whose target is wrong has left its features.
    elements.removeLast(elements.count - rows * reader.layout.features)
    let matrix = Matrix(rows: rows, columns: reader.layout.features, elements: elements)
    return RowBlock(firstRow: firstRow, features: matrix, targets: targets.takeBlock())
  }
}
