internal import Descent
internal import LinearAlgebra

extension LIBSVM: DataFormat {
  static var name: String { "LIBSVM" }
  static var endings: [String] { ["svm", "libsvm"] }
  static var hasIndices: Bool { true }
  static var streamsTargets: Bool { true }

  static func linesBefore(rowsOf shards: [String], _ options: DataOptions) -> [Int]? { shards.map { _ in 0 } }

  /// Whether the first row is a label and features by their indices: `+1 3:0.5 7:1`.
  static func begins(_ input: Input) throws(FileError) -> Bool {
    let fields = try input.peekLine(1 << 12).split { $0.isBlank || $0 == .carriageReturn }
    guard fields.count > 1, CSVCell(fields[0]).number != nil else { return false }
    // The last may be cut off.
    return fields.dropFirst().prefix(max(1, min(8, fields.count - 2))).allSatisfy { field in
      let parts = field.split(separator: UInt8(ascii: ":"), maxSplits: 1, omittingEmptySubsequences: false)
      return parts.count == 2 && !parts[0].isEmpty && parts[0].allSatisfy(\.isDigit)
        && CSVCell(parts[1]).number != nil
    }
  }

  static func read<Element: KernelScalar & StoredNumber>(
    _ file: OpenedFile, _ options: DataOptions, as type: Element.Type
  ) throws(FileError) -> Dataset {
    try DataFile.refuseLabels(file.path, options)
    return try read(file.input, options, as: type)
  }

  static func stream<Element: KernelScalar & StoredNumber>(
    _ file: OpenedFile, _ options: DataOptions, as type: Element.Type
  ) throws(FileError) -> any RowStream<Element> {
    try DataFile.refuseLabels(file.path, options)
    return try LIBSVMRowStream<Element>(file.input, options)
  }

  static func convertible(_ file: OpenedFile, _ options: DataOptions) throws(FileError) -> ConvertibleRows {
    try DataFile.refuseLabels(file.input.name, options)
    let columns = try LIBSVMReader.columns(of: file, options)
    var options = options
    options.model = ModelColumns(features: columns)
    options.target = .numbers
    return ConvertibleRows(
      stream: try LIBSVMRowStream<Double>(file.input, options), shape: [columns], type: .float32,
      labels: .inRows(options.label != .absent))
  }
}
