internal import Descent
import LinearAlgebra

/// An NPZ archive of the features, `x`, and of the labels where there are any, `y`.
final class NPZSink: RowSink {
  private let archive: ZipWriter
  private let (name, type, columns): (String, NumberType, Int)
  private let labels: LabelSink?
  private var written = 0

  init(_ file: OutputFile, _ type: NumberType, columns: Int, labels: LabelSink?) throws(FileError) {
    guard file.canBeOverwritten else {
      throw FileError(
        .cannotCreate, file.name, "an archive begins with checksums, which its end only tells",
        remedy: "write to a file")
    }
    (archive, name, self.type, self.columns, self.labels) = (
      ZipWriter(file), file.name, type, columns, labels
    )
    try archive.begin("x.npy", start: NPYSink.header(NPYType(type).descr, [0, columns]))
  }

  func write(_ block: ConvertedRows) throws(FileError) {
    let bytes = StoredBytes(type: type, isBigEndian: false, file: name)
    try archive.write(try bytes.bytes(block.features, firstRow: written))
    written += block.features.rows
  }

  func finish(rows: Int) throws(FileError) {
    try archive.end(start: NPYSink.header(NPYType(type).descr, [rows, columns]))
    if let labels {
      let header = labels.arrayHeader
      try archive.begin("y.npy", start: header)
      try labels.writeNumbers { (bytes) throws(FileError) in try archive.write(bytes) }
      try archive.end(start: header)
    }
    try archive.finish()
  }
}
