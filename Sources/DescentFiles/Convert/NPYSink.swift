internal import Descent
import LinearAlgebra

/// An NPY file whose header is corrected at the end where the number of rows was not known at the start.
final class NPYSink: RowSink {
  private let (file, type, columns, rows): (OutputFile, NumberType, Int, Int?)
  private var written = 0

  init(_ file: OutputFile, _ type: NumberType, columns: Int, rows: Int?) throws(FileError) {
    (self.file, self.type, self.columns, self.rows) = (file, type, columns, rows)
    try file.checkRows(rows)
    try file.write(Self.header(NPYType(type).descr, [rows ?? 0, columns]))
  }

  func write(_ block: ConvertedRows) throws(FileError) {
    let bytes = StoredBytes(type: type, isBigEndian: false, file: file.name)
    try file.write(try bytes.bytes(block.features, firstRow: written))
    written += block.features.rows
  }

  func finish(rows: Int) throws(FileError) {
    if rows != self.rows { try file.overwrite(Self.header(NPYType(type).descr, [rows, columns]), at: 0) }
  }

  /// 128 bytes whatever the number of rows, so that it can be overwritten.
  static func header(_ descr: String, _ shape: [Int]) -> [UInt8] {
    let sizes = shape.count == 1 ? "\(shape[0])," : shape.map { String($0) }.joined(separator: ", ")
    var text = Array("{'descr': '\(descr)', 'fortran_order': False, 'shape': (\(sizes)), }".utf8)
    text += Array(repeating: .space, count: 117 - text.count) + [.newline]
    return NPYHeader.magic + [1, 0, UInt8(text.count), 0] + text
  }
}
