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
  let found: ConvertibleRows
  private let file: OpenedFile?
  /// The labels of a file of its own, and the names of its classes if it is text.
  private let labels: (targets: Targets, classNames: [String])?

  init(_ path: String, _ options: DataOptions, _ progress: ReadProgress? = nil) throws(FileError) {
    var options = options
    options.isConversion = true
    if options.query != nil {
      try ConvertibleRows.checkTable(path, options)
      found = ConvertibleRows(table: try SQLiteReader(path, options, isSingle: false, progress), options)
      (labels, file) = (nil, nil)
      return
    }
    let (file, format) = try DataFile.open(path, options, progress)
    self.file = file
    found = try file.naming { () throws(FileError) in try format.reader.convertible(file, options) }
    guard case .apart(var own) = found.labels else {
      labels = nil
      return
    }
    if !file.shards.isEmpty {
      labels = try options.labelsPath.map { (_) throws(FileError) in
        try LabelShards.read(of: NPYShards(file, options), options, mostClasses: .max)
      }
      return
    }
    if let path = options.labelsPath { own = try LabelFile.open(path, options) }
    guard let own, let rows = found.rows else {
      labels = nil
      return
    }
    // Text stays as it is spelt.
    options.target = try LabelFile.holdsText(own) ? .classes : .numbers
    labels = try LabelFile.read(own, rows: rows, of: file.input.name, options, mostClasses: .max)
  }

  var hasLabels: Bool {
    switch found.labels {
    case .inRows(let areThere): areThere
    case .apart: labels != nil
    }
  }

  var columns: Int { found.shape.reduce(1, *) }

  /// As many as make some work of each call and fit into a cache: short rows come by the thousand.
  private var blockRows: Int { max(256, min(8192, (1 << 16) / max(1, columns))) }

  private func nextBlock() throws(FileError) -> RowBlock<Double>? {
    guard let file else { return try found.stream.next(blockRows) }
    return try file.naming { () throws(FileError) in try found.stream.next(blockRows) }
  }

  /// The next rows; nil after the last.
  func next() throws(FileError) -> ConvertedRows? {
    guard let block = try nextBlock() else { return nil }
    var result = ConvertedRows(features: block.features)
    if let table = found.stream as? TableRowStream<Double>, case .labels(let numbers)? = block.targets {
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
