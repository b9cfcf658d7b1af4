internal import Descent
internal import LinearAlgebra

extension NPY: DataFormat {
  static var name: String { "NPY" }
  static var endings: [String] { ["npy"] }
  static var mayLackNumbers: Bool { true }

  static func begins(_ input: Input) throws(FileError) -> Bool { try input.begins(with: NPYHeader.magic) }

  static func read<Element: KernelScalar & StoredNumber>(
    _ file: OpenedFile, _ options: DataOptions, as type: Element.Type
  ) throws(FileError) -> Dataset {
    try read(file.input, labels: labels(of: file, options), options, as: type)
  }

  static func stream<Element: KernelScalar & StoredNumber>(
    _ file: OpenedFile, _ options: DataOptions, as type: Element.Type
  ) throws(FileError) -> any RowStream<Element> {
    try NPYRowStream<Element>(file.input, options)
  }

  static func convertible(_ file: OpenedFile, _ options: DataOptions) throws(FileError) -> ConvertibleRows {
    try convertible(file.input, options, labels: nil)
  }

  /// - Parameter labels: Those that go with the array unless others are named.
  static func convertible(
    _ input: Input, _ options: DataOptions, labels: Input?
  ) throws(FileError) -> ConvertibleRows {
    guard options.missing == .refused else {
      throw FileError(
        .badData, input.name, "an array is converted as it is", remedy: "leave \(.missing) to the training")
    }
    let header = try featureHeader(input, options)
    return ConvertibleRows(
      stream: try NPYRowStream<Double>(input, header), rows: header.rows,
      shape: Array(header.shape.dropFirst()),
      type: header.type.number.written, labels: .apart(labels))
  }
}
