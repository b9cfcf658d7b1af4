import Foundation
import Testing

/// What `predict` writes: columns, classes that thresholds decide for, and files.
@Suite("predict answers as a table")
struct AnswerTests {
  private let folder = Folder()

  /// Two classes that overlap, so that no probability is 0 or 1.
  private static let bids =
    "size,sold\n"
    + (0..<40).map { "\($0),\([1, 6].contains($0 % 10) != ($0 > 19) ? "yes" : "no")\n" }.joined()

  private func train(_ options: String...) {
    folder.write("bids.csv", Self.bids)
    let outcome = Tool.run(["train", "bids.csv", "--quiet", "-o", "m"] + options, in: folder)
    #expect(outcome.code == 0, "\(outcome.errors)")
  }

  private func predict(_ options: String...) -> Tool.Outcome {
    Tool.run(["predict", "m", "bids.csv"] + options, in: folder)
  }

  private func cells(_ outcome: Tool.Outcome) -> [[String]] {
    outcome.lines.map { $0.split(separator: ",").map(String.init) }
  }

  @Test(arguments: ["softmax", "logistic", "hinge"]) func namesItsColumns(_ loss: String) {
    train("--loss", loss)
    #expect(predict().lines[0] == "class")
    #expect(
      predict("--scores").lines[0] == (loss == "logistic" ? "class,score_yes" : "class,score_no,score_yes"))
    if loss != "hinge" { #expect(predict("--probabilities").lines[0] == "class,p_no,p_yes") }
    let number = loss == "hinge" ? "score" : "p"
    #expect(predict("--top", "2").lines[0] == "class_1,\(number)_1,class_2,\(number)_2")
    #expect(predict("--top", "1", "--scores").lines[0] == "class_1,score_1")
    #expect(predict("--top", "1").errors.count == (loss == "hinge" ? 1 : 0))
  }

  @Test func aNumberBearsTheNameOfItsTarget() {
    folder.write("line.csv", Samples.line)
    folder.write("bare.csv", Samples.line.split(separator: "\n").dropFirst().joined(separator: "\n"))
    for (data, name) in [("line.csv", "y"), ("bare.csv", "prediction")] {
      #expect(Tool.run(["train", data, "--quiet", "-o", "m"], in: folder).code == 0)
      let outcome = Tool.run(["predict", "m", data, "--output-header", "yes"], in: folder)
      #expect(outcome.lines.count == 21 && outcome.lines[0] == name)
    }
  }

  /// The second class, where its probability is as much or more, or its score less the other's.
  @Test(arguments: ["softmax", "logistic", "hinge"]) func thresholds(_ loss: String) throws {
    train("--loss", loss)
    let shown = cells(predict(loss == "hinge" ? "--scores" : "--probabilities")).dropFirst()
    let values = shown.map { Double($0[2])! - (loss == "hinge" ? Double($0[1])! : 0) }
    let threshold = values.sorted()[13]
    let outcome = predict("--threshold", "\(threshold)")
    #expect(outcome.lines.dropFirst().elementsEqual(values.map { $0 >= threshold ? "yes" : "no" }))
    #expect(outcome.lines.count { $0 == "yes" } >= 27)
    let what = loss == "hinge" ? "score (distance from the other's)" : "probability"
    #expect(outcome.errors == ["note: 'yes' where its \(what) is \(threshold) or more, else 'no'"])
    #expect(Set(predict("--threshold", loss == "hinge" ? "-1e9" : "0").lines.dropFirst()) == ["yes"])
  }

  /// `evaluate` counts the same rows at a threshold that it names.
  @Test func thresholdsAreThoseOfEvaluate() throws {
    train()
    let evaluated = Tool.run(["evaluate", "m", "bids.csv", "--json"], in: folder)
    let object = try JSONSerialization.jsonObject(with: Data(evaluated.bytes)) as? [String: Any]
    #expect(object?["positive_class"] as? String == "yes")
    let points = try #require(object?["thresholds"] as? [[String: Any]])
    #expect(points.count > 3)
    for point in points {
      let threshold = try #require(point["threshold"] as? Double)
      let flagged = try #require(point["flagged"] as? Double)
      let lines = predict("--threshold", "\(threshold)").lines.dropFirst()
      #expect(Double(lines.count { $0 == "yes" }) / 40 == flagged)
    }
  }

  @Test func theLikeliestClasses() {
    folder.write("points.csv", Samples.points)
    #expect(Tool.run(["train", "points.csv", "--quiet", "-o", "m"], in: folder).code == 0)
    let all = cells(Tool.run(["predict", "m", "points.csv", "--probabilities"], in: folder)).dropFirst()
    let two = cells(Tool.run(["predict", "m", "points.csv", "--top", "2"], in: folder)).dropFirst()
    #expect(all.count == 9 && two.count == 9)
    for (row, best) in zip(all, two) {
      let ranked = zip(row.dropFirst(), ["a", "b", "c"]).sorted { Double($0.0)! > Double($1.0)! }
      #expect(best == ranked.prefix(2).flatMap { [$0.1, $0.0] })
      #expect(best[0] == row[0])
    }
  }

  @Test func refusals() {
    train()
    folder.write("line.csv", Samples.line)
    folder.write("points.csv", Samples.points)
    for (data, model) in [("line.csv", "line"), ("points.csv", "three")] {
      #expect(Tool.run(["train", data, "--quiet", "-o", model], in: folder).code == 0)
    }
    for (arguments, problem) in [
      (
        ["m", "bids.csv", "--threshold", "1.5"], "m: --threshold is a probability here, from 0 to 1, not 1.5"
      ),
      (
        ["m", "bids.csv", "--threshold", "nan"],
        "--threshold must be a number, not nan; see 'descent predict --help'"
      ),
      (
        ["three", "points.csv", "--threshold", "0.5"],
        "three: --threshold is for two classes, and the model tells 3 classes; leave it out"
      ),
      (["three", "points.csv", "--top", "4"], "three: the model tells 3 classes; --top can be 3 at most"),
      (["line", "line.csv", "--top", "1"], "line: the model predicts numbers; leave --top out"),
      (
        ["m", "bids.csv", "--top", "1", "--threshold", "0.5"],
        "--threshold and --top exclude each other; see 'descent predict --help'"
      ),
    ] {
      let outcome = Tool.run(["predict"] + arguments, in: folder)
      #expect(outcome.code == 64 && outcome.output == "")
      #expect(outcome.errors == ["descent: " + problem])
    }
  }

  @Test(arguments: ["out.csv", "out.csv.gz", "out.csv.zst"]) func writesAFile(_ name: String) {
    train()
    let outcome = predict("-o", name)
    #expect(outcome.code == 0 && outcome.output == "" && outcome.errors == [])
    let bytes = folder.read(name)
    #expect(
      bytes.starts(
        with: name.hasSuffix("gz") ? [0x1f, 0x8b] : name.hasSuffix("zst") ? [0x28, 0xb5] : [0x63]))
    if name == "out.csv" { #expect(folder.text(name) == predict().output) }
  }

  /// The rows before a bad one are no file, and what was there stays.
  @Test func writesAllOrNothing() {
    train()
    folder.write("bad.csv", "size\n1\n2\nx\n")
    folder.write("out.csv", "before")
    let before = folder.names
    let outcome = Tool.run(["predict", "m", "bad.csv", "-o", "out.csv"], in: folder)
    #expect(outcome.code == 65 && outcome.errors.count == 1 && outcome.output == "")
    #expect(folder.text("out.csv") == "before" && folder.names == before)
    #expect(predict("-o", "bids.csv").code == 73 && folder.text("bids.csv") == Self.bids)
    #expect(predict("-o", "no/out.csv").code == 73)
    #expect(predict("-o", "-").lines.count == 41)
  }
}

@Suite("train --calibrate")
struct CalibrateTests {
  private let folder = Folder()

  init() {
    // Of two in ten rows the other class.
    let rows = (0..<120).map { i in
      "\(i),\(i * 37 % 11),\([1, 6].contains(i % 10) != (i > 59) ? "yes" : "no")\n"
    }
    folder.write("bids.csv", "size,noise,sold\n" + rows.joined())
  }

  @Test(arguments: ["sigmoid", "isotonic"], [[], ["--holdout", "0.4"]])
  func aHinge(_ method: String, _ holdout: [String]) throws {
    let trained = Tool.run(
      ["train", "bids.csv", "--loss", "hinge", "--calibrate", method, "-o", "m"] + holdout, in: folder)
    #expect(trained.code == 0, "\(trained.errors)")
    let words = holdout.isEmpty ? "5 folds of 120 rows" : "48 rows held out"
    #expect(trained.errors.contains { $0.hasPrefix("calibrated by ") })
    #expect(
      Tool.run(["inspect", "m"], in: folder).lines.contains {
        $0.hasPrefix("calibration ") && $0.hasSuffix("\(method), by \(words)")
      })
    let lines = Tool.run(["predict", "m", "bids.csv", "--probabilities"], in: folder).lines
    #expect(lines[0] == "class,p_no,p_yes" && lines.count == 121)
    for line in lines.dropFirst() {
      let cells = line.split(separator: ",")
      let (no, yes) = (Double(cells[1])!, Double(cells[2])!)
      #expect(abs(no + yes - 1) < 1e-6 && (abs(yes - 0.5) < 1e-6 || cells[0] == (yes > 0.5 ? "yes" : "no")))
    }
    let evaluated = Tool.run(["evaluate", "m", "bids.csv"], in: folder)
    for metric in ["Brier score", "calibration error"] {
      #expect(try Double(#require(evaluated.measured(metric)))! < 0.25)
    }
    #expect(evaluated.output.contains("rows whose probability of 'yes' is as much"))
  }

  @Test func numbersHaveNone() {
    folder.write("line.csv", Samples.line)
    let outcome = Tool.run(["train", "line.csv", "--calibrate", "sigmoid", "-o", "m"], in: folder)
    #expect(outcome.code == 64 && !folder.names.contains("m"))
    #expect(
      outcome.errors == [
        "descent: --calibrate is for classes, and the loss 'squared' fits numbers; leave it out"
      ])
  }
}
