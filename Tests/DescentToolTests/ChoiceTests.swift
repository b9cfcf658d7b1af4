import Foundation
import Testing

@Suite("Penalties that the tool chooses by rows held out")
struct ChoiceTests {
  /// Two features that tell the class, with mistakes, and two that do not; each person's rows are alike.
  private static let table =
    "person,a,b,c,d,kind\n"
    + (0..<90).map { row in
      let person = row / 3
      let (a, b) = (person * 7 % 11, person * 5 % 13)
      let isYes = (a + b > 11) != (row % 10 == 0)
      return "p\(person),\(a),\(b),\(row * 31 % 17),\(row * 13 % 7),\(isYes ? "yes" : "no")\n"
    }.joined()

  private func folder() -> Folder {
    let folder = Folder()
    folder.write("t.csv", Self.table)
    return folder
  }

  private struct Table {
    let object: [String: Any]
    var penalties: [[String: Any]] { object["penalties"] as? [[String: Any]] ?? [] }
    func numbers(_ key: String) -> [Double] { penalties.map { $0[key] as? Double ?? .nan } }
    func index(_ key: String) -> Int { object[key] as? Int ?? -1 }

    init(_ training: Training) { object = training.metrics["cross_validation"] as? [String: Any] ?? [:] }
  }

  private func losses(_ table: Table) -> [[Double]] {
    table.penalties.map { $0["fold_losses"] as? [Double] ?? [] }
  }

  /// The table is kept, its choice is the best, and the model is that of its penalty.
  @Test(arguments: ["--l2 auto", "--l1 auto --l2 0", "--l1-ratio auto", "--l1-ratio 0.5 --metric auc"])
  func kept(_ options: String) throws {
    let folder = folder()
    let common = "--ignore person --loss logistic --precision double --tolerance 1e-6"
    let training = Training("t.csv", "\(options) \(common)", in: folder)
    #expect(training.outcome.code == 0, "\(training.outcome.errors)")
    let table = Table(training)
    let isGain = options.contains("auc")
    let means = table.numbers("mean").map { isGain ? -$0 : $0 }
    #expect(means.count == (options.hasPrefix("--l1 ") ? 50 : options.contains("-ratio auto") ? 150 : 25))
    let chosen = table.index("chosen")
    #expect(chosen == table.index("minimum") && means[chosen] == means.min())
    #expect(table.index("one_standard_error") <= chosen)
    #expect(training.metrics["certified"] as? Bool == true)
    let folds = table.penalties[chosen]["fold_losses"] as? [Double] ?? []
    #expect(folds.count == 5)
    #expect((table.penalties[chosen]["fold_scores"] as? [Double])?.count == (isGain ? 5 : nil))
    // The penalty as it is told, by hand.
    let (l1, l2) = (table.numbers("l1")[chosen], table.numbers("l2")[chosen])
    let alone = Training("t.csv", "--l1 \(l1) --l2 \(l2) \(common)", in: folder)
    let gap = training.number("gap") + alone.number("gap")
    #expect(abs(alone.number("objective") - training.number("objective")) <= gap + 1e-12)
    #expect(training.outcome.errors.contains { $0.hasPrefix("best: --l") })
  }

  /// Three lines: what was measured, the best, and what the other rule would take.
  @Test func told() throws {
    let folder = folder()
    let options = "--l2 auto --ignore person --cv 4x2"
    let (minimum, simple) = (
      Training("t.csv", options, in: folder), Training("t.csv", options + " --choose one-se", in: folder)
    )
    let (best, simplest) = (Table(minimum), Table(simple))
    #expect(best.index("minimum") == simplest.index("minimum"))
    #expect(simplest.index("chosen") == simplest.index("one_standard_error"))
    #expect(simplest.index("chosen") < best.index("chosen"))
    let lines = [minimum, simple].map { training in
      Array(training.outcome.errors.drop { !$0.hasPrefix("cross-validation: 25") }.prefix(3))
    }
    #expect(lines[0][0] == "cross-validation: 25 penalties by 4 folds, dealt 2 times")
    #expect(lines[0][1].hasPrefix("best: --l2 \(best.numbers("l2")[best.index("chosen")]), "))
    #expect(
      lines[0][2].hasPrefix("within one standard error: --l2 ")
        && lines[0][2].hasSuffix("; --choose one-se takes it"))
    #expect(lines[1][1].hasSuffix("; --choose minimum takes it") && !lines[1][2].contains("--choose"))
    #expect(simple.number("penalty") != minimum.number("penalty"))
  }

  /// A group is held out as a whole: of each person's three rows the others would tell.
  @Test func groups() {
    let folder = folder()
    let training = Training("t.csv", "--l2 auto --cv-by person --metric accuracy", in: folder)
    #expect(training.outcome.code == 0, "\(training.outcome.errors)")
    #expect(training.number("features") == 4)
    #expect(training.outcome.errors.contains { $0.contains("5 folds of whole groups by 'person'") })
    let drawn = Training("t.csv", "--l2 auto --metric accuracy --ignore person", in: folder)
    #expect(losses(Table(training)) != losses(Table(drawn)))
    #expect(Table(training).object["by"] as? String == "person")
    // Held out for good they stay together too, by either option.
    let both = Training("t.csv", "--l2 auto --cv-by person --holdout 0.2", in: folder)
    let named = Training("t.csv", "--l2 auto --cv-by person --holdout 0.2 --holdout-by person", in: folder)
    #expect(both.outcome.code == 0 && both.number("test_rows").truncatingRemainder(dividingBy: 3) == 0)
    #expect(both.model == named.model || both.weights == named.weights)
  }

  /// Whose row it is must be known.
  @Test func groupsWithoutAName() {
    let folder = Folder()
    folder.write("t.csv", "person,x,y\na,1,0\n,2,1\nb,3,0\n")
    let outcome = Training("t.csv", "--l2 auto --cv-by person", in: folder).outcome
    let problem = "the group is empty; fill it in, remove the row, or say --missing drop"
    #expect(outcome.code == 65 && outcome.errors.last?.hasSuffix(problem) == true, "\(outcome.errors)")
  }

  /// One penalty is measured as it is; nothing of the model changes.
  @Test func measured() {
    let folder = folder()
    let training = Training("t.csv", "--ignore person --cv 3 --l2 0.01", in: folder)
    let plain = Training("t.csv", "--ignore person --l2 0.01", in: folder)
    let table = Table(training)
    #expect(table.penalties.count == 1 && table.numbers("l2") == [0.01])
    #expect(plain.metrics["cross_validation"] is NSNull)
    #expect(abs(plain.number("objective") - training.number("objective")) <= 2 * plain.number("gap") + 1e-9)
    #expect(training.outcome.errors.contains { $0.hasPrefix("cross-validation: mean loss ") })
  }

  /// The same bits on any number of threads.
  @Test func threads() {
    let folder = folder()
    let one = Training("t.csv", "--ignore person --l1 auto --threads 1", in: folder)
    let weights = one.weights
    let three = Training("t.csv", "--ignore person --l1 auto --threads 3", in: folder)
    #expect(three.weights == weights && !weights.isEmpty)
    #expect(Table(one).numbers("mean") == Table(three).numbers("mean"))
  }

  static let wrong: [(String, Int32, String)] = [
    ("--l2 auto --cv 1", 64, "--cv takes two folds or more, not 1"),
    ("--l2 auto --cv 5x0", 64, "--cv deals folds from 1 to 1000 times, not 0"),
    ("--l2 auto --cv 5x3x2", 64, "The value '5x3x2' is invalid for '--cv <folds>'"),
    ("--l2 maybe", 64, "The value 'maybe' is invalid for '--l2 <strength>'"),
    (
      "--l1 auto --l2 auto", 64,
      "--l1 auto and --l2 auto are a mixture, which --l1-ratio auto chooses: say that instead"
    ),
    ("--l1-ratio auto --l1 0.1", 64, "--l1-ratio chooses l1 and l2 together: leave --l1 out"),
    ("--l1-ratio 0.5 --l2 auto", 64, "--l1-ratio chooses l1 and l2 together: leave --l2 out"),
    ("--l1-ratio 0", 64, "--l1-ratio must be above 0 and up to 1, not 0.0; for 0 say --l2 auto"),
    ("--l1-ratio nan", 64, "--l1-ratio must be above 0 and up to 1, not nan"),
    ("--cv-by person", 64, "--cv-by is for folds; add --cv 5, or a penalty to choose, as --l2 auto"),
    ("--metric auc", 64, "--metric is for folds; add --cv 5, or a penalty to choose, as --l2 auto"),
    ("--cv 5 --choose one-se", 64, "--choose is for a penalty to choose; add --l2 auto"),
    ("--l2 auto --model network", 64, "--l2 auto is for linear models; leave it out"),
    ("--cv 3 --epochs 5", 64, "--cv is for solvers that see all rows; leave out what belongs to batches"),
    (
      "--l2 auto --cv-by person --holdout 0.2 --holdout-by a", 64,
      "--cv-by and --holdout-by name two columns: one tells which rows belong together"
    ),
    (
      "--l2 auto --checkpoint c", 64,
      "--checkpoint keeps one training, and folds are many; choose the penalty first, and train with it then"
    ),
    (
      "--l2 auto --start m.onnx", 64,
      "--start has no part in a training with a penalty to choose, which begins where the path of penalties was; leave it out"
    ),
    (
      "--l2 auto --cv-by nosuch", 65,
      "t.csv:1: there is no column 'nosuch' of groups; the columns are 'person', 'a', 'b', 'c', 'd' and 1 more"
    ),
    (
      "--l2 auto --cv-by person --cv 31", 65,
      "t.csv: 31 folds of 30 groups: each takes one at least; take 30 folds or fewer"
    ),
    (
      "--l2 auto --ignore person --cv 50", 65,
      "t.csv: the class 'no' has 37 rows, and each of the 50 folds is to hold one; take 37 folds or fewer, or leave it out"
    ),
    (
      "--l2 auto --ignore person --cv 91", 65,
      "t.csv: 91 folds of 90 rows that count: each takes one at least; give more rows, or take 90 folds or fewer"
    ),
    (
      "--l2 auto --ignore person --metric rmse", 65,
      "t.csv: the metric 'rmse' is told of numbers, and the targets are 2 classes"
    ),
    (
      "--l2 auto --ignore person --time-limit 1e-9", 75,
      "t.csv: the time limit came before a penalty was chosen; no model was written; give it more time, or fewer --cv folds"
    ),
  ]

  @Test(arguments: wrong) func refusals(_ options: String, _ code: Int32, _ message: String) {
    let folder = folder()
    let outcome = Tool.run(
      ["train", "t.csv", "--quiet"] + options.split(separator: " ").map(String.init), in: folder)
    let line = outcome.errors.joined(separator: " ").replacing("; see 'descent train --help'", with: "")
    #expect(line == "descent: \(message)")
    #expect(outcome.code == code && folder.names == ["t.csv"])
  }

  /// What the messages advise goes through.
  @Test func remedies() {
    let folder = folder()
    folder.write("constant.csv", "a,y\n1,2.5\n2,2.5\n3,2.5\n4,2.5\n5,2.5\n")
    for options in [
      "--l2 auto --cv-by person --cv 30", "--l2 auto --ignore person --cv 37",
      "--l1-ratio auto --ignore person",
    ] {
      #expect(Training("t.csv", options, in: folder).outcome.code == 0)
    }
    for options in ["--l2 auto", "--l1 auto", "--l1-ratio auto"] {
      let outcome = Tool.run(
        ["train", "constant.csv", "--loss", "squared"] + options.split(separator: " ").map(String.init),
        in: folder)
      #expect(outcome.code == 65 && outcome.errors.last?.contains("the same number in all rows") == true)
    }
  }
}
