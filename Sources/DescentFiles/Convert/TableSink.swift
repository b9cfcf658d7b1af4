import LinearAlgebra

/// A table, the label in its last column; with a header where the input had one.
final class TableSink: RowSink {
  private let file: OutputFile
  private let delimiter: String

  init(_ file: OutputFile, _ source: ConversionSource, delimiter: String) throws(FileError) {
    (self.file, self.delimiter) = (file, delimiter)
    guard !source.featureNames.isEmpty else { return }
    try writeLine(source.featureNames.map(field) + (source.labelName.map { [field($0)] } ?? []))
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

  private func field(_ text: String) -> String { Self.field(text, delimiter: delimiter) }

  /// In quotes where it would break the line, or lose spaces.
  static func field(_ text: String, delimiter: String) -> String {
    let isPlain = !text.contains { $0.isNewline || $0 == "\"" || String($0) == delimiter }
    guard !isPlain || text.first == " " || text.last == " " else { return text }
    return "\"\(text.replacing("\"", with: "\"\""))\""
  }
}
