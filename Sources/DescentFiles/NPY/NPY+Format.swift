internal import Descent
internal import LinearAlgebra

extension NPY: DataFormat {
  static var name: String { "NPY" }
  static var endings: [String] { ["npy"] }
  static var mayLackNumbers: Bool { true }
  static var readsShards: Bool { true }

  static func begins(_ input: Input) throws(FileError) -> Bool { try input.begins(with: NPYHeader.magic) }

  static func read<Element: KernelScalar & StoredNumber>(
    _ file: OpenedFile, _ options: DataOptions, as type: Element.Type
  ) throws(FileError) -> Dataset {
    guard file.shards.isEmpty else { return try readShards(file, options, as: type) }
    return try read(file.input, labels: labels(of: file, options), options, as: type)
  }

  static func stream<Element: KernelScalar & StoredNumber>(
    _ file: OpenedFile, _ options: DataOptions, as type: Element.Type
  ) throws(FileError) -> any RowStream<Element> {
    guard file.shards.isEmpty else { return NPYShardStream<Element>(try NPYShards(file, options), options) }
    return try NPYRowStream<Element>(file.input, options)
  }

  static func convertible(_ file: OpenedFile, _ options: DataOptions) throws(FileError) -> ConvertibleRows {
    guard !file.shards.isEmpty else { return try convertible(file.input, options, labels: nil) }
    try checkConversion(options, file.path)
    let shards = try NPYShards(file, options)
    return ConvertibleRows(
      stream: NPYShardStream<Double>(shards, options), rows: shards.rows,
      shape: Array(shards.header.shape.dropFirst()),
      type: shards.header.type.number.written,
      labels: .apart(nil))
  }

  private static func checkConversion(_ options: DataOptions, _ path: String) throws(FileError) {
    guard options.missing == .refused else {
      throw FileError(
        .badData, path, "an array is converted as it is", remedy: "leave \(.missing) to the training")
    }
  }

  /// - Parameter labels: Those that go with the array unless others are named.
  static func convertible(
    _ input: Input, _ options: DataOptions, labels: Input?
  ) throws(FileError) -> ConvertibleRows {
    try checkConversion(options, input.name)
    let header = try featureHeader(input, options)
    return ConvertibleRows(
      stream: try NPYRowStream<Double>(input, header), rows: header.rows,
      shape: Array(header.shape.dropFirst()),
      type: header.type.number.written, labels: .apart(labels))
  }
}
