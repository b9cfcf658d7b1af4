import Foundation
import Testing

@Suite("Counts, by the Poisson loss")
struct CountTests {
  /// Counts that grow with x and with the years that they come from.
  private static let table =
    "x,years,claims\n"
    + (0..<60).map { i in
      let years = Double(i % 3 + 1) / 2
      let mean = years * exp(0.1 * Double(i % 20) - 0.5)
      return "\(i % 20),\(years),\(Int(mean + (i % 7 == 0 ? 1.4 : 0.3)))\n"
    }.joined()

  private static func folder(_ options: [String] = ["--exposure", "years"]) throws -> Folder {
    let folder = Folder()
    folder.write("c.csv", table)
    let trained = Tool.run(["train", "c.csv", "--loss", "poisson", "-o", "m.onnx"] + options, in: folder)
    try #require(trained.code == 0, "\(trained.errors)")
    #expect(trained.errors.contains { $0.hasPrefix("proved within") })
    return folder
  }

  @Test("predictions are means, times the exposure; scores their logarithms")
  func predictions() throws {
    let folder = try Self.folder()
    let means = Tool.run(["predict", "m.onnx", "c.csv"], in: folder).lines
    let scores = Tool.run(["predict", "m.onnx", "c.csv", "--scores"], in: folder).lines
    #expect(means[0] == "claims")
    let pairs = zip(means.dropFirst(), scores.dropFirst()).map { (Double($0)!, Double($1)!) }
    #expect(pairs.count == 60 && pairs.allSatisfy { abs($0 - exp($1)) <= 1e-5 * $0 })
    // Rows 0 and 20 are alike but for the years: 0.5 and 1.5.
    #expect(abs(pairs[20].0 / pairs[0].0 - 3) < 1e-5)
    let counts = Self.table.split(separator: "\n").dropFirst().map { Double($0.split(separator: ",")[2])! }
    #expect(abs(pairs.reduce(0) { $0 + $1.0 } - counts.reduce(0, +)) < 0.01)
  }

  @Test("evaluate tells the deviance and D² beside the baseline's")
  func evaluation() throws {
    let folder = try Self.folder()
    let outcome = Tool.run(["evaluate", "m.onnx", "c.csv", "--json"], in: folder)
    let object = try #require(try JSONSerialization.jsonObject(with: Data(outcome.bytes)) as? [String: Any])
    let (deviance, loss) = (object["poisson_deviance"] as? Double, object["loss"] as? Double)
    #expect(abs(deviance! - 2 * loss!) < 1e-12)
    let baseline = try #require((object["baseline"] as? [String: Any])?["poisson_deviance"] as? Double)
    #expect(abs((object["d2"] as? Double)! - (1 - deviance! / baseline)) < 1e-12)
    let text = Tool.run(["evaluate", "m.onnx", "c.csv"], in: folder).output
    #expect(text.contains("Poisson deviance") && text.contains("D²"))
  }

  @Test("a count below 0 is refused wherever a model is measured")
  func negativeCounts() throws {
    let folder = try Self.folder([])
    folder.write("bad.csv", "x,years,claims\n1,1,2\n2,1,-3\n")
    for command in [
      "evaluate m.onnx bad.csv", "report m.onnx bad.csv -o r.html", "compare m.onnx m.onnx bad.csv",
    ] {
      let outcome = Tool.run(command.split(separator: " ").map(String.init), in: folder)
      #expect(outcome.code == 65, "\(command): \(outcome.errors)")
      #expect(
        outcome.errors.contains { $0.hasPrefix("descent: bad.csv:3: column 3 'claims'") }, "\(outcome.errors)"
      )
    }
    #expect(!folder.names.contains("r.html"))
  }

  @Test("errors beyond all numbers have no interval")
  func noInterval() {
    let folder = Folder()
    folder.write("t.csv", "x,y\n1,1.5\n2,2.5\n3,3.25\n4,4.5\n")
    folder.write("huge.csv", "x,y\n1,-1.7e308\n2,1.7e308\n3,1.7e308\n")
    #expect(Tool.run(["train", "t.csv", "--loss", "squared", "-o", "m", "--quiet"], in: folder).code == 0)
    for words in [["evaluate", "m", "huge.csv", "--bootstrap", "20"], ["compare", "m", "m", "huge.csv"]] {
      #expect(Tool.run(words, in: folder).code == 0)
    }
  }

  @Test("networks learn counts too, and check looks at them")
  func others() throws {
    let folder = try Self.folder()
    let network = Tool.run(
      [
        "train", "c.csv", "--loss", "poisson", "--model", "network", "--hidden", "4", "--epochs", "20", "-o",
        "n",
      ],
      in: folder)
    #expect(network.code == 0, "\(network.errors)")
    #expect(Tool.run(["predict", "n", "c.csv"], in: folder).lines.dropFirst().allSatisfy { Double($0)! > 0 })
    let check = Tool.run(["check", "c.csv", "--loss", "poisson", "--exposure", "years"], in: folder)
    #expect(check.code == 0 && check.output.contains("gradient"), "\(check.errors)")
  }

  static let bad: [(table: String, options: String, message: String)] = [
    (
      "x,n\n1,2\n2,-1\n", "",
      "c.csv:3: column 2 'n': the target is -1.0, and counts are not below 0; remove the row, or choose another --loss"
    ),
    (
      "x,n\n1,0\n2,0\n", "",
      "c.csv: the targets are all 0, and the loss 'poisson' has no minimum: the best mean would be 0, whose logarithm "
        + "is no number"
    ),
    (
      "x,o,n\n1,0,2\n2,900,3\n", "--offset o",
      "c.csv: row 1 has an offset of 900.0, whose exponential is beyond all numbers; subtract "
        + "the same number from all offsets"
    ),
  ]

  @Test("what are no counts is refused, with its place", arguments: bad)
  func refusals(table: String, options: String, message: String) {
    let folder = Folder()
    folder.write("c.csv", table)
    let outcome = Tool.run(
      ["train", "c.csv", "--loss", "poisson", "--quiet"] + options.split(separator: " ").map(String.init),
      in: folder)
    #expect(outcome.errors == ["descent: \(message)"] && outcome.code == 65)
    #expect(folder.names == ["c.csv"])
  }
}
