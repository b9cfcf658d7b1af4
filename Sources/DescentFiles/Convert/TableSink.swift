internal import Descent
import LinearAlgebra

/// A table, the label in its last column; with a header where the input had one.
final class TableSink: RowSink {
  private let file: OutputFile
  private let delimiter: String

  init(_ file: OutputFile, _ source: ConversionSource, delimiter: String) throws(FileError) {
    (self.file, self.delimiter) = (file, delimiter)
    guard !source.found.featureNames.isEmpty else { return }
    try writeLine(source.found.featureNames.map(field) + (source.found.labelName.map { [field($0)] } ?? []))
  }

  func write(_ block: ConvertedRows) throws(FileError) {
    var text: [UInt8] = []
    for row in 0..<block.features.rows {
      for (column, number) in block.features[row: row].enumerated() {
        if column > 0 { text += delimiter.utf8 }
        append(number, to: &text)
      }
      if let labels = block.labels {
        if block.features.columns > 0 { text += delimiter.utf8 }
        switch labels {
        case .names(let names): text += field(names[row]).utf8
        case .numbers(let numbers): append(numbers[row], to: &text)
        }
      }
      text.append(.newline)
    }
    try file.write(text)
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
