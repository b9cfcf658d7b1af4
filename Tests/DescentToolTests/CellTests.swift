import Foundation
import Testing

/// What cells mean, from the file to the answers.
@Suite struct CellTests {
  private static let customers = """
    age,member,spent,k
    31,True,-999,a
    ,False,20,b
    25,True,35,a
    47,False,?,b
    NA,True,31,a
    52,False,18,b

    """

  /// Trains, and answers from a file, from a pipe and from a database alike.
  @Test(arguments: ["mean", "median", "indicator"]) func areFilledAlike(_ way: String) throws {
    let folder = Folder()
    folder.write("c.csv", Self.customers)
    let trained = Tool.run(
      ["train", "c.csv", "--missing", way, "--missing-values", "-999,?", "-o", "m"], in: folder)
    #expect(trained.code == 0, "\(trained.errors)")
    let word = way == "median" ? "median" : "mean"
    #expect(trained.errors.first == "note: c.csv: 4 missing cells filled in by the column's \(word)")
    #expect(trained.errors.contains("6 rows, \(way == "indicator" ? 5 : 3) features, 2 classes"))
    let answers = Tool.run(["predict", "m", "c.csv", "--probabilities"], in: folder)
    #expect(answers.code == 0 && answers.lines.count == 7)
    #expect(
      Tool.run(["predict", "m", "-", "--probabilities"], in: folder, input: Self.customers).output
        == answers.output)
    Samples.database(
      """
      create table t(age, member, spent, k);
      insert into t values (31, 'True', null, 'a'), (null, 'False', 20, 'b'), (25, 1, 35, 'a'),
        (47, 'false', null, 'b'), (null, 'TRUE', 31, 'a'), (52, 0, 18, 'b');
      """, in: folder)
    let query = ["--sqlite", "d.db", "--query", "select age, member, spent, k from t"]
    #expect(Tool.run(["predict", "m", "--probabilities"] + query, in: folder).output == answers.output)
    let evaluated = Tool.run(["evaluate", "m", "c.csv"], in: folder)
    #expect(evaluated.code == 0 && evaluated.measured("rows") == "6")
    #expect(Tool.run(["evaluate", "m", "c.csv", "--missing", way], in: folder).output == evaluated.output)
    let other = way == "median" ? "mean" : "median"
    let refused = Tool.run(["evaluate", "m", "c.csv", "--missing", other], in: folder)
    #expect(refused.code == 64)
    #expect(
      refused.errors == ["descent: m: the model was trained with --missing \(way); leave --missing out"])
  }

  @Test func wordsAreConvertedToNumbers() {
    let folder = Folder()
    folder.write("c.csv", "member,k\nyes,a\nno,b\n1,a\n")
    let converted = Tool.run(["convert", "c.csv", "-", "--output-format", "csv", "--quiet"], in: folder)
    #expect(converted.output == "member,k\n1,a\n0,b\n1,a\n")
  }

  @Test func wordsThatSpellNothingAreRefused() {
    let folder = Folder()
    folder.write("c.csv", Self.customers)
    for words in ["", "a,,b", "a,a"] {
      #expect(Tool.run(["train", "c.csv", "--missing-values", words], in: folder).code == 64)
    }
    #expect(
      Tool.run(["train", Tool.digits, "--missing-values", "x", "--format", "libsvm"], in: folder).code == 64)
  }

  /// The command that is proposed for dates makes a table that trains.
  @Test(
    .enabled(if: FileManager.default.isExecutableFile(atPath: "/usr/bin/sqlite3")), arguments: [",", ";"])
  func datesAreCountedByTheCommandThatIsProposed(_ delimiter: String) throws {
    let folder = Folder()
    let text = "last visit,spent,k\n2020-01-03,5,a\n2020-02-03 12:00,7,b\n2021-02-03T01:00:00,9,b\n"
    folder.write("visits.csv", text.replacing(",", with: delimiter))
    let delimiting = delimiter == "," ? [] : ["--delimiter", delimiter]
    let refused = Tool.run(["train", "visits.csv"] + delimiting, in: folder)
    #expect(refused.code == 65)
    let command = try #require(refused.errors.joined().split(separator: "count days: ").last)
    let shell = Process()
    shell.executableURL = URL(fileURLWithPath: "/bin/sh")
    (shell.arguments, shell.currentDirectoryURL) = (
      ["-c", String(command)], URL(fileURLWithPath: folder.path)
    )
    try shell.run()
    shell.waitUntilExit()
    #expect(shell.terminationStatus == 0)
    #expect(
      folder.text("days.csv").replacing("\r\n", with: "\n").replacing(delimiter, with: ",").hasSuffix(
        "2458851.5,5,a\n2458883.0,7,b\n2459248.54166667,9,b\n"))
    #expect(Tool.run(["train", "days.csv", "-o", "m"] + delimiting, in: folder).code == 0)
  }
}
