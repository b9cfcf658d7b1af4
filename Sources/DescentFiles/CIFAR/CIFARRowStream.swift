public import Descent
internal import LinearAlgebra

/// The images of CIFAR-10's files, block by block, with their labels unless these are ignored.
public final class CIFARRowStream<Element: KernelScalar & StoredNumber>: RowStream {
  private let records: CIFARRecords
  private let ignoresTargets: Bool
  private var row = 0

  /// Streams the files one after the other. Where a model is given, labels are numbered as it numbers its classes.
  ///
  /// - Throws: ``FileError`` of kind `badData` where a file is empty or, as far as its size is known, no whole number of
  ///   records, where labels are named apart, or where the model takes other features; `inputOutput` where reading fails.
  public init(_ inputs: [Input], _ options: DataOptions, as type: Element.Type = Element.self)
    throws(FileError)
  {
    records = try CIFARRecords(inputs, options)
    ignoresTargets = options.ignoresTargets
  }

  public func next(_ count: Int) throws(FileError) -> RowBlock<Element>? {
    require(count > 0, "a block of \(count) rows")
    var (pixels, labels): ([UInt8], [UInt8]) = ([], [])
    while labels.count < count, try records.next(count - labels.count, labels: &labels, pixels: &pixels) > 0 {
    }
    guard !labels.isEmpty else { return nil }
    defer { row += labels.count }
    let features = Matrix<Element>(
      rows: labels.count, columns: CIFAR10.imageShape.pixels, elements: NumberType.uint8.numbers(pixels))
    return RowBlock(
      firstRow: row, features: features, targets: ignoresTargets ? nil : records.targets(labels).targets)
  }
}
