import Descent
import Testing

@testable import DescentFiles

@Suite("Labels as text, a line each") struct LabelTextTests {
  private func read(
    _ text: [UInt8], name: String = "y.csv", rows: Int, _ options: DataOptions = DataOptions()
  ) throws -> Dataset {
    let features = npy("|u1", "(\(rows), 1)", (0..<rows).map { UInt8($0) })
    return try NPY.read(
      Input(bytes: features, name: "x.npy"), labels: Input(bytes: text, name: name), options)
  }

  private func read(
    _ text: String, name: String = "y.csv", rows: Int, _ options: DataOptions = DataOptions()
  ) throws -> Dataset {
    try read(Array(text.utf8), name: name, rows: rows, options)
  }

  /// A text, its file's name, how its header is looked for, and the labels.
  static let texts: [(String, String, DataOptions.Header, [String])] = [
    ("b\na\nb\n", "y.csv", .automatic, ["b", "a", "b"]),
    ("b\r\na\r\nb", "y.txt", .automatic, ["b", "a", "b"]),
    ("\u{FEFF}b\n\n\"a\"\nb\n", "y.csv", .automatic, ["b", "a", "b"]),
    (
      "\"a, b\"\n\"say \"\"x\"\"\"\n\"two\nlines\"\n", "y.csv", .automatic,
      ["a, b", "say \"x\"", "two\nlines"]
    ),
    ("a, b\n c\nd\n", "y.tsv", .automatic, ["a, b", "c", "d"]),
    ("kind\nb\na\nb\n", "y.csv", .automatic, ["b", "a", "b"]),
    ("\"the, kind\"\n7\n8\n7\n", "y.csv", .automatic, ["7", "8", "7"]),
    ("1.0\n1\n+1\n", "y.csv", .automatic, ["1.0", "1", "+1"]),
    ("b\nb\na\nb\n", "y.csv", .present, ["b", "a", "b"]),
    ("kind\nb\nb\n", "y.csv", .absent, ["kind", "b", "b"]),
  ]

  @Test(arguments: texts) func names(
    _ text: String, _ name: String, _ header: DataOptions.Header, _ expected: [String]
  ) throws {
    let data = try read(text, name: name, rows: 3, DataOptions(header: header))
    #expect(labels(data) == expected)
    #expect(data.classNames == Targets.ordered(Set(expected)))
    // What the format is called is said of the rows, not of their labels.
    #expect(
      labels(try read(text, name: name, rows: 3, DataOptions(format: .npy, header: header))) == expected)
    #expect(
      labels(try read(gzipped(Array(text.utf8)), name: "\(name).gz", rows: 3, DataOptions(header: header)))
        == expected)
  }

  @Test func numbers() throws {
    for text in ["0.5\n-2\n1e3\n", "price\n0.5\n-2\n1e3\n"] {
      let data = try read(text, rows: 3, DataOptions(target: .numbers))
      guard case .values(let values, 1) = data.targets else { throw FileError(.badData, "y", "no numbers") }
      #expect(Array(values) == [0.5, -2, 1000])
    }
  }

  /// Numbered as the model numbers them, and known by it.
  @Test func knownClasses() throws {
    let options = DataOptions(model: ModelColumns(features: 1, classNames: ["z", "b", "a"]))
    let data = try read("kind\nb\na\nb\n", rows: 3, options)
    #expect(data.classNames == ["z", "b", "a"])
    #expect(labels(data) == ["b", "a", "b"])
    let error = failure { _ = try read("b\nx\nc\n", rows: 3, options) }
    #expect(error.description == "y.csv:2: the model knows no class 'x'; it knows 'z', 'b', 'a'")
    // The first line is looked at last.
    let first = failure { _ = try read("x\nb\nc\n", rows: 3, options) }
    #expect(first.description.hasPrefix("y.csv:1: the model knows no class 'x'"))
  }

  /// An array or IDX stays one whatever its name says, and images take any file of labels.
  @Test func bytesSayMoreThanNames() throws {
    let array = npy("|u1", "(2,)", [3, 4])
    let idx: [UInt8] = [0, 0, 8, 1, 0, 0, 0, 2, 3, 4]
    for bytes in [array, idx, Array("3\n4\n".utf8)] {
      #expect(labels(try read(bytes, rows: 2)) == ["3", "4"])
      let images = try Input(bytes: [0, 0, 8, 2, 0, 0, 0, 2, 0, 0, 0, 1, 9, 8], name: "images")
      #expect(labels(try IDX.read(images, labels: Input(bytes: bytes, name: "y.csv"))) == ["3", "4"])
    }
  }

  static let refused: [(String, DataOptions, String)] = [
    ("", DataOptions(), "y.csv: there are no labels; check that it is the right file"),
    (
      "a\nb\n", DataOptions(),
      "y.csv: 2 labels for the 3 rows of x.npy; give the two files that belong together"
    ),
    // A label too many is no header where it could be a label.
    (
      "7\na\nb\nc\n", DataOptions(),
      "y.csv: 4 labels for the 3 rows of x.npy; give the two files that belong together"
    ),
    (
      "a\nb\na\nb\n", DataOptions(),
      "y.csv: 4 labels for the 3 rows of x.npy; give the two files that belong together"
    ),
    (
      "id,kind\n1,a\n2,b\n3,a\n", DataOptions(),
      "y.csv:1: 2 fields where one label stands alone; give a file of the labels only, and put names that hold the delimiter in quotes"
    ),
    ("a\n\"\"\nb\n", DataOptions(), "y.csv:2: the label is empty; fill it in or remove the row"),
    (
      "1\nnan\n3\n", DataOptions(target: .numbers),
      "y.csv:2: the label 'nan' is NaN; fill it in or remove the row"
    ),
    ("a\n\"b\n", DataOptions(), "y.csv:2: a quote is opened and not closed; close it"),
    (
      "a\nb\0\nc\n", DataOptions(),
      "y.csv:2: column 1: a NUL byte; the file is not text in UTF-8: check its format and encoding"
    ),
  ]

  @Test(arguments: refused) func refusals(_ text: String, _ options: DataOptions, _ message: String) {
    #expect(failure { _ = try read(text, rows: 3, options) }.description == message)
  }

  @Test func notUTF8() {
    let error = failure { _ = try read([0x61, 10, 0xff, 10, 0x62, 10], rows: 3) }
    #expect(error.description == "y.csv:2: the label is not UTF-8; save the file as UTF-8")
  }

  @Test func tooManyClasses() {
    let text = (0...FoundNames.greatestCount + 1).map { "c\($0)\n" }.joined()
    let error = failure { _ = try read(text, rows: 3) }
    #expect(error.description == "y.csv:65538: there are more than 65536 classes; fit numbers")
  }
}
