import Testing

@Suite("What was said of how a file is read, the model keeps")
struct KeptReadingTests {
  private static let cases = Tool.root + "/Tests/References/tables"

  @Test(arguments: ["m.onnx", "m.safetensors"]) func indicesFromZero(_ model: String) {
    let folder = Folder()
    let (all, without) = ("\(Self.cases)/zero-based.svm", "\(Self.cases)/zero-based-without-0.svm")
    #expect(Tool.run(["train", all, "--zero-based", "-o", model], in: folder).code == 0)
    for options in [[], ["--zero-based"]] {
      let outcome = Tool.run(["evaluate", model, without] + options, in: folder)
      #expect(outcome.lines.first == "rows       37" && outcome.measured("accuracy") == "100.00 %")
      let labels = Tool.run(["predict", model, without] + options, in: folder).lines
      #expect(labels.count == 37 && Set(labels) == ["-1", "1"])
    }
    let other = Tool.run(["evaluate", model, without, "--no-zero-based"], in: folder)
    #expect(other.measured("accuracy") == "18.92 %")
    // From 1 where nothing was said.
    folder.write("d.svm", "1 1:1\n2 2:1\n")
    #expect(Tool.run(["train", "d.svm", "-o", "n"], in: folder).code == 0)
    #expect(Tool.run(["predict", "n", "d.svm"], in: folder).lines == ["1", "2"])
    #expect(Tool.run(["inspect", model], in: folder).lines.contains { $0.hasPrefix("zero_based ") })
    #expect(!Tool.run(["inspect", "n"], in: folder).lines.contains { $0.hasPrefix("zero_based") })
  }

  @Test func delimiters() {
    let folder = Folder()
    let text = Samples.points.replacing(",", with: ";")
    folder.write("d.csv", text)
    folder.write("commas.csv", Samples.points)
    folder.write("tabs.tsv", Samples.points.replacing(",", with: "\t"))
    folder.write("bars.csv", Samples.points.replacing(",", with: "|"))
    #expect(Tool.run(["train", "d.csv", "--delimiter", ";", "-o", "m"], in: folder).code == 0)
    let expected = ["class", "a", "a", "a", "b", "b", "b", "c", "c", "c"]
    for file in ["d.csv", "commas.csv", "tabs.tsv", "bars.csv"] {
      #expect(Tool.run(["predict", "m", file], in: folder).lines == expected, "\(file)")
      #expect(Tool.run(["evaluate", "m", file], in: folder).measured("accuracy") == "100.00 %")
    }
    #expect(Tool.run(["predict", "m", "bars.csv", "--delimiter", "|"], in: folder).lines == expected)
    #expect(Tool.run(["predict", "m", "-"], in: folder, input: "1;0\n").lines == ["a"])
    #expect(Tool.run(["predict", "m", "-"], in: folder, input: "9,0\n").lines == ["b"])
  }
}
