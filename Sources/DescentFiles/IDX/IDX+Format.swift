internal import Descent
internal import LinearAlgebra

extension IDX: DataFormat {
  static var name: String { "IDX" }
  /// Their names, `train-images-idx3-ubyte`, have no ending: the first bytes tell.
  static var endings: [String] { [] }

  static func begins(_ input: Input) throws(FileError) -> Bool {
    guard try input.peek(1).first == 0 else { return false }
    return IDXHeader.isMagic(try input.peek(4))
  }

  static func read<Element: KernelScalar & StoredNumber>(
    _ file: OpenedFile, _ options: DataOptions, as type: Element.Type
  ) throws(FileError) -> Dataset {
    try read(file.input, labels: labels(of: file, options), options, as: type)
  }

  static func stream<Element: KernelScalar & StoredNumber>(
    _ file: OpenedFile, _ options: DataOptions, as type: Element.Type
  ) throws(FileError) -> any RowStream<Element> {
    try IDXRowStream<Element>(file.input, options)
  }

  static func convertible(_ file: OpenedFile, _ options: DataOptions) throws(FileError) -> ConvertibleRows {
    let images = try IDXRowStream<Double>(file.input, options)
    let header = images.header
    return ConvertibleRows(
      stream: images, rows: header.rows, shape: Array(header.dimensions.dropFirst()),
      type: header.type.written,
      labels: .apart(nil))
  }
}
