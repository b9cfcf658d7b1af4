import Foundation
import Testing

@Suite("compare")
struct CompareTests {
  private let folder = Folder()

  /// Three columns, of which the last is noise; the target follows the first two.
  private static let rows = (0..<120).map { i -> String in
    let (a, b, c) = (i * 7 % 24, i * 5 % 11, i * 11 % 13)
    return "\(a),\(b),\(c),\(2 * a + b + i * i % 7 > 28 ? "yes" : "no")\n"
  }

  private func train(_ name: String, _ options: String) {
    folder.write("d.csv", "a,b,c,sold\n" + Self.rows.joined())
    let words = options.split(separator: " ").map(String.init)
    let outcome = Tool.run(["train", "d.csv", "--quiet", "-o", name] + words, in: folder)
    #expect(outcome.code == 0, "\(outcome.errors)")
  }

  private func object(_ words: [String]) throws -> [String: Any] {
    let outcome = Tool.run(words + ["--json"], in: folder)
    #expect(outcome.code == 0, "\(outcome.errors)")
    return try #require(try JSONSerialization.jsonObject(with: Data(outcome.bytes)) as? [String: Any])
  }

  @Test("each model by its own columns, as evaluate has it") func ownColumns() throws {
    train("all", "--loss logistic")
    train("noise", "--loss logistic --features c")
    let found = try object(["compare", "all", "noise", "d.csv", "--bootstrap", "300"])
    let models = try #require(found["models"] as? [[String: Any]])
    #expect(found["replicates"] as? Int == 300 && found["rows"] as? Int == 120)
    for (model, name) in zip(models, ["all", "noise"]) {
      let alone = try object(["evaluate", name, "d.csv"])
      let metrics = try #require(model["metrics"] as? [String: Any])
      for metric in ["accuracy", "roc_auc", "log_loss"] {
        #expect(metrics[metric] as? Double == alone[metric] as? Double, "\(metric)")
      }
    }
    #expect(models[0]["differences"] is NSNull && models[0]["mcnemar"] is NSNull)
    let differences = try #require(models[1]["differences"] as? [String: Any])
    let accuracy = try #require(differences["accuracy"] as? [String: Double])
    #expect(accuracy["lower"]! < accuracy["value"]! && accuracy["value"]! < accuracy["upper"]!)
    #expect(accuracy["upper"]! < 0)
    let test = try #require(models[1]["mcnemar"] as? [String: Any])
    #expect(
      (test["first_alone"] as! Int) - (test["this_alone"] as! Int)
        == Int((-120 * accuracy["value"]!).rounded()))
    let text = Tool.run(["compare", "all", "noise", "d.csv"], in: folder)
    #expect(text.lines.contains { $0 == "noise less all" } && text.code == 0)
    // The seed decides.
    let again = Tool.run(["compare", "all", "noise", "d.csv", "--seed", "0"], in: folder)
    #expect(again.output == text.output)
    #expect(Tool.run(["compare", "all", "noise", "d.csv", "--seed", "1"], in: folder).output != text.output)
  }

  @Test("the rows held out, as evaluate chooses them") func heldOut() throws {
    train("all", "--holdout 0.25")
    train("few", "--holdout 0.25 --features a")
    let found = try object(["compare", "all", "few", "d.csv", "--holdout", "0.25"])
    let alone = try object(["evaluate", "few", "d.csv", "--holdout", "0.25"])
    let models = try #require(found["models"] as? [[String: Any]])
    let metrics = try #require(models[1]["metrics"] as? [String: Any])
    #expect(metrics["log_loss"] as? Double == alone["log_loss"] as? Double)
    #expect(found["rows"] as? Int == alone["rows"] as? Int)
  }

  @Test func refusals() {
    train("all", "--ignore c")
    train("numbers", "--label a --loss squared")
    train("others", "--label b --loss squared --ignore sold")
    train("weighed", "--weight c")
    for (command, words, code) in [
      ("compare all d.csv", "give two models or more", 64),
      ("compare all numbers d.csv", "all tells 'no', 'yes', and numbers predicts numbers", 65),
      ("compare numbers others d.csv", "numbers predicts 'a', and others predicts 'b'", 65),
      ("compare all weighed d.csv", "all counts each row once, and weighed counts rows by 'c'", 65),
      ("compare all all -", "give a file", 64),
      ("compare all all d.csv --missing drop", "compare on rows that all of them take", 64),
      ("compare all nowhere d.csv", "nowhere", 66),
    ] {
      let outcome = Tool.run(command.split(separator: " ").map(String.init), in: folder)
      #expect(outcome.code == code && outcome.errors.contains { $0.contains(words) }, "\(outcome.errors)")
    }
    // The remedies.
    #expect(Tool.run(["compare", "all", "weighed", "d.csv", "--weight", "c"], in: folder).code == 0)
    #expect(Tool.run(["compare", "all", "all", "d.csv", "--bootstrap", "10"], in: folder).code == 0)
  }
}
