internal import Descent
import LinearAlgebra

/// An IDX file whose header is corrected at the end where the number of rows was not known at the start.
final class IDXSink: RowSink {
  private let (file, type, shape, rows): (OutputFile, NumberType, [Int], Int?)
  private var written = 0

  init(_ file: OutputFile, _ type: NumberType, shape: [Int], rows: Int?) throws(FileError) {
    (self.file, self.type, self.shape, self.rows) = (file, type, shape, rows)
    try file.checkRows(rows)
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
    if rows != self.rows { try file.overwrite(Self.header(type, [rows] + shape), at: 0) }
  }

  static func header(_ type: NumberType, _ dimensions: [Int]) -> [UInt8] {
    guard let code = type.idxCode else { preconditionFailure("\(type) where IDX has a type") }
    let sizes = dimensions.flatMap { size in
      [24, 16, 8, 0].map { (shift: Int) in UInt8(truncatingIfNeeded: size >> shift) }
    }
    return [0, 0, code, UInt8(dimensions.count)] + sizes
  }
}
