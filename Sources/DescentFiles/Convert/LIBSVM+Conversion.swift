import Descent
import LinearAlgebra

extension LIBSVMReader {
  /// More features than this are not written out as dense rows, of which a block is held in memory.
  private static var mostDense: Int { 100_000 }

  /// The number of features of all rows, which only their end tells: the file is read once for it.
  static func columns(of file: OpenedFile, _ options: DataOptions) throws(FileError) -> Int {
    let input = file.input
    guard !input.isStandardInput else {
      throw FileError(
        .badData, input.name, "the number of features of LIBSVM rows is known only at the end",
        remedy: "convert from a file")
    }
    var reader = try LIBSVMReader(file.reopened(options), options, isSingle: false)
    while try reader.next() {
      if reader.rows % 4096 == 0 { _ = reader.take() }
    }
    let columns = reader.columns
    guard columns <= mostDense else {
      throw FileError(
        .badData, input.name, "\(columns) features are too many to be written out, zeros and all",
        remedy: "train from the sparse rows; \(mostDense) are converted at the most")
    }
    return columns
  }
}

/// LIBSVM rows, indices from 1, numbers as short as they read back the same; rows without labels get the label 0.
final class LIBSVMSink: RowSink {
  private let file: OutputFile
  private var written = 0

  init(_ file: OutputFile) { self.file = file }

  func write(_ block: ConvertedRows) throws(FileError) {
    for row in 0..<block.features.rows {
      let label = block.labels?[row] ?? "0"
      guard Double(label)?.isFinite == true else {
        throw FileError(
          .badData, file.name,
          "the label of row \(written + row), \(quoted(label)), is no number, as LIBSVM's are",
          remedy: "number the classes, or write a table, which holds names")
      }
      var line = Array(label.utf8)
      for (column, number) in block.features[row: row].enumerated() where number != 0 {
        line.append(.space)
        append(Double(column + 1), to: &line)
        line.append(UInt8(ascii: ":"))
        append(number, to: &line)
      }
      line.append(.newline)
      try file.write(line)
    }
    written += block.features.rows
  }

  func finish(rows: Int) {}
}
