import Descent

/// Labels that go to a file of their own, once all are there.
///
/// NPY and IDX hold numbers: int64 where all are whole, else float64; IDX bytes from 0 to 255. Class names that are no
/// numbers are refused there. Text holds any, a line each.
final class LabelSink {
  private enum Form {
    case npy, idx
    case text(delimiter: String)
  }

  private let path: String
  private let form: Form
  private let header: String?
  private var names: [String] = []
  private var labels: [Double] = []

  /// - Parameter header: The name of the labels' column, where there is one: the first line of a text.
  init(_ path: String, header: String?) throws(FileError) {
    (self.path, self.header) = (path, header)
    switch FileName(path).fileExtension {
    case "csv", "txt": form = .text(delimiter: ",")
    case "tsv": form = .text(delimiter: "\t")
    case "svm", "libsvm":
      throw FileError(
        .cannotCreate, path, "LIBSVM holds no labels alone", remedy: "write them as .npy, .csv or IDX")
    case "npy" where Compression(ending: path) != nil: throw Self.compressedArray(path)
    case let other: form = other != "npy" && path.contains("idx") ? .idx : .npy
    }
  }

  static func compressedArray(_ path: String) -> FileError {
    FileError(
      .cannotCreate, path, "a compressed array could not be mapped into memory",
      remedy: "write it plain, as .npy, or compress a table (.csv.gz)")
  }

  func add(_ names: [String], firstRow: Int, of file: String) throws(FileError) {
    if case .text = form { return self.names += names }
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

  /// Writes all of them.
  func finish(_ file: OutputFile) throws(FileError) {
    switch form {
    case .npy: try writeArray(file)
    case .idx: try writeIDX(file)
    case .text(let delimiter):
      for name in (header.map { [$0] } ?? []) + names {
        try file.write(TableSink.field(name, delimiter: delimiter) + "\n")
      }
    }
  }

  private var areWhole: Bool { labels.allSatisfy { $0 == $0.rounded() && abs($0) < 0x1p53 } }

  private func writeArray(_ file: OutputFile) throws(FileError) {
    let areWhole = areWhole
    try file.write(NPYSink.header(areWhole ? "<i8" : "<f8", [labels.count]))
    for label in labels {
      let bits = areWhole ? UInt64(bitPattern: Int64(label)) : label.bitPattern
      try file.write(withUnsafeBytes(of: bits.littleEndian) { Array($0) })
    }
  }

  private func writeIDX(_ file: OutputFile) throws(FileError) {
    guard let least = labels.min(), let most = labels.max(), areWhole, least >= 0, most <= 255 else {
      throw FileError(
        .cannotCreate, path, "labels of IDX are whole numbers from 0 to 255", remedy: "write them as .npy")
    }
    try file.write(IDXSink.header(.uint8, [labels.count]))
    try file.write(labels.map { UInt8($0) })
  }
}
