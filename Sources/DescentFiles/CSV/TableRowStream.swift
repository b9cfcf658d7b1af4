public import Descent
internal import LinearAlgebra

/// The rows of a table, block by block.
///
/// It holds one block and the longest row, whatever the length of the input.
public final class TableRowStream<Element: KernelScalar & StoredNumber>: RowStream {
  let reader: any TableReader
  private var features: CSVFeatures<Element>
  private var targets: CSVTargets
  private var beside: CSVBesides
  private let options: DataOptions
  /// Why the row after those that were given last is none.
  private var pending: FileError?
  private var reported = ReadingTally.Counts()

  /// The rows of a table of text. Reads the header, if there is one.
  ///
  /// Targets need `options.model` where they are classes, and so do columns of categories: their names are
  /// known only at the end otherwise.
  public convenience init(
    _ input: Input, _ options: DataOptions, as type: Element.Type = Element.self
  ) throws(FileError) {
    self.init(try CSVReader(input, options, isSingle: Element.self == Float.self), options)
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
    features = CSVFeatures(reader, options)
    targets = CSVTargets(options)
    beside = CSVBesides(reader.layout, keeps: true)
  }

  /// The names of the classes, in the order of their numbers; of the block that was given last, where no model knows them.
  var classNames: [String] { targets.classNames }

  public var hasHeader: Bool { reader.layout.hasHeader }

  public var keptNames: [String] { reader.layout.keptNames }

  public func next(_ count: Int) throws(FileError) -> RowBlock<Element>? {
    require(count > 0, "a block of \(count) rows")
    if let pending { throw pending }
    let firstRow = reader.rows
    features.reserve(rows: min(count, 1 << 10))
    var rows = 0
    do throws(FileError) {
      while rows < count, try features.next() {
        try targets.append(from: reader)
        if !beside.isEmpty { try beside.append(from: reader) }
        rows += 1
      }
    } catch {
      // The rows before it are sound, and are given first.
      guard rows > 0 else { throw error }
      pending = error
    }
    var elements = features.take()
    // A row whose target is wrong has left its features.
    elements.removeLast(elements.count - rows * reader.layout.features)
    var filled = 0
    if let schema = options.model?.table {
      insertIndicators(into: &elements, schema.columns.map(\.isIndicated))
      if reader.missing.policy.fills { filled = putFillers(into: &elements, schema.storedFillers) }
    }
    report(filled: filled)
    guard rows > 0 else {
      if reader.rows == 0, options.isForAll {
        throw CSVReader.noRows(reader.file, dropped: reader.droppedRows)
      }
      return nil
    }
    var block = RowBlock(firstRow: firstRow, features: matrix(rows, elements), targets: targets.takeBlock())
    let beside = beside.take(rows)
    (block.kept, block.weights, block.offsets) = (beside.kept, beside.weights, beside.offsets)
    return block
  }

  private func matrix(_ rows: Int, _ elements: [Element]) -> Matrix<Element> {
    let columns = elements.count / rows
    guard let schema = options.model?.table, !reader.layout.categoricals.isEmpty else {
      return Matrix(rows: rows, columns: columns, elements: elements)
    }
    let storage = OneHotStorage(
      DenseStorage(rows: rows, columns: columns, elements: elements[...]),
      schema.storedPlan(features.coder.plan(columns: reader.layout.features)))
    var expanded = [Element](repeating: 0, count: rows * storage.columns)
    var span = expanded.mutableSpan
    storage.read(0..<rows, into: &span)
    return Matrix(rows: rows, columns: storage.columns, elements: expanded)
  }

  /// Tells the tally what came since the last call.
  private func report(filled: Int) {
    let unseen = features.coder.unseen
    options.tally?.add(
      .init(
        droppedRows: reader.droppedRows - reported.droppedRows, filledCells: filled,
        unseenCategories: unseen - reported.unseenCategories))
    (reported.droppedRows, reported.unseenCategories) = (reader.droppedRows, unseen)
  }
}
