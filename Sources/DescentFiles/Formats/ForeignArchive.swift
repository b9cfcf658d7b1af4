internal import Descent

/// An archive that is not read, told by its first member.
struct ForeignArchive {
  private let bytes: [UInt8]
  /// The name of the first member.
  private let first: String

  /// - Parameter bytes: The start of an archive of the zip format: a member's header, and its name behind 30 bytes.
  init(_ bytes: [UInt8]) {
    self.bytes = bytes
    let length = bytes.count >= 30 ? Int(bytes[26]) | Int(bytes[27]) << 8 : 0
    first = String(decoding: bytes.dropFirst(30).prefix(length), as: UTF8.self)
  }

  /// Whether it is one of NumPy's.
  var isOfArrays: Bool { first.hasSuffix(".npy") }

  static let spreadsheetRemedy: Phrase =
    "save it as CSV, or convert it by libreoffice --headless --convert-to csv, which writes a .csv beside it"

  var format: ForeignFormat {
    if ["[Content_Types].xml", "_rels/.rels"].contains(first) || first.hasPrefix("xl/")
      || first.hasPrefix("docProps/")
    {
      return spreadsheet("an Excel workbook")
    }
    if first == "mimetype", holds("opendocument.spreadsheet") {
      return spreadsheet("an OpenDocument spreadsheet")
    }
    let known: ForeignFormat = Self.archive("a ZIP archive", "unzip -p FILE", first)
    return known
  }

  /// An archive of tar's.
  static func tape(firstFile: String) -> ForeignFormat {
    archive("a tar archive", "tar -xOf FILE", firstFile)
  }

  private static func archive(_ name: String, _ command: String, _ first: String) -> ForeignFormat {
    // A folder comes before what is in it.
    let isFile = !first.isEmpty && !first.hasSuffix("/")
    return ForeignFormat(
      name: isFile ? "\(name) of \(quoted(first))" : name, isIt: { _ in true }, remedy: "unpack it",
      converter: isFile ? "\(command) \(quotedForShell(first))" : nil)
  }

  private func spreadsheet(_ name: String) -> ForeignFormat {
    ForeignFormat(name: name, isIt: { _ in true }, remedy: Self.spreadsheetRemedy, converter: nil)
  }

  private func holds(_ text: String) -> Bool {
    let text = Array(text.utf8)
    return bytes.indices.contains { bytes[$0...].starts(with: text) }
  }
}
