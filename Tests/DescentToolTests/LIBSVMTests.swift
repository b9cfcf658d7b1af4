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
}
