import Foundation
import Testing

@Suite("Files of formats that are not read are named, with the command that makes text of them")
struct ForeignFormatTests {
  private static let table = Array(Samples.points.utf8)

  /// Runs a command line as a shell does, with the tool on its path; how it ended.
  private func paste(_ command: String, in folder: Folder) throws -> (code: Int32, errors: String) {
    let process = Process()
    let errors = Pipe()
    process.executableURL = URL(fileURLWithPath: "/bin/bash")
    process.arguments = ["-o", "pipefail", "-c", command]
    process.currentDirectoryURL = URL(fileURLWithPath: folder.path)
    var environment = ProcessInfo.processInfo.environment
    let tools = URL(fileURLWithPath: Tool.path).deletingLastPathComponent().path
    environment["PATH"] = "\(tools):\(environment["PATH"] ?? "")"
    process.environment = environment
    process.standardError = errors
    try process.run()
    let said = String(decoding: errors.fileHandleForReading.readDataToEndOfFile(), as: UTF8.self)
    process.waitUntilExit()
    return (process.terminationStatus, said)
  }

  /// What makes such a file of `d.csv`, what the file is called, what it is, and the command that reads it.
  static let packed: [(make: String, file: String, what: String, command: String)] = [
    ("bzip2 -k d.csv", "d.csv.bz2", "is compressed by bzip2", "bzcat d.csv.bz2 |"),
    ("bzip2 -c d.csv > 'of mine.csv'", "of mine.csv", "is compressed by bzip2", "bzcat 'of mine.csv' |"),
    ("xz -k d.csv", "d.csv.xz", "is compressed by xz", "xz -dc d.csv.xz |"),
    ("tar cf d.tar d.csv", "d.tar", "is a tar archive of 'd.csv'", "tar -xOf d.tar d.csv |"),
    ("tar czf d.tgz d.csv", "d.tgz", "is a tar archive of 'd.csv'", "tar -xOf d.tgz d.csv |"),
    (
      "iconv -f UTF-8 -t UTF-16 d.csv > u.csv", "u.csv", "is text in UTF-16",
      "iconv -f UTF-16 -t UTF-8 u.csv |"
    ),
    (
      "(printf '%% by hand\\n@RELATION d\\n@attribute x numeric\\n@data\\n'; tail -n +2 d.csv) > d.arff",
      "d.arff",
      "is ARFF", "grep -v '^ *[@%]' d.arff |"
    ),
  ]

  /// Whether a program is installed that some of the commands are made of.
  private static func has(_ program: String) -> Bool {
    FileManager.default.isExecutableFile(atPath: "/usr/bin/\(program)")
  }

  @Test(.enabled(if: has("bzip2") && has("xz"), "bzip2 or xz is missing"), arguments: packed)
  func theCommandWorks(
    _ form: (make: String, file: String, what: String, command: String)
  )
    throws
  {
    let folder = Folder()
    folder.write("d.csv", Samples.points)
    #expect(try paste(form.make, in: folder).code == 0)
    let outcome = Tool.run(["train", form.file, "--l2", "0.01", "-o", "m.onnx"], in: folder)
    #expect(outcome.code == 65 && outcome.errors.count == 2)
    #expect(outcome.errors[0].hasPrefix("descent: \(form.file): \(form.what), "), "\(outcome.errors)")
    #expect(outcome.errors[1] == "  \(form.command) descent train - --l2 0.01 -o m.onnx")
    let pasted = try paste(outcome.errors[1], in: folder)
    #expect(pasted.code == 0, "\(pasted.errors)")
    #expect(folder.names.contains("m.onnx"))
  }

  @Test(.enabled(if: has("unzip"), "unzip is missing")) func archives() throws {
    let folder = Folder()
    folder.write("d.zip", ZipSample(members: [.init(name: "d.csv", bytes: Self.table)]).bytes)
    let outcome = Tool.run(["train", "d.zip", "-o", "m.onnx"], in: folder)
    #expect(
      outcome.errors == [
        "descent: d.zip: is a ZIP archive of 'd.csv', which is not read; unpack it:",
        "  unzip -p d.zip d.csv | descent train - -o m.onnx",
      ])
    let pasted = try paste(outcome.errors[1], in: folder)
    #expect(pasted.code == 0, "\(pasted.errors)")
  }

  /// The first bytes, the name, what it is, and how what makes text of it begins.
  static let others: [(start: [UInt8], file: String, what: String, remedy: String)] = [
    (
      Array("PAR1".utf8), "d.parquet", "is a Parquet file",
      "python3 -c 'import sys, pandas; pandas.read_parquet("
    ),
    (
      Array("ARROW1\0\0".utf8), "d.csv", "is an Arrow file",
      "python3 -c 'import sys, pandas; pandas.read_feather("
    ),
    (
      Array("[\n{\"a\": 1}]".utf8), "d.json", "is JSON",
      "python3 -c 'import sys, pandas; pandas.read_json(sys.argv[1])"
    ),
    (
      Array("{\"a\": 1}\n".utf8), "d", "is lines of JSON",
      "python3 -c 'import sys, pandas; pandas.read_json(sys.argv[1], lines=True)"
    ),
    (
      [0x80, 4, 0x95, 1], "d.pkl", "is a Python pickle", "python3 -c 'import sys, pandas; pandas.read_pickle("
    ),
    ([0x89, 0x48, 0x44, 0x46, 0x0d, 0x0a, 0x1a, 0x0a], "d.h5", "is an HDF5 file", "numpy.savez"),
    (Array("MATLAB 5.0 MAT-file, Platform: GLNXA64".utf8), "d.mat", "is a MATLAB file", "scipy.io.loadmat"),
    (
      [0xd0, 0xcf, 0x11, 0xe0, 0xa1, 0xb1, 0x1a, 0xe1], "d.xls", "is an Excel workbook",
      "libreoffice --headless --convert-to csv"
    ),
    (Array("<!DOCTYPE html>\n".utf8), "x.npy", "is a web page", "download the file itself"),
    (Array("  <HTML>".utf8), "d.csv", "is a web page", "download the file itself"),
    (
      Array("version https://git-lfs.github.com/spec/v1\n".utf8), "d.npz", "is a pointer of Git LFS",
      "git lfs pull"
    ),
    (Array("%PDF-1.7\n".utf8), "d.csv", "is a PDF", "export the table as CSV"),
    (
      Array("SQLite format 3\0".utf8), "d.db", "is a database of SQLite",
      "--sqlite, and say which rows by --query"
    ),
  ]

  @Test(arguments: others)
  func areNamed(_ form: (start: [UInt8], file: String, what: String, remedy: String)) {
    let folder = Folder()
    folder.write(form.file, form.start)
    let outcome = Tool.run(["train", form.file, "--labels", "y"], in: folder)
    #expect(outcome.code == 65)
    let text = outcome.errors.joined(separator: "\n")
    #expect(text.hasPrefix("descent: \(form.file): \(form.what)"), "\(text)")
    #expect(text.contains(form.remedy), "\(text)")
  }

  @Test func spreadsheets() {
    let folder = Folder()
    let type = Array("application/vnd.oasis.opendocument.spreadsheet".utf8)
    folder.write("d.xlsx", ZipSample(members: [.init(name: "[Content_Types].xml", bytes: Self.table)]).bytes)
    folder.write("d.csv", ZipSample(members: [.init(name: "mimetype", bytes: type)]).bytes)
    for (file, what) in [("d.xlsx", "an Excel workbook"), ("d.csv", "an OpenDocument spreadsheet")] {
      let outcome = Tool.run(["train", file], in: folder)
      #expect(
        outcome.errors.first?.hasPrefix("descent: \(file): is \(what), which is not read; save it as CSV")
          == true)
      #expect(outcome.code == 65)
    }
  }

  /// Standard input has no name to put into a command.
  @Test func standardInput() {
    let outcome = Tool.run(["train", "-"], in: Folder(), input: "BZh91AY&SY")
    #expect(
      outcome.errors == [
        "descent: standard input: is compressed by bzip2, which is not read; pipe it through: bzcat"
      ])
  }
}
