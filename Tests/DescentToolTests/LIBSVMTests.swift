import Testing

@Suite("Sparse rows of LIBSVM files")
struct LIBSVMTests {
  /// Two classes that feature 1 or feature 4 tells.
  static let rows = (0..<40).map { i in
    i % 2 == 0 ? "1 1:\(1 + i % 3) 3:0.5" : "-1 2:0.25 4:\(1 + i % 3)"
  }.joined(separator: "\n")

  @Test func trainsAndScores() {
    let folder = Folder()
    folder.write("d.svm", Self.rows)
    folder.write("d.libsvm.gz", Samples.gzip(Array(Self.rows.utf8)))
    for (file, options) in [
      ("d.svm", []), ("d.libsvm.gz", ["--loss", "hinge"]), ("d.svm", ["--scaling", "standard"]),
      ("d.svm", ["--model", "network", "--hidden", "4", "--epochs", "5"]), ("d.svm", ["--solver", "adam"]),
      ("d.svm", ["--holdout", "0.25", "--precision", "double"]), ("d.svm", ["--l1", "1e-3"]),
    ] {
      let outcome = Tool.run(["train", file, "-o", "m.onnx"] + options, in: folder)
      #expect(outcome.code == 0, "\(options): \(outcome.errors)")
    }
    #expect(Tool.run(["train", "d.svm", "-o", "m.onnx"], in: folder).code == 0)
    let evaluation = Tool.run(["evaluate", "m.onnx", "d.svm"], in: folder)
    #expect(evaluation.lines.contains { $0.hasPrefix("accuracy") && $0.contains("100.00 %") })
    folder.write("new.svm", "4:1\n1 1:1\n\n-1 2:1 # what follows is empty\n")
    #expect(Tool.run(["predict", "m.onnx", "new.svm"], in: folder).lines == ["-1", "1", "-1"])
    #expect(
      Tool.run(["predict", "m.onnx", "-", "--format", "libsvm"], in: folder, input: "1:1\n").lines == ["1"])
    #expect(Tool.run(["inspect", "m.onnx"], in: folder).output.contains("4 features"))
    #expect(Tool.run(["check", "d.svm"], in: folder).code == 0)
  }

  @Test func convertsThereAndBack() {
    let folder = Folder()
    folder.write("d.svm", "1.5 1:0.5 3:-2\n-3 2:4 # nothing else\n7\n")
    #expect(Tool.run(["convert", "d.svm", "d.csv"], in: folder).code == 0)
    #expect(String(decoding: folder.read("d.csv"), as: UTF8.self) == "0.5,0,-2,1.5\n0,4,0,-3\n0,0,0,7\n")
    #expect(Tool.run(["convert", "d.csv", "e.svm"], in: folder).code == 0)
    #expect(String(decoding: folder.read("e.svm"), as: UTF8.self) == "1.5 1:0.5 3:-2\n-3 2:4\n7\n")
    folder.write("names.csv", "1,a\n2,b\n")
    let refused = Tool.run(["convert", "names.csv", "names.svm"], in: folder)
    #expect(
      refused.errors == [
        "descent: names.svm: the label of row 0, 'a', is no number, as LIBSVM's are; "
          + "number the classes, or write a table, which holds names"
      ])
    #expect(refused.code == 65)
    folder.write("wide.svm", "1 100001:1\n")
    #expect(Tool.run(["convert", "wide.svm", "wide.csv"], in: folder).code == 65)
  }

  @Test func moreFeaturesThanTheModelTakes() {
    let folder = Folder()
    folder.write("d.svm", Self.rows)
    folder.write("more.svm", "1 1:1 9:3\n-1 4:1\n")
    #expect(Tool.run(["train", "d.svm", "-o", "m.onnx"], in: folder).code == 0)
    let message =
      "descent: more.svm:1: column 7: there is a feature 9, and the model takes 4 features; "
      + "leave such features out with --drop-extra-features, or train on data that have them"
    for command in [["evaluate", "m.onnx", "more.svm"], ["predict", "m.onnx", "more.svm"]] {
      let refused = Tool.run(command, in: folder)
      #expect(refused.errors == [message])
      #expect(refused.code == 65)
      #expect(Tool.run(command + ["--drop-extra-features"], in: folder).code == 0)
    }
    let training = Tool.run(["train", "d.svm", "--test", "more.svm", "-o", "n.onnx"], in: folder)
    #expect(training.errors.last == message)
    #expect(training.code == 65)
  }

  @Test(arguments: [
    ("", "has no rows; check that it is the right file"),
    ("1 3:1 2:1\n", "1: column 7: index 2 comes after 3; list each feature once, by ascending index"),
    ("1 0:1\n", "1: column 3: index 0, where indices count from 1; give --zero-based"),
    (
      "1 99999999999:1\n",
      "1: column 3: the index is greater than 100000000, the most that is read; number the features without holes"
    ),
    ("1 1:nan\n", "1: column 5: 'nan' is not a finite number; write a number or remove the row"),
    ("cat 1:1\n", "1: the label 'cat' is not a number; begin each row with its label, a number"),
    ("1 qid:3 1:1\n", "1: column 3: 'qid:3' is for ranking, which is not supported; leave qid out"),
    ("1 1:2\n1 1:3\n", "all rows are of one class, '1': a classifier needs two or more"),
  ])
  func isRefused(_ text: String, _ message: String) {
    let folder = Folder()
    folder.write("d.svm", text)
    let before = folder.names
    let outcome = Tool.run(["train", "d.svm", "--quiet"], in: folder)
    let place = message.first!.isNumber ? "d.svm:" : "d.svm: "
    #expect(outcome.errors == ["descent: " + place + message])
    #expect(outcome.code == 65)
    #expect(folder.names == before)
  }
}
