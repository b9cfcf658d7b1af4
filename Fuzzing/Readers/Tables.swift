import Descent
import DescentFiles
import LinearAlgebra

/// Data and how to read them: the last four bytes of an input say how, and how many bytes before them are the labels'
/// file. The data come first, so that an input is a file of its format but for its end.
private struct Order {
  let data: [UInt8]
  let labels: [UInt8]
  let bits: UInt16

  init?(_ bytes: [UInt8]) {
    let tail = bytes.suffix(4).map { UInt16($0) }
    guard tail.count == 4 else { return nil }
    bits = tail[0] | tail[1] << 8
    let rest = bytes.dropLast(4)
    let count = min(rest.count, Int(tail[2] | tail[3] << 8))
    (data, labels) = (Array(rest.dropLast(count)), Array(rest.suffix(count)))
  }

  var isDouble: Bool { bits & 1 != 0 }
  var isStream: Bool { bits & 2 != 0 }
  /// How many rows there are that labels are read for, and what the name of the labels' file ends in: told by bits that
  /// are for tables else.
  var labelledRows: Int { [3, 1, 9, 300][Int(bits >> 10 & 3)] }
  var labelsEnding: String { [".csv", ".txt", ".tsv", ".txt.gz"][Int(bits >> 6 & 3)] }

  /// What the bits say; `isStream` asks for what a stream can give.
  func options(_ format: DataOptions.Format?) -> DataOptions {
    let hasModel = bits & 4 != 0
    var options = DataOptions(
      format: format,
      delimiter: bits & 8 != 0 && (format == .csv || format == .tsv) ? ";" : nil,
      header: [.automatic, .present, .absent, .automatic][Int(bits >> 4 & 3)],
      label: [.last, .column("1"), .column("y"), .last][Int(bits >> 6 & 3)],
      target: bits & 0x100 != 0 ? .numbers : .classes,
      // Little, so that the bound of memory is met by bombs too.
      maximumInflatedBytes: 1 << 20,
      threads: bits & 0x200 != 0 ? 3 : 1)
    options.missing = [.refused, .mean, .dropped, .refused][Int(bits >> 10 & 3)]
    options.refusesUnseen = bits & 0x1000 != 0
    if bits & 0x2000 != 0 { options.roles.categorical = ["1"] }
    if bits & 0x4000 != 0 { options.tally = ReadingTally() }
    if hasModel || isStream { options.model = model(isNumbers: options.target == .numbers) }
    if isStream, bits & 0x8000 != 0 { options.target = .ignored }
    return options
  }

  private func model(isNumbers: Bool) -> ModelColumns {
    let table =
      bits & 0x2000 != 0
      ? TableSchema(columns: [.init(name: "a", categories: ["red", "", "é"]), .init(name: "b", mean: 0.5)])
      : nil
    return ModelColumns(
      features: table?.features ?? 2, featureNames: table?.featureNames ?? ["a", "b"],
      classNames: isNumbers ? [] : ["0", "1"], table: table)
  }
}

/// Reads a file of data, and its labels' where it has one.
func readData(_ bytes: [UInt8], _ format: DataOptions.Format) {
  guard let order = Order(bytes) else { return }
  expectFileError { () throws(FileError) in
    try MemoryFile.withPath(order.data) { (path) throws(FileError) in
      try MemoryFile.withPath(order.labels) { (labels) throws(FileError) in
        var options = order.options(format)
        if !order.labels.isEmpty { options.labelsPath = labels }
        try read(path, options, order)
      }
    }
  }
}

/// Reads labels that are text, for rows of two bytes.
func readLabels(_ bytes: [UInt8]) {
  guard let order = Order(bytes) else { return }
  let rows = order.labelledRows
  let header = "{'descr': '|u1', 'fortran_order': False, 'shape': (\(rows), 2), }"
  let features =
    [0x93] + Array("NUMPY".utf8) + [1, 0, UInt8(header.utf8.count + 1), 0] + Array(header.utf8) + [0x0a]
    + Array(repeating: 7, count: 2 * rows)
  expectFileError { () throws(FileError) in
    try MemoryFile.withPath(features) { (path) throws(FileError) in
      try MemoryFile.withPath(order.data, ending: order.labelsEnding) { (labels) throws(FileError) in
        var options = order.options(.npy)
        (options.label, options.missing, options.roles.categorical) = (.last, .refused, [])
        options.labelsPath = labels
        try read(path, options, order)
      }
    }
  }
}

/// Reads a file in one of the compressed formats: its first bytes tell which, and what is in it.
func readCompressed(_ bytes: [UInt8]) {
  guard let order = Order(bytes), [0x1f, 0x28].contains(order.data.first) else { return }
  expectFileError { () throws(FileError) in
    try MemoryFile.withPath(order.data) { (path) throws(FileError) in
      try read(path, order.options(order.bits & 8 != 0 ? .npy : .csv), order)
    }
  }
}

/// Reads a database.
func readDatabase(_ bytes: [UInt8]) {
  guard let order = Order(bytes) else { return }
  expectFileError { () throws(FileError) in
    try MemoryFile.withPath(order.data) { (path) throws(FileError) in
      var options = order.options(nil)
      options.query = "select * from t"
      try read(path, options, order)
    }
  }
}

private func read(_ path: String, _ options: DataOptions, _ order: Order) throws(FileError) {
  order.isDouble
    ? try read(path, options, order, as: Double.self) : try read(path, options, order, as: Float.self)
}

private func read<Element: KernelScalar & StoredNumber>(
  _ path: String, _ options: DataOptions, _ order: Order, as type: Element.Type
) throws(FileError) {
  guard order.isStream else {
    let data = try DataFile.read(path, options, as: type)
    precondition(
      data.rows > 0 && data.targets.rows == data.rows, "\(data.targets.rows) targets for \(data.rows) rows")
    if data.columns <= 1 << 16 { _ = data.features.firstNonFinite }
    _ = data.contentHash
    return
  }
  let stream = try DataFile.stream(path, options, as: type)
  var rows = 0
  while let block = try stream.next(64) {
    precondition(block.rows > 0 && block.rows <= 64 && block.firstRow >= rows)
    precondition(block.targets.map { $0.rows == block.rows } ?? true, "targets of other rows")
    rows += block.rows
  }
}
