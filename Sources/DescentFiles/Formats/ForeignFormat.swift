internal import Descent

/// A format that is not read: what it is called, how it is told by its first bytes, and what makes text of it.
struct ForeignFormat: Sendable {
  let name: String
  /// Whether a file begins so: its first line, or the start of a long one.
  let isIt: @Sendable (_ start: [UInt8]) -> Bool
  var remedy: Phrase
  /// The command that writes the rows as text, with the file's name for `FILE`; nil where none can.
  var converter: String?
  /// Whether that writes a file of its own in place.
  var writesFile = false

  /// So many bytes of the first line are looked at.
  private static let start = 512

  /// Throws where `input` is of a format that is not read.
  ///
  /// - Parameter readsArchives: Whether archives of arrays are looked into.
  static func refuse(_ input: Input, readsArchives: Bool = false) throws(FileError) {
    let start = Array(try input.peekLine(start))
    if start.starts(with: ZipArchive.magic) {
      let archive = ForeignArchive(Array(try input.peek(1 << 12)))
      if archive.isOfArrays || readsArchives { return }
      throw archive.format.refusal(of: input)
    }
    // A tape archive begins with the name of its first file, in a block of 512 bytes.
    if let end = start.prefix(100).firstIndex(of: 0), end > 0 {
      let block = Array(try input.peek(512))
      if block.dropFirst(257).starts(with: Array("ustar".utf8)) {
        throw ForeignArchive.tape(firstFile: String(decoding: block[..<end], as: UTF8.self)).refusal(
          of: input)
      }
    }
    if let format = all.first(where: { $0.isIt(start) }) { throw format.refusal(of: input) }
    if FileName(input.name).hasExtension("arff"), let arff = all.first(where: { $0.name == "ARFF" }) {
      throw arff.refusal(of: input)
    }
  }

  func refusal(of input: Input) -> FileError {
    var error = FileError(.badData, input.name, "is \(name), which is not read", remedy: remedy)
    guard let converter else { return error }
    let command = converter.replacing("FILE", with: quotedForShell(input.name), maxReplacements: 1)
    if writesFile {
      error.remedy += Phrase(": " + command)
    } else if input.isStandardInput {
      // Others look about in their file.
      let isFilter = converter.hasSuffix(" FILE") && !["python3", "7z"].contains { converter.hasPrefix($0) }
      error.remedy =
        isFilter
        ? "pipe it through: " + Phrase(String(converter.dropLast(5))) : "write it to a file, and name that"
    } else {
      error.converter = command
    }
    return error
  }

  private static func beginning(_ name: String, _ magic: [UInt8], _ remedy: Phrase, _ converter: String?)
    -> Self
  {
    Self(name: name, isIt: { $0.starts(with: magic) }, remedy: remedy, converter: converter)
  }

  /// A format of text, which is told without regard to case.
  private static func text(
    _ name: String, _ words: [String], _ remedy: Phrase, _ converter: String? = nil
  ) -> Self {
    Self(
      name: name,
      isIt: { start in
        let text = String(decoding: start, as: UTF8.self).lowercased().drop { " \t\u{feff}".contains($0) }
        return words.contains { text.hasPrefix($0) }
      }, remedy: remedy, converter: converter)
  }

  /// By pandas, which reads a file by `reader` and writes it as CSV.
  static func pandas(_ reader: String, _ arguments: String = "") -> String {
    "python3 -c 'import sys, pandas; pandas.\(reader)(sys.argv[1]\(arguments)).to_csv(sys.stdout, index=False)' FILE"
  }

  static func spreadsheet(_ name: String, _ magic: [UInt8] = []) -> Self {
    var format = beginning(
      name, magic, "save it as CSV, or have that written into this folder",
      "libreoffice --headless --convert-to csv FILE")
    format.writesFile = true
    return format
  }

  private static let all: [Self] = [
    beginning("compressed by bzip2", Array("BZh".utf8), "inflate it", "bzcat FILE"),
    beginning("compressed by xz", [0xfd, 0x37, 0x7a, 0x58, 0x5a, 0], "inflate it", "xz -dc FILE"),
    beginning("compressed by lz4", [0x04, 0x22, 0x4d, 0x18], "inflate it", "lz4 -dc FILE"),
    beginning("compressed by compress", [0x1f, 0x9d], "inflate it", "zcat FILE"),
    beginning("a 7-Zip archive", [0x37, 0x7a, 0xbc, 0xaf, 0x27, 0x1c], "unpack it", "7z e -so FILE"),
    beginning("a Parquet file", Array("PAR1".utf8), "convert it", pandas("read_parquet")),
    beginning("an Arrow file", Array("ARROW1".utf8), "convert it", pandas("read_feather")),
    beginning("a Feather file", Array("FEA1".utf8), "convert it", pandas("read_feather")),
    beginning("a file of Stata", Array("<stata_dta>".utf8), "convert it", pandas("read_stata")),
    beginning("a file of SPSS", Array("$FL2".utf8), "convert it", pandas("read_spss")),
    Self(
      name: "a Python pickle", isIt: { $0.count > 1 && $0[0] == 0x80 && (2...5).contains($0[1]) },
      remedy: "convert it, if you trust who made it, for it may run any program",
      converter: pandas("read_pickle")),
    Self.spreadsheet("an Excel workbook", [0xd0, 0xcf, 0x11, 0xe0, 0xa1, 0xb1, 0x1a, 0xe1]),
    beginning(
      "an HDF5 file", [0x89, 0x48, 0x44, 0x46], "write its arrays by numpy.savez(\"data.npz\", x=..., y=...)",
      nil),
    text(
      "a MATLAB file", ["matlab 5.0 mat-file", "matlab 7.3 mat-file"],
      "load it by scipy.io.loadmat, or h5py where it is of version 7.3, and write its arrays by numpy.savez(\"data.npz\", x=..., y=...)"
    ),
    text("a web page", ["<!doctype html", "<html"], "download the file itself, not the page that shows it"),
    text("XML", ["<?xml"], "export the rows as CSV"),
    text(
      "a pointer of Git LFS, not the data", ["version https://git-lfs.github.com/spec/"],
      "fetch the data by git lfs pull"),
    text("a PDF", ["%pdf-"], "export the table as CSV"),
    text("ARFF", ["@relation"], "leave out its head, below which it is a table", "grep -v '^ *[@%]' FILE"),
    Self(name: "JSON", isIt: { isArray($0) }, remedy: "convert it", converter: pandas("read_json")),
    Self(
      name: "lines of JSON", isIt: { isObject($0) }, remedy: "convert it",
      converter: pandas("read_json", ", lines=True")),
    text(
      "a database of SQLite", ["sqlite format 3"],
      "read it by \(Phrase.Option("sqlite")), and say which rows by \(.query)"),
  ]

  private static func isArray(_ start: [UInt8]) -> Bool {
    let text = start.filter { !$0.isBlank && $0 != .carriageReturn }
    return text.first == UInt8(ascii: "[") && (text.count == 1 || "{[".utf8.contains(text[1]))
      || text == [UInt8(ascii: "{")]
  }

  private static func isObject(_ start: [UInt8]) -> Bool {
    let text = start.filter { !$0.isBlank }
    return text.starts(with: Array("{\"".utf8)) && text.contains(UInt8(ascii: ":"))
  }
}

/// A path as a shell reads it.
func quotedForShell(_ path: String) -> String {
  (path.hasPrefix("-") ? "./" + path : path).shellWord
}
