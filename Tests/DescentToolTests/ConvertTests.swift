import Foundation
import Testing

@Suite("descent convert writes one format from another")
struct ConvertTests {
  private func convert(_ arguments: [String], in folder: Folder, code: Int32 = 0) -> Tool.Outcome {
    let outcome = Tool.run(["convert"] + arguments, in: folder)
    #expect(outcome.code == code, "\(arguments): \(outcome.errors)")
    return outcome
  }

  /// From a table to each format of arrays and back: the same text.
  @Test(arguments: ["npy", "idx"]) func thereAndBack(_ format: String) {
    let folder = Folder()
    let table = "a,b,\"the, label\"\n0.5,-2,7\n1e+20,3,255\n0.1,65000,0\n"
    folder.write("t.csv", table)
    _ = convert(
      [
        "t.csv", "x.\(format)", "--labels-output", "y.\(format)", "--type", "float64", "--output-format",
        format,
      ], in: folder)
    let back = convert(
      ["x.\(format)", "-", "--labels", "y.\(format)", "--output-format", "tsv", "--quiet"], in: folder)
    #expect(back.output == "0.5\t-2\t7\n1e+20\t3\t255\n0.1\t65000\t0\n")
    #expect(folder.names == ["t.csv", "x.\(format)", "y.\(format)"])
  }

  @Test func bytesStayBytes() {
    let folder = Folder()
    folder.write("images", Samples.images(6))
    folder.write("labels", Samples.labels(6))
    _ = convert(["images", "x.npy", "--labels", "labels", "--labels-output", "y.npy"], in: folder)
    let payload = Array(Samples.images(6).dropFirst(16))
    #expect(folder.read("x.npy") == Samples.npy("|u1", "(6, 4)", payload))
    let labels = (0..<6).flatMap { (i: Int) -> [UInt8] in [UInt8(i % 2), 0, 0, 0, 0, 0, 0, 0] }
    #expect(folder.read("y.npy") == Samples.npy("<i8", "(6,)", labels))
  }

  @Test func classNamesStayInTables() {
    let folder = Folder()
    folder.write("t.csv", Samples.points)
    _ = convert(["t.csv", "t.tsv"], in: folder)
    #expect(folder.text("t.tsv") == Samples.points.replacing(",", with: "\t"))
    let refused = convert(["t.csv", "x.npy", "--labels-output", "y.npy"], in: folder, code: 65)
    #expect(
      refused.errors == [
        "descent: t.csv: the label of row 0, 'a', is no number, and y.npy holds numbers; number the classes, or write a table, which holds names"
      ])
    #expect(folder.names == ["t.csv", "t.tsv"])
  }

  static let refused: [([String], Int32, String)] = [
    (
      ["t.csv", "x.npy"], 73,
      "x.npy: NPY keeps the labels in a file of its own; name it with --labels-output, or say --no-labels"
    ),
    (["t.csv", "t.csv"], 73, "t.csv: is the data itself; name another file for the output"),
    (
      ["t.csv", "x.npy.gz", "--no-labels"], 73,
      "x.npy.gz: nothing is compressed; write it plain, or to - and through gzip"
    ),
    (
      ["t.csv", "x.npy", "--no-labels", "--type", "uint8"], 65,
      "x.npy: row 1, number 0 is 0.5, which uint8 does not hold; choose another --type"
    ),
    (
      ["t.csv", "x.npy", "--no-labels", "--type", "float16"], 65,
      "x.npy: row 1, number 1 is 70000, which float16 does not hold; choose another --type"
    ),
    (
      ["t.csv", "x.dat"], 73,
      "x.dat: its name does not tell the format; give it with --output-format: csv, tsv, npy, idx, libsvm"
    ),
    (
      ["bad.csv", "u.tsv"], 65,
      "bad.csv:2: 1 field where the first row has 2; fill in the missing ones or remove the row"
    ),
  ]

  @Test(arguments: refused) func refusals(_ arguments: [String], _ code: Int32, _ message: String) {
    let folder = Folder()
    folder.write("t.csv", "1,2\n0.5,70000\n")
    folder.write("bad.csv", "1,2\n1\n")
    #expect(convert(arguments, in: folder, code: code).errors == ["descent: \(message)"])
    #expect(folder.names == ["bad.csv", "t.csv"])
  }
}
