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

  /// Labels that go into an archive, as numbers.
  init(inArchive path: String) { (self.path, header, form) = (path, nil, .npy) }

  static func compressedArray(_ path: String) -> FileError {
    FileError(
      .cannotCreate, path, "a compressed array could not be mapped into memory",
      remedy: "write it plain, as .npy, or compress a table (.csv.gz)")
  }

  func add(_ more: ConvertedRows.Labels, firstRow: Int, of file: String) throws(FileError) {
    if case .text = form {
      switch more {
      case .names(let more): names += more
      case .numbers(let more): names += more.lazy.map { shortest($0) }
      }
      return
    }
    switch more {
    case .numbers(let more): labels += more
    case .names(let more): try add(numbered: more, firstRow: firstRow, of: file)
    }
  }

  private func add(numbered names: [String], firstRow: Int, of file: String) throws(FileError) {
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
    try file.write(arrayHeader)
    try writeNumbers { (bytes) throws(FileError) in try file.write(bytes) }
  }

  /// What an array of all of them begins with.
  var arrayHeader: [UInt8] { NPYSink.header(NPYType(areWhole ? .int64 : .float64).descr, [labels.count]) }

  /// Gives `write` all of them, piece by piece.
  func writeNumbers(_ write: ([UInt8]) throws(FileError) -> Void) throws(FileError) {
    let areWhole = areWhole
    for start in stride(from: 0, to: labels.count, by: 8192) {
      var bytes: [UInt8] = []
      for label in labels[start..<min(labels.count, start + 8192)] {
        let bits = areWhole ? UInt64(bitPattern: Int64(label)) : label.bitPattern
        withUnsafeBytes(of: bits.littleEndian) { bytes.append(contentsOf: $0) }
      }
      try write(bytes)
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
