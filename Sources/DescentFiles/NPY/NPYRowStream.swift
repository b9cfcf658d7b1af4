public import Descent
internal import LinearAlgebra

/// The rows of an NPY file, block by block, without their labels.
///
/// One that lies column after column has its first row's last number at its end: it is read as a whole.
public final class NPYRowStream<Element: KernelScalar & StoredNumber>: RowStream {
  private let input: Input
  private let header: NPYHeader
  private let schema: TableSchema?
  private let tally: ReadingTally?
  /// All rows, where they lie column after column.
  private let whole: [Element]
  private var row = 0

  /// Reads the header.
  public convenience init(
    _ input: Input, _ options: DataOptions, as type: Element.Type = Element.self
  ) throws(FileError) {
    try self.init(input, NPY.featureHeader(input, options), options)
  }

  /// - Parameter header: what was read of it.
  convenience init(_ input: Input, _ header: NPYHeader, _ options: DataOptions) throws(FileError) {
    let fills = options.model.map { NPY.hasColumns(of: $0, header) } ?? false
    try self.init(input, header, filling: fills ? options.model?.table : nil, options.tally)
  }

  /// - Parameter schema: What takes the place of NaN; nil refuses it.
  init(
    _ input: Input, _ header: NPYHeader, filling schema: TableSchema? = nil, _ tally: ReadingTally? = nil
  ) throws(FileError) {
    (self.input, self.header, self.schema, self.tally) = (input, header, schema, tally)
    if let filling = schema?.filling { tally?.note(filling) }
    guard !header.isInRows else {
      whole = []
      return
    }
    let numbers: [Element] = header.type.numbers(try NPY.payload(input, header))
    try header.checkFinite(numbers, first: 0, file: input.name, allowingNaN: schema != nil)
    whole = header.ordered(numbers)
  }

  public func next(_ count: Int) throws(FileError) -> RowBlock<Element>? {
    require(count > 0, "a block of \(count) rows")
    let (rows, columns) = (min(count, header.rows - row), header.columns)
    guard rows > 0 else {
      if whole.isEmpty { try header.checkEnd(input) }
      return nil
    }
    defer { row += rows }
    var numbers =
      whole.isEmpty ? try read(rows * columns) : Array(whole[row * columns..<(row + rows) * columns])
    if let schema {
      insertIndicators(into: &numbers, schema.columns.map(\.isIndicated))
      tally?.add(.init(filledCells: putFillers(into: &numbers, schema.storedFillers)))
    }
    return RowBlock(
      firstRow: row,
      features: Matrix(rows: rows, columns: schema?.features ?? columns, elements: numbers), targets: nil)
  }

  private func read(_ count: Int) throws(FileError) -> [Element] {
    let (size, first) = (header.type.size, row * header.columns)
    let bytes = try input.take(count * size)
    guard bytes.count == count * size else { throw header.cutOff(input, after: first * size + bytes.count) }
    let numbers: [Element] = header.type.numbers(bytes)
    try header.checkFinite(numbers, first: first, file: input.name, allowingNaN: schema != nil)
    return numbers
  }
}
