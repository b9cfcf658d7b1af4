import Foundation
import Testing

@Suite("How the targets were read is said, and what is hardly meant is refused")
struct TargetTests {
  private static let cases = Tool.root + "/Tests/References/tables"

  private func train(_ text: String, _ options: String = "", file: String = "d.csv") -> Tool.Outcome {
    let folder = Folder()
    folder.write(file, text)
    return Tool.run(["train", file, "-o", "m"] + options.split(separator: " ").map(String.init), in: folder)
  }

  private func rows(_ count: Int, _ row: (Int) -> String) -> String {
    (0..<count).map { row($0) + "\n" }.joined()
  }

  @Test func aLineTellsIt() {
    let numbers = "some with fractions, read as such; --loss softmax for classes"
    let cases: [(String, String, String)] = [
      ("a,k\n1,x\n2,y\n3,x\n", "", "column 2 'k' (the last): 2 names, read as classes"),
      ("1,x\n2,y\n3,x\n", "", "column 2 (the last): 2 names, read as classes"),
      ("k,a\nx,1\ny,2\n", "--label k", "column 1 'k': 2 names, read as classes"),
      ("x,1\ny,2\n", "--label 1", "column 1: 2 names, read as classes"),
      (
        "a,k\n1,7\n2,8\n3,8\n", "",
        "column 2 'k' (the last): 2 whole numbers, read as classes; --loss squared for a number"
      ),
      (
        "a,k\n1,1.0\n2,2.0\n3,1.0\n", "",
        "column 2 'k' (the last): 2 whole numbers, read as classes; --loss squared for a number"
      ),
      (
        "a,k\n1,7\n2,8\n3,8\n", "--loss hinge",
        "column 2 'k' (the last): 2 whole numbers, read as classes, as --loss hinge asks"
      ),
      ("a,k\n1,7\n2,8\n3,9\n", "--loss squared", "column 2 'k' (the last): numbers, as --loss squared asks"),
      ("a,k\n1,7.5\n2,8\n3,9\n", "", "column 2 'k' (the last): numbers, \(numbers)"),
      (
        "a,k\n1,7.5\n2,8\n3,9\n", "--loss softmax",
        "column 2 'k' (the last): 3 numbers, read as classes, as --loss softmax asks"
      ),
    ]
    for (text, options, words) in cases {
      let outcome = train(text, options)
      #expect(outcome.code == 0, "\(outcome.errors)")
      #expect(outcome.errors.contains("target: " + words), "\(outcome.errors)")
    }
    #expect(train("a,k\n1,x\n2,y\n3,x\n", "--quiet").errors == [])
  }

  @Test func whereThereIsNoColumn() {
    let words = "2 whole numbers, read as classes; --loss squared for a number"
    let sparse = train("1 1:2\n2 1:3\n", file: "d.svm")
    #expect(sparse.errors.contains("target: the labels of the rows: " + words))
    let folder = Folder()
    folder.write("x.npy", Samples.npy("|u1", "(4, 1)", [0, 1, 2, 3]))
    folder.write("y.csv", "4\n4\n5\n4\n")
    let array = Tool.run(["train", "x.npy", "--labels", "y.csv", "-o", "m"], in: folder)
    #expect(array.errors.contains("target: the labels of 'y.csv': " + words))
    Samples.database("create table t(a, k); insert into t values (1, 'x'), (2, null), (3, 'y')", in: folder)
    let query = ["train", "--sqlite", "d.db", "--query", "select a, k from t", "-o", "n"]
    #expect(
      Tool.run(query, in: folder).errors == [
        "descent: d.db: row 2 of the query: column 2 'k': the label is empty; "
          + "fill it in, remove the row, or say --missing drop"
      ])
    let dropped = Tool.run(query + ["--missing", "drop"], in: folder)
    #expect(dropped.errors.contains("target: column 2 'k' (the last): 2 names, read as classes"))
  }

  /// What is refused names ways out, and each is one.
  @Test func whatIsHardlyMeantIsRefused() {
    let cases: [(String, String, [String])] = [
      (
        rows(40) { "\($0 * 7 % 11).5,\(1000 + $0 * 13)" },
        "column 2 (the last) holds 40 different numbers in 40 rows, more than classes would; say --loss squared to fit numbers, or --loss softmax for classes",
        ["--loss squared", "--loss softmax"]
      ),
      (
        "a,id\n" + rows(40) { "\($0 % 7).5,n\($0)" },
        "column 2 'id' (the last) holds 40 different names in 40 rows, more than classes would; name the column of the targets with --label, or say --loss softmax for classes",
        ["--loss softmax"]
      ),
      (
        "a,k\n" + rows(30) { "\($0 % 7).5,\($0 == 9 ? "unknown" : "\($0).5")" },
        "column 2 'k' (the last) holds 30 different names in 30 rows, 29 of them numbers and others not, such as 'unknown', more than classes would; say --loss squared to fit numbers, which tells what to mend, or --loss softmax for classes",
        ["--loss softmax"]
      ),
      (
        "kind,a,b\n" + rows(40) { "\($0 % 3),\($0 % 7),\($0 * 13)" },
        "column 3 'b' (the last) holds 40 different numbers in 40 rows, more than classes would; say --loss squared to fit numbers, or --loss softmax for classes; column 1 'kind' holds 3 whole numbers only: if that is the target, say --label kind",
        ["--loss squared", "--loss softmax", "--label 1"]
      ),
    ]
    for (text, words, ways) in cases {
      for command in ["", "--holdout 0.2"] {
        let refused = train(text, command)
        #expect(refused.errors == ["descent: d.csv: " + words])
        #expect(refused.code == 65)
      }
      for way in ways { #expect(train(text, way).code == 0, "\(way)") }
    }
    let text = "a,k\n" + rows(30) { "\($0 % 7).5,\($0 == 9 ? "unknown" : "\($0).5")" }
    #expect(train(text, "--loss squared").errors.first?.hasPrefix("descent: d.csv:11: column 2 'k'") == true)
    let folder = Folder()
    folder.write("d.csv", cases[0].0)
    #expect(Tool.run(["check", "d.csv"], in: folder).errors == ["descent: d.csv: " + cases[0].1])
  }

  @Test func aColumnThatMayBeMeantIsNamed() {
    let few = rows(12) { "\($0 % 2),\($0 * 7 % 5).5,\($0 * 3 % 7).25" }
    let behind = rows(12) { "k\($0),\($0 % 2),\($0 * 7 % 5).5,\($0 * 3 % 7).25" }
    let last = "and the last is the target here; for the other say --label"
    let cases: [(String, String, String?)] = [
      ("class,a,b\n" + few, "", "note: column 1 is named 'class', \(last) class"),
      ("a,Target,b\n" + few, "", "note: column 2 is named 'Target', \(last) Target"),
      ("y,a,b\n" + few, "--loss squared", "note: column 1 is named 'y', \(last) y"),
      ("kind,a,b\n" + few, "", "note: column 1 'kind' holds 2 whole numbers only, \(last) kind"),
      // Columns that are no features stand before it.
      (
        "id,is it,a,b\n" + behind, "--ignore id",
        "note: column 2 'is it' holds 2 whole numbers only, \(last) 'is it'"
      ),
      (behind, "--id 1", "note: column 2 holds 2 whole numbers only, \(last) 2"),
      ("id,a,class,b\n" + behind, "--id id", "note: column 3 is named 'class', \(last) class"),
      (few, "", "note: column 1 holds 2 whole numbers only, \(last) 1"),
      ("kind,a,b\n" + few, "--loss squared", nil), ("kind,a,b\n" + few, "--label b", nil),
      ("class,a,label\n" + few, "--loss squared", nil), ("x,y,k\n" + few, "--loss squared", nil),
      ("class,a,b\n" + few, "--label b", nil),
    ]
    for (text, options, note) in cases {
      let outcome = train(text, options)
      #expect(outcome.code == 0, "\(outcome.errors)")
      #expect(outcome.errors.first { $0.hasPrefix("note") } == note, "\(options) \(outcome.errors)")
    }
    let spelt = train("a,k\n1,1\n2,1.0\n3,2\n4,1\n")
    #expect(
      spelt.errors.contains(
        "note: '1' and '1.0' are two classes here, and one number; spell them alike if they are one class"))
    let constant = train("class,a,b\na,1,0\nb,2,0\n", "--categorical class")
    #expect(
      constant.errors == [
        "descent: d.csv: all rows are of one class, '0': a classifier needs two or more; "
          + "if the last column is not the target, name that with --label"
      ])
  }

  @Test func aHoldOutThatLeavesNothingTellsWhatDoes() {
    let rows = rows(8) { "\($0),\($0 % 2)" }
    let refused = train(rows, "--holdout 0.1")
    #expect(refused.errors.last?.hasSuffix("; choose a fraction of at least 0.13") == true)
    #expect(train(rows, "--holdout 0.13").code == 0)
    #expect(train(rows, "--holdout 0.9").errors.last?.hasSuffix("; choose a smaller fraction") == true)
  }

  /// The tables that were misread.
  @Test func tablesOfOthers() {
    func run(_ file: String, _ options: String = "") -> Tool.Outcome {
      Tool.run(
        ["train", "\(Self.cases)/\(file)", "-o", "m"] + options.split(separator: " ").map(String.init),
        in: Folder())
    }
    #expect(run("integer-prices.csv").code == 65)
    #expect(run("integer-prices.csv", "--loss squared --holdout 0.2").code == 0)
    #expect(
      run("na-target.csv").errors == [
        "descent: \(Self.cases)/na-target.csv:5: column 4 'y': the label 'NA' is a missing value; "
          + "fill it in, remove the row, or say --missing drop; a class of this name needs another"
      ])
    #expect(run("na-target.csv", "--missing drop").errors.contains("29 rows, 3 features, numbers to fit"))
    #expect(run("na-label.csv").code == 65)
    #expect(run("na-label.csv", "--missing drop").errors.contains("34 rows, 2 features, 2 classes"))
    let told = "the first row is read as the columns' names; if it is data, say --header no"
    for (file, options, size) in [
      ("numbers-as-header.csv", "", "30 rows, 3 features, numbers to fit"),
      ("header-all-text.csv", "--categorical 2,3,4 --label 1", "60 rows, 12 features, 2 classes"),
      ("header-all-text.csv", "--categorical 1,2,3", "60 rows, 10 features, 4 classes"),
    ] {
      let outcome = run(file, options)
      #expect(outcome.errors.contains(size), "\(outcome.errors)")
      #expect(outcome.errors.first == "note: \(Self.cases)/\(file): \(told)")
    }
    #expect(run("no-header-text-in-first-row.csv").code == 65)
    #expect(
      run("no-header-text-in-first-row.csv", "--missing mean").errors.contains(
        "31 rows, 3 features, 2 classes"))
  }
}
