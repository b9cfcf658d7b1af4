import Foundation
import Testing

@Suite("--json: one object on standard output, and people's text on standard error")
struct JSONOutputTests {
  private static func run(_ words: String, in folder: Folder) -> Tool.Outcome {
    Tool.run(words.split(separator: " ").map(String.init), in: folder)
  }

  /// What a command prints; all of standard output is one object.
  private static func object(_ words: String, in folder: Folder) throws -> [String: Any] {
    let outcome = run(words, in: folder)
    #expect(outcome.code == 0, "\(outcome.errors)")
    return try #require(try JSONSerialization.jsonObject(with: Data(outcome.bytes)) as? [String: Any])
  }

  private static func folder() -> Folder {
    let folder = Folder()
    folder.write("points.csv", Samples.points)
    folder.write("line.csv", Samples.line)
    #expect(run("train points.csv --quiet -o m.onnx", in: folder).code == 0)
    return folder
  }

  @Test func train() throws {
    let folder = Self.folder()
    let outcome = Self.run("train points.csv --json --metrics m.json -o n.onnx --test points.csv", in: folder)
    #expect(outcome.code == 0 && outcome.errors.last == "wrote n.onnx")
    #expect(outcome.bytes == folder.read("m.json"))
    let object = try JSONSerialization.jsonObject(with: Data(outcome.bytes)) as! [String: Any]
    let accuracy = try #require(object["test_accuracy"] as? Double)
    #expect(
      outcome.errors.contains { $0.hasPrefix("test accuracy \(String(format: "%.2f", 100 * accuracy)) %") })
    #expect(object["test_rmse"] is NSNull)
    // The model is that of a training that says nothing.
    #expect(Self.run("train points.csv --quiet -o o.onnx --test points.csv", in: folder).code == 0)
    #expect(folder.read("n.onnx") == folder.read("o.onnx"))
  }

  @Test func path() throws {
    let folder = Self.folder()
    let words = "path line.csv --points 3 --quiet"
    let object = try Self.object("\(words) --json", in: folder)
    #expect(object["kind"] as? String == "descent path" && (object["points"] as? [Any])?.count == 3)
    let both = Self.run("\(words) --json -o p.json", in: folder)
    #expect(both.bytes == folder.read("p.json"))
    #expect(
      Self.run(words, in: folder).errors[0].contains("Missing expected argument '--output <file>', or --json")
    )
  }

  @Test func check() throws {
    let folder = Self.folder()
    let object = try Self.object("check points.csv --json", in: folder)
    let findings = try #require(object["findings"] as? [[String: Any]])
    let lines = Self.run("check points.csv", in: folder).lines
    #expect(findings.count == lines.count && lines.count > 5)
    for (finding, line) in zip(findings, lines) {
      let (verdict, name) = (finding["verdict"] as! String, finding["name"] as! String)
      let (sentence, remedy) = (finding["sentence"] as! String, finding["remedy"] as? String)
      #expect(line.hasPrefix(verdict) && line.contains(name))
      #expect(line.hasSuffix(sentence + (remedy.map { " → \($0)" } ?? "")), "\(line)")
    }
    #expect((object["gradient"] as? [String: Any])?["passes"] as? Bool == true)
  }

  @Test func convert() throws {
    let folder = Self.folder()
    folder.write("holes.csv", "x,y,kind\n1,,a\n2,3,b\n4,5,a\n")
    let object = try Self.object(
      "convert holes.csv o.npz --missing drop --no-labels --ignore kind --json", in: folder)
    #expect(object["rows"] as? Int == 2 && object["dropped_rows"] as? Int == 1)
    #expect(object["output"] as? String == "o.npz" && object["labels_output"] is NSNull)
  }

  @Test func files() throws {
    let folder = Self.folder()
    let templates = try Self.object("templates m.onnx --shape 1x2 -o t.svg --json", in: folder)
    #expect(templates["output"] as? String == "t.svg" && templates["image"] as? [Int] == [1, 2, 1])
    #expect(templates["names"] as? [String] == ["a", "b", "c"])
    let export = try Self.object("export m.onnx -o w.csv --json", in: folder)
    #expect(
      export["format"] as? String == "csv" && export["part"] is NSNull
        && export["output"] as? String == "w.csv")
  }

  @Test func pictures() throws {
    let folder = Self.folder()
    let evaluation = try Self.object("evaluate m.onnx points.csv --json", in: folder)
    let report = try Self.object("report m.onnx points.csv -o r.html --json", in: folder)
    #expect(
      report["output"] as? String == "r.html" && report["loss"] as? Double == evaluation["loss"] as? Double)
    #expect(Set(report.keys) == Set(evaluation.keys).union(["model", "data", "output"]))
    let training = try Self.object("train line.csv --json --quiet -o l.onnx --metrics l.json", in: folder)
    let curves = try Self.object("plot curves l.json --of objective -o c.svg --json", in: folder)
    let line = try #require((curves["lines"] as? [[String: Any]])?.first)
    let points = try #require(line["points"] as? [[Double]])
    let history = try #require(training["history"] as? [[String: Any]])
    #expect(points.map { $0[1] } == history.map { $0["objective"] as? Double })
    #expect(Self.run("path line.csv --points 3 --quiet -o p.json", in: folder).code == 0)
    let path = try Self.object("plot path p.json -o p.svg --json", in: folder)
    #expect(path["points"] as? Int == 3 && path["output"] as? String == "p.svg")
  }

  @Test("predict: an object a row, of what the table has")
  func predict() throws {
    let folder = Self.folder()
    folder.write("new.csv", "name,x,y\n\"a \"\"b\"\", \\ é\",1,0\nplain,9,0\n")
    let words = "predict m.onnx new.csv --keep name --probabilities"
    let (table, lines) = (Self.run(words, in: folder), Self.run("\(words) --json", in: folder))
    #expect(lines.code == 0 && lines.lines.count == 2)
    let columns = table.lines[0].split(separator: ",").map(String.init)
    for (line, row) in zip(lines.lines, table.lines.dropFirst()) {
      let object = try #require(try JSONSerialization.jsonObject(with: Data(line.utf8)) as? [String: Any])
      #expect(Set(object.keys) == Set(columns))
      for (column, cell) in zip(columns.reversed(), row.split(separator: ",").reversed()).prefix(3) {
        #expect((object[column] as! Double).description == Double(cell)!.description)
      }
    }
    #expect(lines.lines[0].hasPrefix(#"{"name":"a \"b\", \\ é","class":"a","p_a":0.9"#), "\(lines.lines[0])")
    // A file, which the same command replaces, and another does not.
    #expect(Self.run("\(words) --json -o a.jsonl", in: folder).code == 0)
    #expect(folder.read("a.jsonl") == lines.bytes)
    #expect(Self.run("\(words) --json -o a.jsonl", in: folder).code == 0)
    #expect(Self.run("predict m.onnx new.csv --json -o a.jsonl", in: folder).code == 73)
    #expect(Self.run("\(words) --json -o a.csv", in: folder).errors[0].contains("must end in .jsonl"))
  }

  @Test(arguments: [
    "train points.csv -o - --json", "train points.csv -o n --metrics - --json", "path line.csv -o - --json",
    "convert points.csv - --output-format tsv --json", "export m.onnx --format npy -o - --json",
    "templates m.onnx -o - --json", "report m.onnx points.csv -o - --json",
    "plot residuals m.onnx points.csv --json",
  ])
  func clashes(_ words: String) {
    let outcome = Self.run(words, in: Self.folder())
    #expect(outcome.code == 64 && outcome.output == "")
    #expect(
      outcome.errors[0].contains("--json both write to standard output; give one a file"), "\(outcome.errors)"
    )
  }

  @Test("what is wrong leaves standard output empty")
  func errors() {
    for words in ["train none.csv --json", "check none.csv --json", "predict m.onnx none.csv --json"] {
      let outcome = Self.run(words, in: Self.folder())
      #expect(outcome.code == 66 && outcome.output == "" && outcome.errors.count == 1)
    }
  }
}
