import Descent
import LinearAlgebra

/// What takes the rows of a conversion.
protocol RowSink: AnyObject {
  func write(_ rows: ConvertedRows) throws(FileError)

  /// Told how many there were.
  func finish(rows: Int) throws(FileError)
}

/// Numbers in Double as the bytes of another type.
struct StoredBytes {
  let type: StoredType
  let isBigEndian: Bool
  let file: String

  /// - Parameter firstRow: the number of the first row, for the message where a number does not fit.
  func bytes(_ rows: Matrix<Double>, firstRow: Int) throws(FileError) -> [UInt8] {
    var result: [UInt8] = []
    result.reserveCapacity(rows.elements.count * type.size)
    for (index, number) in rows.elements.enumerated() {
      guard append(number, to: &result) else {
        throw FileError(
          .badData, file,
          "row \(firstRow + index / rows.columns), number \(index % rows.columns) is \(shortest(number)), which \(type.rawValue) does not hold",
          remedy: "choose another --type")
      }
    }
    return result
  }

  private func append(_ number: Double, to bytes: inout [UInt8]) -> Bool {
    switch type {
    case .uint8:
      guard let byte = UInt8(exactly: number) else { return false }
      bytes.append(byte)
    case .float16:
      let half = Float16(number)
      guard half.isFinite else { return false }
      append(half.bitPattern, &bytes)
    case .float32:
      let float = Float(number)
      guard float.isFinite else { return false }
      append(float.bitPattern, &bytes)
    case .float64: append(number.bitPattern, &bytes)
    }
    return true
  }

  private func append(_ bits: some FixedWidthInteger, _ bytes: inout [UInt8]) {
    withUnsafeBytes(of: isBigEndian ? bits.bigEndian : bits.littleEndian) { bytes.append(contentsOf: $0) }
  }
}

/// An NPY file whose header is corrected at the end where the number of rows was not known at the start.
final class NPYSink: RowSink {
  private let (file, type, columns, rows): (OutputFile, StoredType, Int, Int?)
  private var written = 0

  init(_ file: OutputFile, _ type: StoredType, columns: Int, rows: Int?) throws(FileError) {
    (self.file, self.type, self.columns, self.rows) = (file, type, columns, rows)
    try file.write(Self.header(type.descr, [rows ?? 0, columns]))
  }

  func write(_ block: ConvertedRows) throws(FileError) {
    let bytes = StoredBytes(type: type, isBigEndian: false, file: file.name)
    try file.write(try bytes.bytes(block.features, firstRow: written))
    written += block.features.rows
  }

  func finish(rows: Int) throws(FileError) {
    if rows != self.rows { try file.overwriteStart(Self.header(type.descr, [rows, columns])) }
  }

  /// 128 bytes whatever the number of rows, so that it can be overwritten.
  static func header(_ descr: String, _ shape: [Int]) -> [UInt8] {
    let sizes = shape.count == 1 ? "\(shape[0])," : shape.map { String($0) }.joined(separator: ", ")
    var text = Array("{'descr': '\(descr)', 'fortran_order': False, 'shape': (\(sizes)), }".utf8)
    text += Array(repeating: .space, count: 117 - text.count) + [.newline]
    return NPYHeader.magic + [1, 0, UInt8(text.count), 0] + text
  }
}

extension StoredType {
  var descr: String {
    switch self {
    case .uint8: "|u1"
    case .float16: "<f2"
    case .float32: "<f4"
    case .float64: "<f8"
    }
  }
}

/// An IDX file, likewise.
final class IDXSink: RowSink {
  private let (file, type, shape, rows): (OutputFile, StoredType, [Int], Int?)
  private var written = 0

  init(_ file: OutputFile, _ type: StoredType, shape: [Int], rows: Int?) throws(FileError) {
    (self.file, self.type, self.shape, self.rows) = (file, type, shape, rows)
    try file.write(Self.header(type, [rows ?? 0] + shape))
  }

  func write(_ block: ConvertedRows) throws(FileError) {
    let bytes = StoredBytes(type: type, isBigEndian: true, file: file.name)
    try file.write(try bytes.bytes(block.features, firstRow: written))
    written += block.features.rows
  }

  func finish(rows: Int) throws(FileError) {
    guard rows <= Int(UInt32.max) else {
      throw FileError(
        .cannotCreate, file.name, "\(rows) rows are more than IDX can count", remedy: "write NPY")
    }
    if rows != self.rows { try file.overwriteStart(Self.header(type, [rows] + shape)) }
  }

  static func header(_ type: StoredType, _ dimensions: [Int]) -> [UInt8] {
    let code: UInt8 = type == .uint8 ? 0x08 : type == .float32 ? 0x0d : 0x0e
    return [0, 0, code, UInt8(dimensions.count)]
      + dimensions.flatMap { d in (0..<4).map { UInt8(truncatingIfNeeded: d >> (24 - 8 * $0)) } }
  }
}

/// A table, the label in its last column; with a header where the input had one.
final class TableSink: RowSink {
  private let file: OutputFile
  private let delimiter: String

  init(_ file: OutputFile, _ source: ConversionSource, delimiter: String) throws(FileError) {
    (self.file, self.delimiter) = (file, delimiter)
    guard !source.featureNames.isEmpty else { return }
    try writeLine(source.featureNames.map { field($0) } + (source.labelName.map { [field($0)] } ?? []))
  }

  func write(_ block: ConvertedRows) throws(FileError) {
    for row in 0..<block.features.rows {
      var fields = block.features[row: row].map { shortest($0) }
      if let labels = block.labels { fields.append(field(labels[row])) }
      try writeLine(fields)
    }
  }

  func finish(rows: Int) {}

  private func writeLine(_ fields: [String]) throws(FileError) {
    try file.write(fields.joined(separator: delimiter) + "\n")
  }

  /// In quotes where it would break the line, or lose spaces.
  private func field(_ text: String) -> String {
    let isPlain = !text.contains { $0.isNewline || $0 == "\"" || String($0) == delimiter }
    guard !isPlain || text.first == " " || text.last == " " else { return text }
    return "\"\(text.replacing("\"", with: "\"\""))\""
  }
}
