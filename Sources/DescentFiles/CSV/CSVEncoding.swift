internal import Descent
internal import LinearAlgebra

/// What the first bytes of a table tell of its encoding.
enum CSVEncoding {
  /// Skips the byte-order mark of UTF-8, and refuses what is not text in UTF-8.
  static func check(_ input: Input) throws(FileError) {
    try ForeignFormat.refuse(input)
    // More is waited for only where it would tell something: a pipe may bring a row of two bytes and pause.
    let first = try input.peek(1).first
    guard first == 0xef || others.contains(where: { $0.mark[0] == first }) else { return }
    let start = Array(try input.peek(8))
    if start.starts(with: [0xef, 0xbb, 0xbf]) { _ = try input.take(3) }
    for (mark, name, remedy) in others where start.starts(with: mark) {
      var error = FileError(.badData, input.name, "is \(name), not text in UTF-8", remedy: remedy)
      if !input.isStandardInput { error.converter = "iconv -f UTF-16 -t UTF-8 \(quotedForShell(input.name))" }
      throw error
    }
  }

  private static let others: [(mark: [UInt8], name: String, remedy: Phrase)] = [
    ([0xff, 0xfe], "text in UTF-16", "save it as UTF-8"),
    ([0xfe, 0xff], "text in UTF-16", "save it as UTF-8"),
  ]
}

extension DataOptions {
  /// The byte that separates fields, where the format or the file's name tells it.
  func namedDelimiter(_ file: String) -> UInt8? {
    switch format {
    case .tsv: .tab
    case nil where FileName(file).hasExtension("tsv"): .tab
    default: nil
    }
  }
}

extension DataOptions {
  /// Whether a table's fields may be separated by this character: one of ASCII that stands in no number, and is no
  /// quote, space or line break. It is the one rule there is: the command line asks it too.
  public static func canSeparateFields(_ character: Character) -> Bool {
    guard let byte = character.asciiValue, byte != 0, !character.isNewline else {
      return false
    }
    return !character.isLetter && !character.isNumber && !"\" +-.".contains(character)
  }
}

/// A file's name, as far as it tells the format.
struct FileName {
  /// The part behind the last point, `.gz` and `.zst` left out, in lower case; empty where there is none.
  let fileExtension: String

  init(_ path: String) {
    let parts = (path.split(separator: "/").last ?? "").lowercased().split(separator: ".").dropFirst()
    let isCompressed = parts.last.map { ["gz", "zst"].contains($0) } ?? false
    fileExtension = isCompressed ? String(parts.dropLast().last ?? "") : String(parts.last ?? "")
  }

  func hasExtension(_ name: String) -> Bool { fileExtension == name }
}
