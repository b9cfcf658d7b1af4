import Foundation
import Testing

@Suite("descent path, and starts of trainings")
struct PathToolTests {
  private struct File: Decodable {
    struct Point: Decodable {
      let l1, l2, loss: Double
      let certified: Bool
      let nonzeros: Int
      let held_out_loss: Double?
    }
    let points: [Point]
  }

  private func points(_ folder: Folder, _ name: String) throws -> [File.Point] {
    try JSONDecoder().decode(File.self, from: Data(folder.read(name))).points
  }

  private func run(_ command: String, in folder: Folder) -> Tool.Outcome {
    Tool.run(command.split(separator: " ").map(String.init), in: folder)
  }

  /// What the table holds is what the JSON does; a point is what train finds; weights come as the penalty falls.
  @Test func path() throws {
    let folder = Folder()
    let words = "path \(Tool.digits) --holdout 0.2 --points 6 --smallest 0.01 --quiet"
    #expect(run("\(words) -o p.json --picture p.svg", in: folder).code == 0)
    #expect(run("\(words) -o p.csv --picture p.png", in: folder).code == 0)
    let points = try points(folder, "p.json")
    #expect(points.count == 6 && points.allSatisfy(\.certified))
    #expect(points[0].nonzeros == 0 && points[5].nonzeros > 50)
    #expect(abs(points[5].l1 / points[0].l1 - 0.01) < 1e-12)
    let lines = String(decoding: folder.read("p.csv"), as: UTF8.self).split(separator: "\n")
    #expect(lines.count == 7)
    #expect(lines[6].hasPrefix("\(points[5].l1),"))
    #expect(lines[6].split(separator: ",", omittingEmptySubsequences: false).count == 10 + 10 * 65)
    #expect(String(decoding: folder.read("p.svg"), as: UTF8.self).contains("<polyline"))
    #expect(folder.read("p.png").starts(with: [0x89, 0x50]))
    let training =
      "train \(Tool.digits) --holdout 0.2 --l1 \(points[3].l1) --quiet -o m.onnx --metrics m.json"
    #expect(run(training, in: folder).code == 0)
    let metrics = try #require(
      try JSONSerialization.jsonObject(with: Data(folder.read("m.json"))) as? [String: Any])
    #expect(abs(try #require(metrics["loss"] as? Double) - points[3].loss) < 1e-3 * points[3].loss)
  }

  /// Points that a file holds are kept; a path of other data or options is refused with what differs.
  @Test func resumed() throws {
    let folder = Folder()
    folder.write("line.csv", Samples.line)
    let words = "path line.csv --smallest 0.1 -o p.json"
    #expect(run("\(words) --points 5 --quiet", in: folder).code == 0)
    let whole = folder.read("p.json")
    let expected = try points(folder, "p.json").map(\.l1)
    #expect(expected.count == 5)
    // As if it had been stopped after two points.
    var object = try #require(try JSONSerialization.jsonObject(with: Data(whole)) as? [String: Any])
    object["points"] = Array(try #require(object["points"] as? [Any]).prefix(2))
    let part = try JSONSerialization.data(withJSONObject: object)
    folder.write("p.json", Array(part))
    let outcome = run("\(words) --points 5 --resume", in: folder)
    #expect(outcome.code == 0)
    #expect(outcome.errors.contains("p.json: 2 of 5 points are kept"))
    #expect(try points(folder, "p.json").map(\.l1) == expected)
    for (options, words) in [
      ("--points 6", "points is 5 there and 6 here"), ("--points 5 --scaling none", "scaling is "),
      ("--points 5 --along l2", "along is l1 there and l2 here"),
    ] {
      let outcome = run("\("path line.csv --smallest 0.1 -o p.json") \(options) --resume", in: folder)
      #expect(outcome.code == 65 && outcome.errors.contains { $0.contains(words) }, "\(outcome.errors)")
    }
    folder.write("p.json", "{}")
    #expect(run("\(words) --points 5 --resume --force", in: folder).code == 65)
    #expect(folder.read("p.json") == Array("{}".utf8))
  }

  /// The hinge has no curvature to find the best biases by.
  @Test(arguments: [
    "path points.csv --points 3 -o p.json", "path points.csv --along l2 --points 3 -o p.json",
    "train points.csv --l2 auto --cv 3 -o m", "train points.csv --l1 auto --cv 3 -o m",
    "train points.csv --cv 3 -o m",
  ])
  func hinges(_ command: String) {
    for loss in ["hinge", "squared-hinge"] {
      let folder = Folder()
      folder.write("points.csv", Samples.points)
      let outcome = run("\(command) --loss \(loss) --quiet", in: folder)
      #expect(outcome.code == 0, "\(outcome.errors)")
    }
  }

  /// Regressions too have a penalty in each of a path's models, which Float serves unless it is to prove too much.
  @Test(arguments: [("", false), ("--tolerance 1e-9", true)])
  func precision(_ more: String, _ isDouble: Bool) throws {
    let folder = Folder()
    folder.write("p.csv", "x,y\n" + (0..<20).map { "\($0 % 5),\($0 % 7)\n" }.joined())
    let outcome = run("path p.csv --loss squared --points 4 -o p.json \(more)", in: folder)
    #expect(outcome.code == 0)
    #expect(outcome.errors.contains { $0.hasPrefix("precision double") } == isDouble, "\(outcome.errors)")
    #expect(try points(folder, "p.json").allSatisfy(\.certified))
  }

  /// A row held out whose loss is beyond all numbers: null in the file, which can be gone on from, and left out of the picture.
  @Test func aLossBeyondAllNumbers() throws {
    let folder = Folder()
    folder.write("p.csv", "x,y\n" + (0..<20).map { "\($0 % 5),\($0 % 7)\n" }.joined())
    folder.write("far.csv", "x,y\n100000,1\n")
    let words = "path p.csv --loss poisson --points 4 --test far.csv -o p.json --picture p.svg"
    #expect(run("\(words) --quiet", in: folder).code == 0)
    #expect(run("\(words) --quiet --resume", in: folder).code == 0)
    #expect(!folder.text("p.json").contains("\"inf\""))
  }

  @Test(arguments: [
    ("path line.csv -o p.json --l1 0.1", 64, "--l1 is what the path goes along"),
    ("path line.csv -o p.json --along l2 --l2 0.1", 64, "--l2 is what the path goes along"),
    ("path line.csv -o p.json --model network", 64, "a path is one of linear models"),
    ("path line.csv -o p.txt", 64, "must end in .json or .csv"),
    ("path flat.csv -o p.json", 65, "flat.csv: the target is the same number in all rows"),
    ("path line.csv -o p.json --smallest 2", 64, "--smallest must be a share between 0 and 1"),
    ("train line.csv --start m", 65, "m: the model to go on from takes 2 features, and the data have 1"),
    ("train four.csv --start m", 65, "m: the model to go on from tells the classes 'a', 'b', 'c'"),
    ("train points.csv --start m --loss logistic", 65, "learns from labels of two classes"),
    ("train points.csv --start m --model network", 65, "the model to go on from is linear"),
    ("train points.csv --start nothing", 66, "nothing"),
  ]) func refused(_ command: String, _ code: Int32, _ words: String) {
    let folder = Folder()
    folder.write("points.csv", Samples.points)
    folder.write("line.csv", Samples.line)
    folder.write("flat.csv", "x,y\n1,0.5\n2,0.5\n4,0.5\n")
    folder.write("four.csv", Samples.points + "9,9,d\n8,9,d\n")
    #expect(run("train points.csv -o m --quiet", in: folder).code == 0)
    let names = folder.names
    let outcome = run(command, in: folder)
    #expect(outcome.code == code, "\(outcome.errors)")
    #expect(outcome.errors.contains { $0.contains(words) }, "\(outcome.errors)")
    #expect(folder.names == names)
  }

  /// From its own model a training has next to nothing to do.
  @Test func start() throws {
    let folder = Folder()
    folder.write("points.csv", Samples.points)
    #expect(run("train points.csv -o m --quiet --metrics a.json", in: folder).code == 0)
    #expect(run("train points.csv -o n --start m --quiet --metrics b.json", in: folder).code == 0)
    func passes(_ name: String) throws -> Double {
      let object = try JSONSerialization.jsonObject(with: Data(folder.read(name))) as? [String: Any]
      return try #require((object?["passes"] as? NSNumber)?.doubleValue)
    }
    #expect(try passes("b.json") < passes("a.json"))
  }
}
