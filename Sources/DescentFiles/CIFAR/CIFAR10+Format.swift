internal import Descent
internal import LinearAlgebra

extension CIFAR10: DataFormat {
  static var name: String { "CIFAR-10" }
  static var endings: [String] { ["bin"] }
  static var streamsTargets: Bool { true }

  static func files(in path: String) -> [String] { batches(in: path) }

  /// Other files are called so too: it is one where its records are whole.
  static func isNamed(_ input: Input) -> Bool { isPerhapsNamed(input) && isWhole(input) }

  /// One that nothing else knows, though its records are not whole: what is compressed tells its size at its end, and of
  /// a file that was cut off the reader says so.
  static func isPerhapsNamed(_ input: Input) -> Bool { FileName(input.name).hasExtension("bin") }

  static func read<Element: KernelScalar & StoredNumber>(
    _ file: OpenedFile, _ options: DataOptions, as type: Element.Type
  ) throws(FileError) -> Dataset {
    try read(file.inputs, options)
  }

  static func stream<Element: KernelScalar & StoredNumber>(
    _ file: OpenedFile, _ options: DataOptions, as type: Element.Type
  ) throws(FileError) -> any RowStream<Element> {
    try CIFARRowStream<Element>(file.inputs, options)
  }

  static func convertible(_ file: OpenedFile, _ options: DataOptions) throws(FileError) -> ConvertibleRows {
    var options = options
    options.target = .numbers
    return ConvertibleRows(
      stream: try CIFARRowStream<Double>(file.inputs, options), shape: [imageShape.pixels], type: .uint8,
      labels: .inRows(options.label != .absent))
  }
}
