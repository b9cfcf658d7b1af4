import Foundation
import Testing

@Suite("Weights and offsets of rows, and class weights")
struct WeightTests {
  private static let rows: [(x: Int, y: Int, w: Int, left: String)] = (0..<60).map { i in
    (i % 20, i * 7 % 5, [1, 2, 0, 3][i % 4], (i % 20 + i * 3 % 11) > 17 ? "yes" : "no")
  }
  private static let weighted =
    "x,y,w,left\n" + rows.map { "\($0.x),\($0.y),\($0.w),\($0.left)\n" }.joined()
  private static let repeated =
    "x,y,left\n"
    + rows.flatMap { Array(repeating: "\($0.x),\($0.y),\($0.left)\n", count: $0.w) }.joined()

  private static func train(_ options: [String], in folder: Folder) throws -> [String] {
    let outcome = Tool.run(["train"] + options, in: folder)
    try #require(outcome.code == 0, "\(outcome.errors)")
    return outcome.errors
  }

  private static func json(_ outcome: Tool.Outcome) throws -> [String: Any] {
    #expect(outcome.code == 0, "\(outcome.errors)")
    return try #require(try JSONSerialization.jsonObject(with: Data(outcome.bytes)) as? [String: Any])
  }

  @Test("a column of weights stands for rows that are there as often")
  func weights() throws {
    let folder = Folder()
    folder.write("w.csv", Self.weighted)
    folder.write("r.csv", Self.repeated)
    let options = ["--loss", "logistic", "--tolerance", "1e-9", "--precision", "double"]
    let said = try Self.train(["w.csv", "--weight", "w", "-o", "w.onnx"] + options, in: folder)
    _ = try Self.train(["r.csv", "-o", "r.onnx"] + options, in: folder)
    #expect(
      said.contains("weights: column 'w', from 0 to 3, 90 together; 15 rows of weight 0 are left out"),
      "\(said)")
    #expect(said.contains { $0.hasPrefix("objective: weighted mean logistic loss") })
    // The evaluation finds the column by itself.
    let measured = try Self.json(Tool.run(["evaluate", "w.onnx", "w.csv", "--json"], in: folder))
    let expected = try Self.json(Tool.run(["evaluate", "r.onnx", "r.csv", "--json"], in: folder))
    #expect(measured["weight"] as? Double == 90 && expected["weight"] is NSNull)
    #expect(measured["rows"] as? Int == 45 && expected["rows"] as? Int == 90)
    for key in ["loss", "accuracy", "log_loss", "roc_auc", "average_precision", "brier", "calibration_error"]
    {
      let (a, b) = try (#require(measured[key] as? Double), #require(expected[key] as? Double))
      #expect(abs(a - b) < 1e-6, "\(key): \(a), \(b)")
    }
    let text = Tool.run(["evaluate", "w.onnx", "w.csv"], in: folder).lines
    #expect(text[0] == "rows       45, with weights of 90 together, which all below counts by")
  }

  @Test("balanced classes count alike, as do those whose weights are named")
  func classWeights() throws {
    let folder = Folder()
    folder.write("r.csv", Self.repeated)
    let count = Self.rows.reduce(0) { $0 + ($1.left == "yes" ? $1.w : 0) }
    let (no, yes) = (90 / (2 * Double(90 - count)), 90 / (2 * Double(count)))
    let options = ["r.csv", "--metrics", "m.json", "-o"]
    let said = try Self.train(options + ["b.safetensors", "--class-weight", "balanced"], in: folder)
    #expect(said.contains { $0.hasPrefix("class weights, balanced: no 0.") }, "\(said)")
    let metrics = try #require(
      try JSONSerialization.jsonObject(with: Data(folder.read("m.json"))) as? [String: Any])
    let factors = try #require(metrics["class_weights"] as? [String: Double])
    #expect(abs(factors["no"]! - no) < 1e-12 && abs(factors["yes"]! - yes) < 1e-12)
    let named = try Self.train(
      options + ["n.safetensors", "--force", "--class-weight", "no=\(no), yes=\(yes)"], in: folder)
    #expect(named.contains { $0.hasPrefix("class weights: no 0.") }, "\(named)")
    let predictions = ["b", "n"].map {
      Tool.run(["predict", "\($0).safetensors", "r.csv", "--probabilities"], in: folder).output
    }
    #expect(predictions[0] == predictions[1] && predictions[0].contains("yes"))
    _ = try Self.train(["r.csv", "-o", "p.onnx", "--quiet"], in: folder)
    #expect(Tool.run(["predict", "p.onnx", "r.csv", "--probabilities"], in: folder).output != predictions[0])
    #expect(Tool.run(["inspect", "n.safetensors"], in: folder).output.contains("class_weight"))
  }

  @Test(
    "weights of classes that can't be",
    arguments: [
      ("yes=0", 64, "the weight of the class 'yes' must be a finite number above 0, not 0.0"),
      ("yes=nan", 64, "the weight of the class 'yes' must be a finite number above 0, not nan"),
      ("yes=1,yes=2", 64, "the class 'yes' has two weights; give it one"),
      ("equal", 64, "give balanced, or the weights of classes, such as yes=5,no=1"),
      ("maybe=2", 65, "there is no class 'maybe' to weigh: the 2 classes are 'no', 'yes'"),
    ])
  func badClassWeights(text: String, code: Int, words: String) {
    let folder = Folder()
    folder.write("r.csv", Self.repeated)
    let outcome = Tool.run(["train", "r.csv", "--class-weight", text], in: folder)
    #expect(
      outcome.code == Int32(code) && outcome.errors.joined(separator: " ").contains(words),
      "\(outcome.errors)")
    #expect(folder.names == ["r.csv"])
  }

  @Test("class weights for numbers, and weights that are all 0")
  func nothingToWeigh() {
    let folder = Folder()
    folder.write("n.csv", Samples.line)
    let numbers = Tool.run(["train", "n.csv", "--loss", "squared", "--class-weight", "balanced"], in: folder)
    #expect(numbers.code == 64)
    #expect(numbers.errors.joined(separator: " ").contains("--class-weight is for classes"))
    folder.write("z.csv", "x,w,left\n" + Self.rows.map { "\($0.x),0,\($0.left)\n" }.joined())
    let zeros = Tool.run(["train", "z.csv", "--weight", "w"], in: folder)
    #expect(zeros.code == 65)
    #expect(zeros.errors.joined(separator: " ").contains("all rows have a weight of 0"), "\(zeros.errors)")
  }

  @Test("an offset is added in training, evaluation and prediction, and missed where it is not there")
  func offsets() throws {
    let folder = Folder()
    let rows = Self.rows.enumerated().map { i, row in (row, exp(Double(i % 7) / 2 - 1.5)) }
    folder.write("e.csv", "x,y,seen,left\n" + rows.map { "\($0.x),\($0.y),\($1),\($0.left)\n" }.joined())
    folder.write("l.csv", "x,y,o,left\n" + rows.map { "\($0.x),\($0.y),\(log($1)),\($0.left)\n" }.joined())
    let said = try Self.train(["e.csv", "--exposure", "seen", "-o", "e.onnx"], in: folder)
    #expect(said.contains { $0.hasPrefix("offset: the logarithm of column 'seen' is added") }, "\(said)")
    _ = try Self.train(["l.csv", "--offset", "o", "-o", "l.onnx"], in: folder)
    let exported = Tool.run(["export", "l.onnx", "-o", "l.safetensors"], in: folder)
    #expect(exported.errors.last?.hasPrefix("note: the model adds column 'o' to its scores") == true)
    let answers = ["e", "l"].map {
      Tool.run(["predict", "\($0).onnx", "\($0).csv", "--probabilities"], in: folder)
    }
    #expect(answers[0].code == 0 && answers[0].output == answers[1].output, "\(answers[0].errors)")
    // A model of two classes with an offset has one score: the logistic loss, without being asked for.
    let measured = try Self.json(Tool.run(["evaluate", "e.onnx", "e.csv", "--json"], in: folder))
    #expect(measured["loss_name"] as? String == "logistic")
    // What predict says is what evaluate measures.
    let probabilities = answers[0].lines.dropFirst().map { line in
      line.split(separator: ",").dropFirst().map { Double($0)! }
    }
    let losses = zip(probabilities, Self.rows).map { -log($0[$1.left == "yes" ? 1 : 0]) }
    let loss = losses.reduce(0, +) / 60
    #expect(abs(loss - (measured["log_loss"] as? Double ?? 0)) < 1e-5)
    folder.write("without.csv", Self.repeated)
    for command in ["predict", "evaluate"] {
      let outcome = Tool.run([command, "e.onnx", "without.csv"], in: folder)
      #expect(outcome.code == 65 && outcome.output.isEmpty)
      let words = outcome.errors.joined(separator: " ")
      #expect(
        words.contains("there is no column 'seen' of exposures, which the model adds to its scores"),
        "\(words)")
    }
    let refused = Tool.run(["train", "e.csv", "--exposure", "seen", "--loss", "softmax"], in: folder)
    #expect(
      refused.code == 65
        && refused.errors.joined(separator: " ").contains("offsets are added to one score a row"))
  }
}
