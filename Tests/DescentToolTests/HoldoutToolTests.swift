import Descent
import DescentFiles
import Foundation
import Testing

@Suite("Rows held out by the tool: drawn, the last, and whole groups")
struct HoldoutToolTests {
  /// 120 rows of 24 persons, three to seven in a row.
  private static let persons = (0..<120).map { "p\(($0 * $0 / 40) % 24)" }
  private static let table =
    "person,a,b,kind\n"
    + persons.enumerated().map { row, person in
      "\(person),\(row % 11),\(row * 7 % 13),\(["no", "yes"][(row % 11 + row * 7 % 13) / 12])\n"
    }.joined()

  private func folder(_ table: String = table) -> Folder {
    let folder = Folder()
    folder.write("t.csv", table)
    return folder
  }

  private func run(_ command: String, in folder: Folder) -> Tool.Outcome {
    Tool.run(command.split(separator: " ").map(String.init), in: folder)
  }

  @Test func groups() throws {
    let folder = folder()
    let training = Training("t.csv", "--holdout 0.25 --holdout-by person --seed 3", in: folder)
    #expect(training.outcome.code == 0, "\(training.outcome.errors)")
    #expect(training.number("features") == 2)
    // The rows are those that the rule gives.
    var numbers: [String: Int32] = [:]
    let groups = Self.persons.map { person in
      numbers[person] = numbers[person] ?? Int32(numbers.count)
      return numbers[person]!
    }
    let targets = Targets.values(Array(repeating: 0, count: 120))
    let rows = Holdout(0.25, .groups(groups), seed: 3).rows(of: targets)
    #expect(training.number("rows") == Double(rows.training.count))
    #expect(training.number("test_rows") == Double(rows.heldOut.count))
    // A training on these rows alone is the same.
    let lines = Self.table.split(separator: "\n")
    let kept = [lines[0]] + rows.training.map { lines[$0 + 1] }
    folder.write("kept.csv", kept.joined(separator: "\n") + "\n")
    #expect(Training("kept.csv", "--ignore person", in: folder).weights == training.weights)
  }

  @Test func evaluateMeasuresByTheSame() throws {
    let folder = folder()
    for options in ["--holdout 0.25 --holdout-by person --seed 3", "--holdout-last 0.3 --ignore person"] {
      let training = Training("t.csv", options, in: folder)
      let asked = options.replacing(" --ignore person", with: "")
      let outcome = run("evaluate model t.csv --json \(asked)", in: folder)
      #expect(outcome.code == 0, "\(outcome.errors)")
      let told = try #require(JSONSerialization.jsonObject(with: Data(outcome.bytes)) as? [String: Any])
      #expect(told["rows"] as? Double == training.number("test_rows"))
      #expect(told["accuracy"] as? Double == training.number("test_accuracy"))
    }
  }

  @Test func theLast() {
    let folder = folder()
    let training = Training("t.csv", "--holdout-last 0.25 --ignore person", in: folder)
    #expect((training.number("rows"), training.number("test_rows")) == (90, 30))
    folder.write("first.csv", Self.table.split(separator: "\n").prefix(91).joined(separator: "\n") + "\n")
    #expect(Training("first.csv", "--ignore person", in: folder).weights == training.weights)
  }

  /// Means that fill gaps are those of the rows trained on.
  @Test func meansOfTheGroupsTrainedOn() throws {
    let folder = folder("g,a,kind\np,1,x\np,,y\nq,100,x\nq,200,y\n")
    var means: [Double] = []
    for seed in 0..<6 {
      let options = "--holdout 0.5 --holdout-by g --missing mean --seed \(seed)"
      let training = Training("t.csv", options, in: folder)
      #expect(training.outcome.code == 0, "\(training.outcome.errors)")
      guard case .float(let model) = try ModelFile.read(folder.path + "/model") else { continue }
      means.append(try #require(model.columns.table?.columns.first { $0.name == "a" }?.mean))
    }
    #expect(Set(means) == [1, 150])
  }

  /// It may tell the rows apart too, or be a feature where that is asked for.
  @Test func otherParts() {
    let folder = folder()
    let asID = Training("t.csv", "--holdout 0.25 --holdout-by person --id person", in: folder)
    #expect(asID.number("features") == 2 && asID.outcome.code == 0)
    let asFeature = Training("t.csv", "--holdout 0.25 --holdout-by a --features a,b", in: folder)
    #expect(asFeature.number("features") == 2 && asFeature.outcome.code == 0)
    let byNumber = Training("t.csv", "--holdout 0.25 --holdout-by 1", in: folder)
    #expect(byNumber.weights == Training("t.csv", "--holdout 0.25 --holdout-by person", in: folder).weights)
  }

  static let wrong: [(String, Int32, String)] = [
    (
      "--holdout-by person --holdout-last 0.5", 64,
      "--holdout-by and --holdout-last exclude each other; see 'descent train --help'"
    ),
    (
      "--holdout-last 1", 64,
      "--holdout-last must be a fraction between 0 and 1, not 1.0; see 'descent train --help'"
    ),
    (
      "--holdout 0.2 --holdout-by nosuch", 65,
      "t.csv:1: there is no column 'nosuch' of groups; the columns are 'person', 'a', 'b', 'kind'"
    ),
    (
      "--holdout 0.2 --holdout-by one", 65,
      "one.csv: all rows are of one group by --holdout-by one; name a column that tells some apart"
    ),
  ]

  @Test(arguments: wrong) func refusals(_ options: String, _ code: Int32, _ message: String) {
    let folder = folder()
    folder.write("one.csv", "one,a,kind\nx,1,y\nx,2,n\nx,3,y\n")
    let file = options.hasSuffix(" one") ? "one.csv" : "t.csv"
    let outcome = run("train \(file) --quiet \(options)", in: folder)
    #expect(outcome.errors == ["descent: \(message)"])
    #expect(outcome.code == code && folder.names == ["one.csv", "t.csv"])
  }

  /// Rows that stand on both sides are counted, and the advice helps.
  @Test func copies() {
    let rows = (0..<40).map { "\($0),\($0)5,\($0 % 7),\($0 % 2 == 0 ? "x" : "y")\n" }
    let folder = folder("n,b,a,kind\n" + (rows + rows).joined())
    let outcome = run("train t.csv --holdout 0.25 -o m", in: folder)
    let note = outcome.errors.first { $0.hasPrefix("note: ") && $0.contains("measure by are among") }
    #expect(
      note?.hasSuffix(
        "remove copies, or where a column tells which belong together, add --holdout-by and its name") == true
    )
    let advised = run("train t.csv --holdout 0.25 --holdout-by n -o m", in: folder)
    #expect(advised.code == 0 && !advised.errors.contains { $0.contains("measure by are among") })
    let same = run("train t.csv --test t.csv -o m", in: folder)
    #expect(
      same.errors.contains(
        "note: 80 of the 80 rows to measure by are among those trained on, features and target alike, so that new rows may do worse; leave them out of one"
      ))
    // Other targets are no copies.
    let others = self.folder("n,a,kind\n" + rows.joined())
    #expect(
      !run("train t.csv --holdout 0.25 -o m", in: others).errors.contains {
        $0.contains("measure by are among")
      })
  }
}
