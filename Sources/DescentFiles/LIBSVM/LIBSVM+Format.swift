internal import Descent
internal import LinearAlgebra

extension LIBSVM: DataFormat {
  static var name: String { "LIBSVM" }
  static var endings: [String] { ["svm", "libsvm"] }
  static var hasIndices: Bool { true }

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
    let columns = try LIBSVMReader.columns(of: file.input, options, file.progress)
    var options = options
    options.model = ModelColumns(features: columns)
    options.target = .numbers
    return ConvertibleRows(
      stream: try LIBSVMRowStream<Double>(file.input, options), shape: [columns], type: .float32,
      labels: .inRows(options.label != .absent))
  }
}
