internal import Descent
internal import LinearAlgebra

/// Tables of text, whatever separates their fields.
protocol TableFormat: DataFormat {}

extension CSV: TableFormat {
  static var endings: [String] { ["csv"] }
}

enum TSV: TableFormat {
  static var endings: [String] { ["tsv"] }
}

extension TableFormat {
  static var name: String { "a table" }
  static var isTable: Bool { true }

  static func read<Element: KernelScalar & StoredNumber>(
    _ file: OpenedFile, _ options: DataOptions, as type: Element.Type
  ) throws(FileError) -> Dataset {
    try DataFile.refuseLabels(file.path, options)
    return try CSV.read(file.input, options, as: type)
  }

  static func stream<Element: KernelScalar & StoredNumber>(
    _ file: OpenedFile, _ options: DataOptions, as type: Element.Type
  ) throws(FileError) -> any RowStream<Element> {
    try DataFile.refuseLabels(file.path, options)
    return try TableRowStream<Element>(file.input, options)
  }

  static func convertible(_ file: OpenedFile, _ options: DataOptions) throws(FileError) -> ConvertibleRows {
    try ConvertibleRows.checkTable(file.path, options)
    return ConvertibleRows(table: try CSVReader(file.input, options), options)
  }
}

extension ConvertibleRows {
  static func checkTable(_ path: String, _ options: DataOptions) throws(FileError) {
    try DataFile.refuseLabels(path, options)
    guard options.roles.categorical.isEmpty, !options.missing.fills else {
      throw FileError(
        .badData, path,
        "categories and \(options.missing == .median ? "medians" : "means") are known at a table's end only",
        remedy:
          "convert without \(.categorical) and \(.missing) \(options.missing.fills ? options.missing.rawValue : "mean"), or train from the table"
      )
    }
  }

  init(table reader: any TableReader, _ options: DataOptions) {
    var options = options
    if options.label != .absent { options.target = .classes }
    let layout = reader.layout
    self.init(
      stream: TableRowStream<Double>(openClasses: reader, options), shape: [layout.features], type: .float32,
      labels: .inRows(layout.label != nil))
    if layout.hasHeader {
      featureNames = layout.featureNames
      labelName = layout.label.map { layout.names[$0] }
    }
  }
}
