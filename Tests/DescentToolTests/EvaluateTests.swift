import Foundation
import Testing

@Suite struct EvaluateTests {
  /// A third of the rows is 'yes', more often where x is great.
  private static let table =
    "x,y,left\n"
    + (0..<60).map { "\($0 % 20),\($0 * 7 % 5),\(($0 % 20 + $0 * 3 % 11) > 17 ? "yes" : "no")\n" }.joined()

  private static func folder(_ table: String = table, _ options: [String] = []) -> Folder {
    let folder = Folder()
    folder.write("d.csv", table)
    let trained = Tool.run(["train", "d.csv", "-o", "m", "--quiet"] + options, in: folder)
    precondition(trained.code == 0, "\(trained.errors)")
    return folder
  }

  private static func json(_ options: [String] = [], in folder: Folder) throws -> [String: Any] {
    let outcome = Tool.run(["evaluate", "m", "d.csv", "--json"] + options, in: folder)
    #expect(outcome.code == 0 && outcome.errors.isEmpty, "\(outcome.errors)")
    return try #require(try JSONSerialization.jsonObject(with: Data(outcome.bytes)) as? [String: Any])
  }

  /// Each kind of model has the same keys, null where they don't apply.
  @Test func oneObjectWithTheSameKeys() throws {
    let two = try Self.json(in: Self.folder(Self.table, ["--loss", "logistic"]))
    let hinge = try Self.json(in: Self.folder(Self.table, ["--loss", "hinge"]))
    let three = try Self.json(in: Self.folder(Samples.points))
    let numbers = try Self.json(in: Self.folder(Samples.line))
    for key in [
      "accuracy", "log_loss", "roc_auc", "average_precision", "brier", "calibration_error", "mae", "rmse",
      "r2",
    ] {
      #expect(two[key] != nil)
    }
    for other in [hinge, three, numbers] { #expect(Set(other.keys) == Set(two.keys)) }
    #expect(two["positive_class"] as? String == "yes" && two["baseline_class"] as? String == "no")
    #expect((two["roc_auc"] as? Double)! > 0.8 && (two["log_loss"] as? Double)! < 0.6)
    #expect((two["baseline"] as? [String: Any])?["roc_auc"] as? Double == 0.5)
    #expect((two["reliability"] as? [Any])?.count == 10 && hinge["reliability"] is NSNull)
    #expect(hinge["log_loss"] is NSNull && (hinge["roc_auc"] as? Double)! > 0.8)
    #expect(
      three["roc_auc"] is NSNull && three["accuracy"] as? Double == 1
        && (three["classes"] as? [Any])?.count == 3)
    #expect(
      numbers["accuracy"] is NSNull && numbers["classes"] is NSNull && (numbers["r2"] as? Double)! > 0.99)
    #expect((numbers["residual_quantiles"] as? [String: Double])?.count == 7)
    for object in [two, hinge, three, numbers] { #expect(object["intervals"] is NSNull) }
  }

  @Test func textTellsTheBaselineInTheSameLine() {
    let folder = Self.folder(Self.table, ["--loss", "logistic"])
    let lines = Tool.run(["evaluate", "m", "d.csv", "--cost", "1:5"], in: folder).lines
    #expect(lines[0] == "rows       60" && lines[1].hasPrefix("loss       "))
    #expect(lines[2] == "baseline   always 'no', the most frequent class of these rows")
    let accuracy = lines.first { $0.hasPrefix("accuracy ") }!.split(separator: " ")
    let rows = Self.table.split(separator: "\n")
    #expect(accuracy[3] == String(format: "%.2f", Double(rows.count { $0.hasSuffix(",no") }) / 0.6))
    for label in [
      "ROC AUC", "Brier score", "the model's", "best f1", "least cost 1:5", "class", "probability",
    ] {
      #expect(lines.contains { $0.hasPrefix(label + " ") }, "\(label)")
    }
  }

  @Test func theConfusionMatrixIsWritten() {
    let folder = Self.folder(Samples.points)
    let outcome = Tool.run(["evaluate", "m", "d.csv", "--confusion", "c.csv"], in: folder)
    #expect(outcome.code == 0 && folder.text("c.csv") == "actual,a,b,c\na,3,0,0\nb,0,3,0\nc,0,0,3\n")
  }

  /// The same intervals from the same seed, and in them the value.
  @Test func intervals() throws {
    let folder = Self.folder(Self.table, ["--loss", "logistic"])
    let first = try Self.json(["--bootstrap", "50"], in: folder)
    let intervals = try #require(first["intervals"] as? [String: Any])
    let area = try #require(intervals["roc_auc"] as? [Double])
    let value = try #require(first["roc_auc"] as? Double)
    #expect(area[0] < value && value < area[1] && intervals["rmse"] is NSNull)
    let again = try Self.json(["--bootstrap", "50"], in: folder)
    #expect(NSDictionary(dictionary: first) == NSDictionary(dictionary: again))
    let other = try Self.json(["--bootstrap", "50", "--seed", "1"], in: folder)
    #expect((other["intervals"] as? [String: Any])?["roc_auc"] as? [Double] != area)
    #expect(
      Tool.run(["evaluate", "m", "d.csv", "--bootstrap", "20"], in: folder).lines.contains {
        $0.hasSuffix("to")
      })
  }

  @Test func whatDoesNotApplyIsRefused() {
    let numbers = Self.folder(Samples.line)
    let cases: [(String, Int32, String)] = [
      ("--cost 1:5", 64, "--cost is for two classes; this model predicts numbers"),
      ("--confusion c.csv", 64, "--confusion is for classes; this model predicts numbers"),
      ("--confusion -", 64, "--confusion writes a file; give it a name; see 'descent evaluate --help'"),
      (
        "--bootstrap 0", 64,
        "--bootstrap must be a whole number from 1 to 1000000, not 0; see 'descent evaluate --help'"
      ),
    ]
    for (options, code, message) in cases {
      let outcome = Tool.run(
        ["evaluate", "m", "d.csv"] + options.split(separator: " ").map(String.init), in: numbers)
      #expect(outcome.code == code && outcome.errors == ["descent: " + message] && outcome.lines.isEmpty)
    }
    let three = Self.folder(Samples.points)
    #expect(
      Tool.run(["evaluate", "m", "d.csv", "--cost", "1:5"], in: three).errors
        == ["descent: --cost is for two classes; this model tells 3"])
    #expect(Tool.run(["evaluate", "m", "d.csv", "--confusion", "d.csv"], in: three).code == 73)
    for cost in ["1", "1:-5", "0:0", "1:inf", "a:b", "1:2:3"] {
      let outcome = Tool.run(["evaluate", "m", "d.csv", "--cost", cost], in: three)
      #expect(outcome.code == 64 && outcome.lines.isEmpty)
      #expect(outcome.errors.first?.contains("such as 1:5") == true, "\(outcome.errors)")
    }
    #expect(numbers.names == ["d.csv", "m"])
  }
}
