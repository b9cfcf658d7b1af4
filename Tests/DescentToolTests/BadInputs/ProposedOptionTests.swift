import Testing

@Suite("No command proposes an option that it refuses")
struct ProposedOptionTests {
  private static let rows = (0..<12).map { "\($0 * 5 % 7),\($0 * 3 % 5),\($0 % 2)\n" }.joined()
  private static let good = "a,b,y\n" + rows

  private static let tables = [
    "a,b,y\n1,x,0\n" + rows, "a,b,y\n1,2020-01-03,0\n" + rows, "a,b,y\n1,,0\n" + rows,
    "a,b,y\n1,true,0\n" + rows,
    "a;b;y\n1,5;2;0\n2;3;1\n", "a,b,y\n1,1;2,0\n" + rows, "a,b,y\n\"1,234\",2,0\n" + rows,
    "a,b,y\n1,2,\n" + rows,
    "a,c,y\n1,2,0\n",
  ]

  private static let commands = [
    "check DATA", "evaluate m DATA", "predict m DATA", "compare m m DATA", "report m DATA -o r.html --force",
    "convert DATA c.csv --force", "convert DATA c.csv --force --no-labels",
  ]

  /// What may stand behind an option where a message gives none.
  private static let values = [
    "--label": "y", "--ignore": "b", "--categorical": "b", "--missing": "drop", "--delimiter": ",",
    "--decimal": ".",
    "--thousands": "space", "--header": "yes", "--id": "a",
  ]

  @Test(arguments: commands) func takesWhatItProposes(_ command: String) throws {
    let folder = Folder()
    folder.write("good.csv", Self.good)
    #expect(Tool.run(["train", "good.csv", "-o", "m", "--quiet"], in: folder).code == 0)
    func run(_ data: String, _ more: [String] = []) -> Tool.Outcome {
      let words = command.split(separator: " ").map { $0 == "DATA" ? data : String($0) }
      return Tool.run(words + more, in: folder)
    }
    #expect(run("good.csv").code == 0)
    for (number, table) in Self.tables.enumerated() {
      folder.write("bad\(number).csv", table)
      let outcome = run("bad\(number).csv")
      guard outcome.code == 65, let message = outcome.errors.last else { continue }
      // What another command is to be told is its matter.
      let words = message.replacing("train with --missing mean", with: "").split { " ;,".contains($0) }
      for (place, word) in words.enumerated() where word.hasPrefix("--") {
        var value = Self.values[String(word)] ?? ""
        if word == "--missing", place + 1 < words.count { value = String(words[place + 1]) }
        let taken = run("good.csv", [String(word), value])
        #expect(taken.code != 64, "\(message) \(taken.errors)")
      }
    }
  }
}
