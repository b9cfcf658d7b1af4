import Descent

/// Labels that go to a file of their own, once all are there.
///
/// NPY and IDX hold numbers: int64 where all are whole, else float64; IDX bytes where they are 0 to 255, else int32.
/// Class names that are no numbers are refused.
final class LabelSink {
  private let path: String
  private var labels: [Double] = []

  init(_ path: String, isText: Bool) { self.path = path }

  func add(_ names: [String], firstRow: Int, of file: String) throws(FileError) {
    for (row, name) in names.enumerated() {
      guard let label = Double(name), label.isFinite else {
        throw FileError(
          .badData, file,
          "the label of row \(firstRow + row), \(quoted(name)), is no number, and \(path) holds numbers",
          remedy: "number the classes, or write a table, which holds names")
      }
      labels.append(label)
    }
  }

  func finish() throws {
    let isIDX = path.contains("idx") && FileName(path).fileExtension != "npy"
    let isWhole = labels.allSatisfy { $0 == $0.rounded() && abs($0) < 0x1p53 }
    try AtomicFile.write(path) { file in
      if !isIDX {
        try file.write(NPYSink.header(isWhole ? "<i8" : "<f8", [labels.count]))
        for label in labels {
          let bits = isWhole ? UInt64(bitPattern: Int64(label)) : label.bitPattern
          try file.write(withUnsafeBytes(of: bits.littleEndian) { Array($0) })
        }
        return
      }
      guard let least = labels.min(), let most = labels.max(), isWhole, least >= 0, most <= 255 else {
        throw FileError(
          .cannotCreate, path, "labels of IDX are whole numbers from 0 to 255", remedy: "write them as .npy")
      }
      try file.write(IDXSink.header(.uint8, [labels.count]))
      try file.write(labels.map { UInt8($0) })
    }
  }
}
