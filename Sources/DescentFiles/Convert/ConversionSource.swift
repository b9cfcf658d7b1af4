import Descent
import LinearAlgebra

/// Rows on their way from one format to another, in Double, which holds every stored number as it is.
struct ConvertedRows {
  var features: Matrix<Double>
  /// A label a row; nil where there are none.
  var labels: Labels?

  /// Numbers are not put into words unless they are written as such.
  enum Labels {
    case names([String])
    case numbers([Double])

    /// The label of a row, as text.
    subscript(row: Int) -> String {
      switch self {
      case .names(let names): names[row]
      case .numbers(let numbers): shortest(numbers[row])
      }
    }
  }
}

/// The rows of any format with their labels, block by block.
final class ConversionSource {
  /// The features' names and the label's, where a table names them.
  private(set) var featureNames: [String] = []
  private(set) var labelName: String?
  let hasLabels: Bool
  /// How many, where the file begins by telling.
  let rows: Int?
  /// The dimensions of a row.
  let shape: [Int]
  /// What the numbers are stored as, or the next larger type that is written.
  let type: StoredType
  private let stream: any RowStream<Double>
  /// The labels of a file of its own, and the names of its classes if it is text.
  private var labels: (targets: Targets, classNames: [String])?
  private let table: TableRowStream<Double>?

  convenience init(
    _ path: String, _ options: DataOptions, _ progress: ReadProgress? = nil
  ) throws(FileError) {
    if options.query != nil {
      try Self.checkTable(path, options)
      self.init(table: try SQLiteReader(path, options, isSingle: false, progress), options)
      return
    }
    let (inputs, place, format) = try DataFile.open(path, options, progress)
    if format == .csv || format == .tsv {
      try Self.checkTable(path, options)
      self.init(table: try CSVReader(inputs[0], options), options)
    } else {
      try self.init(inputs, place, format, options, progress)
    }
  }

  private static func checkTable(_ path: String, _ options: DataOptions) throws(FileError) {
    try DataFile.refuseLabels(path, options)
    guard options.categorical.isEmpty, options.missing != .mean else {
      throw FileError(
        .badData, path, "categories and means are known at a table's end only",
        remedy: "convert without \(.categorical) and \(.missing) mean, or train from the table")
    }
  }

  private init(table reader: any TableReader, _ options: DataOptions) {
    var options = options
    if options.label != .absent { options.target = .classes }
    let rowStream = TableRowStream<Double>(openClasses: reader, options)
    (stream, table, rows, type) = (rowStream, rowStream, nil, .float32)
    let layout = reader.layout
    shape = [layout.features]
    if layout.hasHeader {
      featureNames = layout.featureNames
      labelName = layout.label.map { layout.names[$0] }
    }
    hasLabels = layout.label != nil
  }

  private init(
    _ inputs: [Input], _ place: MemberPath, _ format: DataOptions.Format, _ options: DataOptions,
    _ progress: ReadProgress?
  ) throws(FileError) {
    var options = options
    let input = inputs[0]
    var labelInput: Input?
    switch format {
    case .npz:
      let archive = try NPZArchive(input, options, progress: progress)
      let features = try archive.features(place.member)
      let array = try archive.input(features, isFeatures: true)
      let header = try NPY.featureHeader(array, options)
      (stream, table) = (try NPYRowStream<Double>(array, header), nil)
      (rows, shape, type) = (header.rows, [header.columns], header.type.stored)
      if options.label != .absent, archive.hasLabels(besides: features) {
        labelInput = try archive.input(try archive.labels(nil, besides: features))
      }
    case .npy:
      let header = try NPY.featureHeader(input, options)
      (stream, table) = (try NPYRowStream<Double>(input, header), nil)
      (rows, shape, type) = (header.rows, [header.columns], header.type.stored)
    case .idx:
      let images = try IDXRowStream<Double>(input, options)
      (stream, table) = (images, nil)
      (rows, shape, type) = (
        images.header.rows, Array(images.header.dimensions.dropFirst()), images.header.type.stored
      )
    case .cifar10:
      options.target = .numbers
      (stream, table) = (try CIFARRowStream<Double>(inputs, options), nil)
      (rows, shape, type) = (nil, [CIFAR10.imageShape.pixels], .uint8)
      hasLabels = options.label != .absent
      return
    case .libsvm:
      try DataFile.refuseLabels(input.name, options)
      let columns = try LIBSVMReader.columns(of: input, options, progress)
      options.model = ModelColumns(features: columns)
      options.target = .numbers
      (stream, table) = (try LIBSVMRowStream<Double>(input, options), nil)
      (rows, shape, type, hasLabels) = (nil, [columns], .float32, options.label != .absent)
      return
    case .csv, .tsv: preconditionFailure("a table has a reader of its own")
    }
    if let path = options.labelsPath { labelInput = try LabelFile.open(path, options) }
    hasLabels = labelInput != nil
    guard let labelInput else { return }
    // Text stays as it is spelt.
    options.target = LabelText.isNamed(labelInput.name) ? .classes : .numbers
    labels = try LabelFile.read(labelInput, rows: rows!, of: input.name, options, mostClasses: .max)
  }

  var columns: Int { shape.reduce(1, *) }

  /// As many as make some work of each call and fit into a cache: short rows come by the thousand.
  private var blockRows: Int { max(256, min(8192, (1 << 16) / max(1, columns))) }

  /// The next rows; nil after the last.
  func next() throws(FileError) -> ConvertedRows? {
    guard let block = try stream.next(blockRows) else { return nil }
    var result = ConvertedRows(features: block.features)
    if let table, case .labels(let numbers)? = block.targets {
      let names = table.classNames
      result.labels = .names(numbers.map { names[Int($0)] })
    } else if case .values(let values, _)? = block.targets {
      result.labels = .numbers(Array(values))
    } else if let labels {
      switch labels.targets[block.firstRow..<block.firstRow + block.features.rows] {
      case .values(let values, _): result.labels = .numbers(Array(values))
      case .labels(let numbers): result.labels = .names(numbers.map { labels.classNames[Int($0)] })
      }
    }
    return result
  }
}

/// A number as short as it can be written and read back: `7`, `0.1`.
func shortest(_ number: Double) -> String {
  if let whole = Int64(exactly: number), abs(whole) < 1 << 53 { return "\(whole)" }
  return "\(number)"
}

/// Adds ``shortest(_:)`` to `text`, without a string for the digits that tables are full of.
func append(_ number: Double, to text: inout [UInt8]) {
  guard number >= 0, number < 10, number == number.rounded() else {
    return text.append(contentsOf: shortest(number).utf8)
  }
  text.append(UInt8(ascii: "0") + UInt8(number))
}

extension NPYType {
  /// Integers of more than 16 bits need Double.
  var stored: StoredType {
    switch (kind, size) {
    case (.bool, _), (.unsigned, 1): .uint8
    case (.float, 2): .float16
    case (.float, 4), (.signed, 1), (.signed, 2), (.unsigned, 2): .float32
    default: .float64
    }
  }
}

extension IDXHeader.NumberType {
  var stored: StoredType {
    switch self {
    case .uint8: .uint8
    case .int8, .int16, .float32: .float32
    case .int32, .float64: .float64
    }
  }
}
