import Descent
import DescentFiles
import Foundation
import Testing

@Suite("Metrics and models say how they came about, whatever came of it")
struct RunRecordTests {
  private func metrics(_ folder: Folder, _ name: String = "m.json") throws -> [String: Any] {
    try #require(JSONSerialization.jsonObject(with: Data(folder.read(name))) as? [String: Any])
  }

  private func run(_ command: String, in folder: Folder, environment: [String: String] = [:]) -> Tool.Outcome
  {
    Tool.run(command.split(separator: " ").map(String.init), in: folder, environment: environment)
  }

  private func notes(_ folder: Folder, _ model: String) -> [String: String] {
    let lines = run("inspect \(model)", in: folder).lines.map { $0.split(separator: " ", maxSplits: 1) }
    return Dictionary(
      lines.compactMap { line in
        line.count == 2 ? (String(line[0]), String(line[1].drop { $0 == " " })) : nil
      }
    ) { first, _ in first }
  }

  @Test func whatWasAskedFor() throws {
    let folder = Folder()
    folder.write("it's a table.csv", Samples.points)
    let words = [
      "train", "it's a table.csv", "--holdout", "0.3", "--l2=0.01", "--metrics", "m.json", "--quiet",
    ]
    #expect(Tool.run(words + ["-o", "a.onnx", "--threads", "1"], in: folder).code == 0)
    let told = try metrics(folder)
    let command = "descent train \"it's a table.csv\" --holdout 0.3 --l2=0.01"
    #expect(told["command"] as? String == command + " --metrics m.json --quiet -o a.onnx --threads 1")
    let options = try #require(told["options"] as? [String: Any])
    #expect(options["holdout"] as? Double == 0.3 && options["l2"] as? Double == 0.01)
    #expect(options["solver"] as? String == "auto" && options["scaling"] as? String == "auto")
    #expect(options["threads"] as? Int == 1 && options["quiet"] as? Bool == true)
    #expect(options["loss"] is NSNull && options["hidden"] is NSNull)
    // Every option that help knows.
    let help = Tool.run(["train", "--help-all"], in: folder).lines.filter { $0.hasPrefix("  -") }
    let names = help.compactMap { line in
      line.split { " ,/".contains($0) }.first { $0.hasPrefix("--") }.map { String($0.dropFirst(2)) }
    }
    #expect(Set(options.keys) == Set(names).subtracting(["help", "help-all", "version"]))
    // As typed it runs again.
    let again = Tool.run(
      [], in: folder, under: ["sh", "-c", command.replacing("descent", with: "'\(Tool.path)'")])
    #expect(again.code == 0, "\(again.errors)")

    let data = try #require(told["data"] as? [String: Any])
    #expect(data["name"] as? String == "it's a table.csv" && data["rows"] as? Int == 9)
    #expect(told["descent_version"] as? String == "0.1.0" && told["date"] is NSNull)
    let model = notes(folder, "a.onnx")
    #expect(model["command"] == command)
    #expect(model["data"] == "it's a table.csv" && model["data_rows"] == "9")
    #expect(model["data_hash"] == data["hash"] as? String && model["date"] == nil)
    #expect(model["held_out_rows"].map { Int($0) } == told["test_rows"] as? Int)
    #expect(model["held_out_accuracy"].map { Double($0) } == told["test_accuracy"] as? Double)
  }

  /// Where it is read from, how fast, and where it goes to are not the model's.
  @Test func equalRunsWriteEqualBytes() throws {
    let (one, other) = (Folder(), Folder())
    for folder in [one, other] { folder.write("p.csv", Samples.points) }
    #expect(run("train p.csv -o a.onnx --threads 1 --quiet", in: one).code == 0)
    #expect(
      run("train p.csv --output=b.onnx --threads=2 --time-limit 100 --checkpoint c", in: other).code == 0)
    #expect(one.read("a.onnx") == other.read("b.onnx"))
    other.write("q.csv", Samples.points.replacing("c", with: "d"))
    #expect(run("train q.csv --quiet -o q.onnx", in: other).code == 0)
    #expect(notes(other, "q.onnx")["data_hash"] != notes(one, "a.onnx")["data_hash"])
    // The same by another name.
    other.write("r.csv", Samples.points)
    #expect(run("train r.csv --quiet -o r.onnx", in: other).code == 0)
    #expect(notes(other, "r.onnx")["data_hash"] == notes(one, "a.onnx")["data_hash"])
  }

  @Test func aDateWhereOneIsGiven() throws {
    let folder = Folder()
    folder.write("p.csv", Samples.points)
    let epoch = ["SOURCE_DATE_EPOCH": "1700000000"]
    #expect(run("train p.csv -o m --metrics m.json --quiet", in: folder, environment: epoch).code == 0)
    #expect(try metrics(folder)["date"] as? String == "2023-11-14T22:13:20Z")
    #expect(notes(folder, "m")["date"] == "2023-11-14T22:13:20Z")
  }

  /// The record of each solver's kind has the loss on the rows held out.
  @Test(arguments: [
    "--holdout 0.3 --solver lbfgs", "--holdout-last 0.3 --epochs 4", "--patience 2 --validation 0.3",
    "--holdout 0.3 --loss hinge --l2 1 --tolerance 0.1", "--holdout 0.3 --loss squared --solver direct",
    "--holdout 0.3 --l1 0.01",
  ])
  func lossesOnTheWay(_ options: String) throws {
    let folder = Folder()
    let rows = (0..<60).map { "\($0 % 7),\($0 % 5),\(($0 % 7 + $0 % 5) % 2)\n" }.joined()
    folder.write("p.csv", "a,b,kind\n" + rows)
    #expect(run("train p.csv -o m --metrics m.json --quiet \(options)", in: folder).code == 0)
    let history = try #require(try metrics(folder)["history"] as? [[String: Any]])
    let losses = history.compactMap { $0["held_out_loss"] as? Double }
    #expect(!losses.isEmpty && losses.allSatisfy { $0 > 0 && $0 < 100 }, "\(history)")
    // The record changes nothing, and is not kept where nobody asks.
    #expect(run("train p.csv -o n --quiet \(options)", in: folder).code == 0)
    #expect(folder.read("m") == folder.read("n"))
  }

  /// The last of the record is what the model does.
  @Test func theLastLoss() throws {
    let training = Training(Tool.digits, "--holdout 0.2 --epochs 3")
    let history = try #require(training.metrics["history"] as? [[String: Any]])
    let last = try #require(history.last?["held_out_loss"] as? Double)
    #expect(abs(last - training.number("test_loss")) < 1e-4 * last)
    let scores = try #require(training.metrics["test_scores"] as? [String: Any])
    #expect(scores["accuracy"] as? Double == training.number("test_accuracy"))
    let baseline = try #require(training.metrics["test_baseline"] as? [String: Any])
    #expect(try #require(baseline["accuracy"] as? Double) < 0.2)
  }

  static let outcomes: [(options: String, code: Int32, reason: String, keeps: Bool)] = [
    ("--epochs 3", 0, "finished", true),
    ("--solver momentum --epochs 100000 --time-limit 0.2", 0, "time-limit", true),
    ("--time-limit 1e-9 --strict", 75, "time-limit", false),
    ("--strict --tolerance 1e-9 --loss hinge --precision float", 70, "stalled", false),
    ("--strict --l2 0", 70, "no-minimum", false),
    ("--solver sgd --learning-rate 1e200 --epochs 50", 70, "diverged", false),
  ]

  @Test(arguments: outcomes)
  func everyOutcome(_ row: (options: String, code: Int32, reason: String, keeps: Bool)) throws {
    let folder = Folder()
    folder.write("p.csv", Samples.points)
    let outcome = run("train p.csv -o m --metrics m.json --quiet \(row.options)", in: folder)
    #expect(outcome.code == row.code, "\(outcome.errors)")
    #expect(folder.names.contains("m") == row.keeps)
    let told = try metrics(folder)
    #expect(told["stop_reason"] as? String == row.reason)
    #expect(told["command"] is String && told["history"] is [Any])
  }

  /// At the first signal; the record goes with the model.
  @Test(arguments: [SIGINT, SIGTERM]) func interrupted(_ number: Int32) throws {
    let folder = Folder()
    folder.write("p.csv", Samples.points)
    let words = ["train", "p.csv", "--epochs", "1000000000", "--verbose", "-o", "m", "--metrics", "m.json"]
    let (code, lines) = follow(words, in: folder) { process, lines in
      if lines.count == 15 { kill(process, number) }
    }
    #expect(code == 130)
    #expect(lines.suffix(2) == ["wrote m\n", "descent: interrupted; the model is the best so far\n"])
    #expect(try metrics(folder)["stop_reason"] as? String == "interrupted")
    #expect(self.run("predict m p.csv", in: folder).code == 0)
    #expect(notes(folder, "m")["stop_reason"] == "interrupted")
  }
}

extension RunRecordTests {
  /// The folds are five more trainings: the model that they calibrate is there already.
  @Test func interruptedWhileCalibrating() throws {
    let folder = Folder()
    let words = ["train", Tool.digits, "--loss", "hinge", "--calibrate", "sigmoid", "-o", "m"]
    let (code, lines) = follow(words, in: folder) { process, lines in
      if lines.last!.hasPrefix("calibrating by 5 folds") { kill(process, SIGINT) }
    }
    #expect(code == 130)
    #expect(lines.last?.hasPrefix("descent: interrupted while calibrating; the model is whole") == true)
    let inspected = Tool.run(["inspect", "m"], in: folder)
    #expect(inspected.code == 0 && !inspected.output.contains("calibration "))
  }

  /// Runs the tool to its end, and tells each line of standard error as it comes, with all before it.
  private func follow(
    _ words: [String], in folder: Folder, _ told: (_ process: pid_t, _ lines: [String]) -> Void
  ) -> (code: Int32, lines: [String]) {
    let (reading, writing) = Tool.makePipe()
    let run = Tool.Run(
      words, in: folder, input: open("/dev/null", O_RDONLY | O_CLOEXEC),
      output: open("/dev/null", O_WRONLY | O_CLOEXEC), errors: writing)
    let errors = fdopen(reading, "r")!
    defer { fclose(errors) }
    var (line, size, lines): (UnsafeMutablePointer<CChar>?, Int, [String]) = (nil, 0, [])
    while getline(&line, &size, errors) >= 0 {
      lines.append(String(cString: line!))
      told(run.process, lines)
    }
    free(line)
    return (run.wait(), lines)
  }
}
