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
  static var streamsTargets: Bool { true }

  static func read<Element: KernelScalar & StoredNumber>(
    _ file: OpenedFile, _ options: DataOptions, as type: Element.Type
  ) throws(FileError) -> Dataset {
    try DataFile.refuseLabels(file.path, options)
    if let shared = try SharedTable.read(file, options, as: type) { return shared }
    let isRegular = file.isRegular
    let kept = isRegular || options.model != nil ? nil : try file.input.whole(mostKept)
    // The first reading takes the input that is open.
    var input: Input? = file.input
    func opened() throws(FileError) -> Input {
      defer { input = nil }
      if let input { return input }
      if let kept { return try Input(bytes: kept, name: file.input.name) }
      return try file.reopened(options)
    }
    let again: ((DataOptions) throws(FileError) -> any TableReader)? =
      isRegular || kept != nil
      ? { (options) throws(FileError) in try CSVReader(opened(), options) } : nil
    return try TableSurvey.reading(options, again, file: file.input.name) { (options) throws(FileError) in
      try CSV.read(opened(), options, as: type)
    }
  }

  /// What comes through a pipe cannot be read again, and is kept where it is no more than this.
  private static var mostKept: Int { 64 << 20 }

  static func stream<Element: KernelScalar & StoredNumber>(
    _ file: OpenedFile, _ options: DataOptions, as type: Element.Type
  ) throws(FileError) -> any RowStream<Element> {
    try DataFile.refuseLabels(file.path, options)
    // Who waits for all rows, or has them all, need not have each as it comes.
    let isAhead = options.isForAll || file.isRegular
    return try TableRowStream<Element>(
      file.input, options, chunkSize: isAhead ? RecordSplitter.chunkSize : nil)
  }

  static func convertible(_ file: OpenedFile, _ options: DataOptions) throws(FileError) -> ConvertibleRows {
    try ConvertibleRows.checkTable(file.path, options)
    return ConvertibleRows(table: try CSVReader(file.input, options), options)
  }
}

extension ConvertibleRows {
  static func checkTable(_ path: String, _ options: DataOptions) throws(FileError) {
    try DataFile.refuseLabels(path, options)
    try checkRoles(path, options)
    guard options.roles.categorical.isEmpty, !options.roles.findsCategories, !options.missing.fills else {
      throw FileError(
        .badData, path,
        "categories and \(options.missing == .median ? "medians" : "means") are known at a table's end only",
        remedy:
          "convert without \(.categorical) and \(.missing) \(options.missing.fills ? options.missing.rawValue : "mean"), or train from the table"
      )
    }
  }

  /// Throws where columns are given parts that a file of features and labels has no place for.
  private static func checkRoles(_ path: String, _ options: DataOptions) throws(FileError) {
    for (columns, option) in options.roles.others where option != .ignore && option != .features {
      guard !columns.isEmpty else { continue }
      var error = FileError(
        .badQuery, path, "has no place in a conversion", remedy: "pass over the column with \(.ignore)")
      error.subject = "\(option)"
      throw error
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
