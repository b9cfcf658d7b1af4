public import Descent
internal import LinearAlgebra

/// The rows of an IDX file, block by block, without their labels.
public final class IDXRowStream<Element: KernelScalar & StoredNumber>: RowStream {
  private let input: Input
  let header: IDXHeader
  private var row = 0
  /// Why no rows follow those that were given last, where the file ends too soon.
  private var pending: FileError?

  /// Reads the header.
  public init(_ input: Input, _ options: DataOptions, as type: Element.Type = Element.self) throws(FileError)
  {
    self.input = input
    header = try IDX.imageHeader(input, options)
  }

  /// Height and width of files of three dimensions, channels last of those of four; nil for any other number.
  public var imageShape: ImageShape? { header.imageShape }

  public func next(_ count: Int) throws(FileError) -> RowBlock<Element>? {
    require(count > 0, "a block of \(count) rows")
    if let pending { throw pending }
    var rows = min(count, header.rows - row)
    guard rows > 0 else {
      try header.checkEnd(input)
      return nil
    }
    let rowBytes = header.columns * header.type.size
    var bytes = try input.take(rows * rowBytes)
    if bytes.count < rows * rowBytes {
      let cutOff = header.cutOff(input, after: row * rowBytes + bytes.count)
      rows = bytes.count / rowBytes
      // The whole rows before the end are given first.
      guard rows > 0 else { throw cutOff }
      pending = cutOff
      bytes.removeLast(bytes.count - rows * rowBytes)
    }
    let numbers: [Element] = header.numbers(bytes)
    try header.checkFinite(numbers, first: row * header.columns, file: input.name)
    defer { row += rows }
    return RowBlock(
      firstRow: row, features: Matrix(rows: rows, columns: header.columns, elements: numbers), targets: nil)
  }
}
