public import Descent
internal import LinearAlgebra

/// The rows of a table, block by block.
///
/// It holds one block and the longest row, or some parts of the text, whatever the length of the input.
public final class TableRowStream<Element: KernelScalar & StoredNumber>: RowStream {
  let reader: any TableReader
  private var gathering: TableRowGathering<Element>
  /// Where the rows come from if they are read in parts.
  private var parts: TableRowParts<Element>?
  private let options: DataOptions
  private let plan: [OneHotStorage.Column]?
  /// Why the row after those that were given last is none.
  private var pending: FileError?
  /// The rows that were given, and those dropped.
  private var rows = 0
  private var droppedRows = 0

  /// The rows of a table of text. Reads the header, if there is one.
  ///
  /// Targets need `options.model` where they are classes, and so do columns of categories: their names are
  /// known only at the end otherwise.
  public convenience init(
    _ input: Input, _ options: DataOptions, as type: Element.Type = Element.self
  ) throws(FileError) {
    try self.init(input, options, chunkSize: nil)
  }

  /// - Parameter chunkSize: Reads the table in parts of about so many bytes, on all cores and ahead of who asks; nil reads no
  ///   further than the rows that are asked for, which a pipe may bring one by one.
  convenience init(_ input: Input, _ options: DataOptions, chunkSize: Int?) throws(FileError) {
    let reader = try CSVReader(input, options, isSingle: Element.self == Float.self)
    self.init(reader, options)
    // Without a model parts would have to agree on what they find.
    guard let chunkSize, options.model != nil else { return }
    parts = TableRowParts(input, reader, like: gathering, threads: options.threads, chunkSize: chunkSize)
  }

  convenience init(_ reader: any TableReader, _ options: DataOptions) {
    require(
      options.ignoresTargets || options.target == .numbers || !(options.model?.classNames ?? []).isEmpty,
      "a stream of labels needs the names of the classes")
    require(
      reader.layout.categoricals.isEmpty || options.model != nil, "a stream of categories needs their names")
    self.init(openClasses: reader, options)
    options.tally?.note(reader.missing.policy)
  }

  /// Classes that no model knows are numbered as they come in each block, so that there may be any number: see ``classNames``.
  init(openClasses reader: any TableReader, _ options: DataOptions) {
    (self.reader, self.options) = (reader, options)
    let gathering = TableRowGathering<Element>(reader, options)
    self.gathering = gathering
    plan = reader.layout.categoricals.isEmpty ? nil : options.model?.table?.storedPlan(gathering.plan)
  }

  /// The names of the classes, in the order of their numbers; of the block that was given last, where no model knows them.
  var classNames: [String] { gathering.classNames }

  public var hasHeader: Bool { reader.layout.hasHeader }

  public var keptNames: [String] { reader.layout.keptNames }

  public func next(_ count: Int) throws(FileError) -> RowBlock<Element>? {
    require(count > 0, "a block of \(count) rows")
    if let pending { throw pending }
    let read = parts?.next(count) ?? gathering.next(count, expected: min(count, 1 << 10))
    if let failure = read.failure {
      // The rows before it are sound, and are given first.
      guard read.count > 0 else { throw failure }
      pending = failure
    }
    var elements = read.elements
    var filled = 0
    if let schema = options.model?.table {
      insertIndicators(into: &elements, schema.columns.map(\.isIndicated))
      if reader.missing.policy.fills { filled = putFillers(into: &elements, schema.storedFillers) }
    }
    droppedRows += read.droppedRows
    options.tally?.add(
      .init(droppedRows: read.droppedRows, filledCells: filled, unseenCategories: read.unseenCategories))
    guard read.count > 0 else {
      if rows == 0, options.isForAll {
        throw CSVReader.noRows(reader.file, dropped: droppedRows, for: reader.layout.purpose)
      }
      return nil
    }
    var block = RowBlock(firstRow: rows, features: matrix(read.count, elements), targets: read.targets)
    (block.kept, block.weights, block.offsets) = (read.kept, read.weights, read.offsets)
    rows += read.count
    return block
  }

  private func matrix(_ rows: Int, _ elements: [Element]) -> Matrix<Element> {
    let columns = elements.count / rows
    guard let plan else { return Matrix(rows: rows, columns: columns, elements: elements) }
    let storage = OneHotStorage(
      DenseStorage(rows: rows, columns: columns, elements: elements[...]), plan)
    var expanded = [Element](repeating: 0, count: rows * storage.columns)
    var span = expanded.mutableSpan
    storage.read(0..<rows, into: &span)
    return Matrix(rows: rows, columns: storage.columns, elements: expanded)
  }
}
