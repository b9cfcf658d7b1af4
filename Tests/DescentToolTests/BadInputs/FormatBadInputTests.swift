import Testing

@Suite("Options that the format of the data has not are refused, and not passed over")
struct FormatBadInputTests {
  private static func bad(_ what: String, _ file: String, _ options: String, _ message: String) -> BadInput {
    let bytes: [UInt8]
    switch file {
    case "x.npy": bytes = Samples.npy("|u1", "(2, 1)", [0, 1])
    case "d": bytes = Samples.images(2)
    case "d.bin": bytes = Samples.cifar([0, 1])
    case "d.npz":
      bytes = ZipSample.npz([
        "x": Samples.npy("|u1", "(2, 1)", [0, 1]), "y": Samples.npy("|u1", "(2,)", [0, 1]),
      ])
    case "d.svm": bytes = Array("1 1:2\n2 1:3\n".utf8)
    default: bytes = Array("1,a\n2,b\n".utf8)
    }
    var bad = BadInput(
      "flags-86", what, file, bytes, options, .refused(64, "\(file): \(message); leave it out"))
    bad.others = ["y": Samples.labels(2)]
    return bad
  }

  static let cases: [BadInput] = [
    bad(
      "categories of an array", "x.npy", "--labels y --categorical 1",
      "--categorical is for tables, and NPY holds numbers, not columns of text"),
    bad(
      "categories of images", "d", "--labels y --categorical 1",
      "--categorical is for tables, and IDX holds numbers, not columns of text"),
    bad(
      "rows of images dropped", "d", "--labels y --missing drop",
      "--missing drop is for tables, and IDX has no empty cells"),
    bad(
      "a column of labels of images", "d", "--labels y --label 1",
      "--label is for tables, and IDX has no column of labels"),
    bad(
      "a delimiter of an array", "x.npy", "--labels y --delimiter ;",
      "--delimiter is for tables, and NPY has no fields that something separates"),
    bad(
      "a header of an array", "x.npy", "--labels y --header yes",
      "--header is for tables, and NPY has no line of names"),
    bad(
      "means of sparse rows", "d.svm", "--missing mean",
      "--missing mean is for tables, and LIBSVM has no empty cells"),
    bad(
      "categories of CIFAR-10", "d.bin", "--categorical 1",
      "--categorical is for tables, and CIFAR-10 holds numbers, not columns of text"),
    bad(
      "indices of a table", "d.csv", "--zero-based",
      "--zero-based is for LIBSVM's rows, and a table writes no indices"),
    bad(
      "indices of an array", "x.npy", "--labels y --zero-based",
      "--zero-based is for LIBSVM's rows, and NPY writes no indices"),
  ]

  @Test(arguments: cases) func isRefused(_ bad: BadInput) { bad.check() }

  @Test("flags-86: where data are scored, too") func scoring() {
    let folder = Folder()
    folder.write("x.npy", Samples.npy("|u1", "(2, 2)", [0, 1, 2, 3]))
    folder.write("points.csv", Samples.points)
    #expect(Tool.run(["train", "points.csv", "--quiet", "-o", "m"], in: folder).code == 0)
    for command in [["predict", "m"], ["evaluate", "m"]] {
      let outcome = Tool.run(command + ["x.npy", "--label", "1"], in: folder)
      #expect(outcome.code == 64)
      #expect(
        outcome.errors == [
          "descent: x.npy: --label is for tables, and NPY has no column of labels; leave it out"
        ])
    }
  }
}
