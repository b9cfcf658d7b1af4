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

  @Test func labelsAsText() {
    let folder = Folder()
    folder.write("t.csv", "x,\"the, label\"\n1,\"a, b\"\n2,c\n")
    _ = convert(["t.csv", "x.npy", "--labels-output", "y.csv"], in: folder)
    #expect(folder.text("y.csv") == "\"the, label\"\n\"a, b\"\nc\n")
    _ = convert(["t.csv", "x.npy", "--labels-output", "y.tsv", "--force"], in: folder)
    #expect(folder.text("y.tsv") == "the, label\na, b\nc\n")
    folder.write("n.csv", "1,7\n2,8\n")
    _ = convert(["n.csv", "x.npy", "--labels-output", "n.txt", "--force"], in: folder)
    #expect(folder.text("n.txt") == "7\n8\n")
  }

  /// Names that need quotes, in a file of their own, become the model's classes.
  @Test(arguments: ["csv", "tsv", "txt.gz"]) func labelsAsTextComeBack(_ ending: String) {
    let folder = Folder()
    folder.write("t.csv", Samples.points.replacing(",a\n", with: ",\"a, \"\"x\"\"\"\n"))
    _ = convert(["t.csv", "x.npy", "--labels-output", "y.\(ending)"], in: folder)
    _ = convert(["x.npy", "u.csv", "--labels", "y.\(ending)"], in: folder)
    // The features' names are not in the array.
    #expect(
      folder.text("u.csv") == folder.text("t.csv").split(separator: "\n").dropFirst().joined(separator: "\n")
        + "\n")
    let train = ["train", "x.npy", "--labels", "y.\(ending)", "--quiet", "-o", "m.onnx"]
    let outcome = Tool.run(train + ["--test", "x.npy", "--test-labels", "y.\(ending)"], in: folder)
    #expect(outcome.code == 0, "\(outcome.errors)")
    let predicted = Tool.run(["predict", "m.onnx", "x.npy"], in: folder)
    #expect(predicted.lines == (0..<9).map { ["\"a, \"\"x\"\"\"", "b", "c"][$0 / 3] })
    let evaluated = Tool.run(["evaluate", "m.onnx", "x.npy", "--labels", "y.\(ending)"], in: folder)
    #expect(evaluated.code == 0 && evaluated.output.contains("a, \"x\""), "\(evaluated)")
    #expect(Tool.run(train + ["--header", "yes"], in: folder).code == 0)
    #expect(Tool.run(train + ["--header", "no"], in: folder).code == 65)
  }

  /// Numbers to regress on are not counted as classes, of which there may be 65536.
  @Test(.enabled(if: Tool.isRelease, "slow in a debug build")) func manyDistinctLabels() {
    let folder = Folder()
    let table = (0..<70_000).map { "\($0 % 97),\(Double($0) + 0.25)\n" }.joined()
    folder.write("t.csv", table)
    _ = convert(["t.csv", "x.npy", "--labels-output", "y.csv"], in: folder)
    _ = convert(["x.npy", "u.csv", "--labels", "y.csv"], in: folder)
    let comesBack = folder.text("u.csv") == table
    #expect(comesBack)
  }

  /// What gzip and zstd themselves inflate, and what the readers take back. Large enough for several buffers.
  @Test(arguments: [("csv", "gz", "gzip"), ("tsv", "zst", "zstd"), ("svm", "gz", "gzip")])
  func compressedText(_ format: String, _ ending: String, _ program: String) {
    let folder = Folder()
    let rows = (0..<6000).map { "\(Double($0 * $0 % 997) / 7 + 0.03),\($0 % 13),\($0 % 3)\n" }.joined()
    folder.write("t.csv", rows)
    let name = "u.\(format)"
    _ = convert(["t.csv", name, "--quiet"], in: folder)
    _ = convert(["t.csv", "\(name).\(ending)", "--quiet"], in: folder)
    #expect(folder.read("\(name).\(ending)").count < folder.read(name).count / 2)
    let inflated = Tool.run(
      [], in: folder,
      under: ["sh", "-c", "command -v \(program) >/dev/null || exit 0; \(program) -dc \(name).\(ending)"])
    #expect(inflated.code == 0 && inflated.errors.isEmpty)
    let isSame = inflated.bytes.isEmpty || inflated.bytes == folder.read(name)
    #expect(isSame)
    _ = convert(["\(name).\(ending)", "v.csv", "--quiet"], in: folder)
    let comesBack = folder.read("v.csv") == folder.read("t.csv")
    #expect(comesBack)
  }

  @Test func compressedImages() {
    let folder = Folder()
    folder.write("images", Samples.images(6))
    folder.write("labels", Samples.labels(6))
    _ = convert(
      ["images", "i-idx3.gz", "--labels", "labels", "--labels-output", "l-idx1.zst"], in: folder)
    _ = convert(["i-idx3.gz", "j-idx3", "--labels", "l-idx1.zst", "--labels-output", "k-idx1"], in: folder)
    #expect(folder.read("j-idx3") == folder.read("images"))
    #expect(folder.read("k-idx1") == folder.read("labels"))
  }

  @Test func queries() {
    let folder = Folder()
    Samples.database(
      "create table t(x real, k text, b text); insert into t values (0.5, 'a', 'p'), (2, 'b', 'q'), (null, 'c', 'r')",
      in: folder)
    let query = ["--sqlite", "d.db", "--query"]
    let outcome = convert(query + ["select x, k from t where x > 0 order by x desc", "t.tsv"], in: folder)
    #expect(outcome.errors == ["wrote 2 rows to t.tsv"])
    #expect(folder.text("t.tsv") == "x\tk\n2\tb\n0.5\ta\n")
    let dropped = convert(query + ["select x, k from t", "u.csv", "--missing", "drop"], in: folder)
    #expect(dropped.errors.first == "note: d.db: 1 row dropped, for cells that are missing")
    #expect(folder.text("u.csv") == "x,k\n0.5,a\n2,b\n")
    let before = folder.names
    let refused = convert(query + ["select x, k from t", "v.csv"], in: folder, code: 65)
    #expect(
      refused.errors == [
        "descent: d.db: row 3 of the query: column 1 'x': the cell is NULL or empty; fill it in, remove the row, or say --missing drop"
      ])
    for wrong in [["d.db", "v.csv"] + query + ["select 1, 2"], query + ["select 1, 2"]] {
      #expect(convert(wrong, in: folder, code: 64).errors.count == 1)
    }
    #expect(convert(query + ["select x, k from t", "d.db"], in: folder, code: 73).errors.count == 1)
    #expect(folder.names == before)
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
    (["t.csv", "t.csv"], 73, "t.csv: is read by this command; name another file for the output"),
    (
      ["t.csv", "x.npy.gz", "--no-labels"], 73,
      "x.npy.gz: a compressed array could not be mapped into memory; write it plain, as .npy, or compress a table (.csv.gz)"
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
      "x.dat: its name does not tell the format; give it with --output-format: csv, tsv, npy, npz, idx, libsvm"
    ),
    (
      ["t.csv", "x.npy", "--labels-output", "y.npy.zst"], 73,
      "y.npy.zst: a compressed array could not be mapped into memory; write it plain, as .npy, or compress a table (.csv.gz)"
    ),
    (
      ["t.csv", "x-idx.gz", "--no-labels"], 73,
      "x-idx.gz: IDX begins with the number of rows, which t.csv tells at its end only; leave the compression out, and compress the file afterwards"
    ),
    (
      ["t.csv", "x.npy", "--labels-output", "x.npy"], 73,
      "x.npy: the labels would go to the same file; name another with --labels-output"
    ),
    (
      ["t.csv", "x.npz", "--labels-output", "y.npy"], 73,
      "y.npy: an archive holds its labels; leave --labels-output out"
    ),
    (
      ["t.csv", "/dev/null", "--output-format", "npz"], 73,
      "/dev/null: an archive begins with checksums, which its end only tells; write to a file"
    ),
    (
      ["t.csv", "/dev/null", "--output-format", "npy", "--no-labels"], 73,
      "/dev/null: begins with the number of rows, which a table tells at its end only; write to a file"
    ),
    (
      ["t.csv", "x.npy", "--labels-output", "y.svm"], 73,
      "y.svm: LIBSVM holds no labels alone; write them as .npy, .csv or IDX"
    ),
    (
      ["t.csv", "t.tsv", "--categorical", "1"], 65,
      "t.csv: categories and means are known at a table's end only; convert without --categorical and --missing mean, or train from the table"
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
