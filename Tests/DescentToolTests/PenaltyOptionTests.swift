import Foundation
import Testing

@Suite("Penalties on single columns")
struct PenaltyOptionTests {
  /// y falls with dose, rises with age, and goes by colour.
  private static let rows = (0..<60).map { i -> (age: Double, dose: Double, colour: Int, y: Double) in
    let (age, dose, colour) = (Double(20 + i * 7 % 31), Double(i * 5 % 13) / 2, i * 11 % 3)
    return (age, dose, colour, 0.1 * age - 0.5 * dose + Double(colour) + Double(i * 17 % 7) / 10)
  }
  private static let table =
    "age,dose,colour,y\n"
    + rows.map { "\($0.age),\($0.dose),\(["red", "green", "blue"][$0.colour]),\($0.y)\n" }.joined()

  /// The slope of y by age alone: least squares in closed form.
  private static let slope: Double = {
    let (age, y) = (rows.map(\.age).reduce(0, +) / 60, rows.map(\.y).reduce(0, +) / 60)
    let (product, square) = rows.reduce((0.0, 0.0)) {
      ($0.0 + ($1.age - age) * ($1.y - y), $0.1 + ($1.age - age) * ($1.age - age))
    }
    return product / square
  }()

  private static func train(_ options: String, in folder: Folder = folder()) -> Tool.Outcome {
    Tool.run(
      ["train", "t.csv", "--categorical", "colour", "--loss", "squared", "-o", "m.onnx", "--force"]
        + options.split(separator: " ").map(String.init), in: folder)
  }

  private static func folder() -> Folder {
    let folder = Folder()
    folder.write("t.csv", table)
    return folder
  }

  /// The weights by the names of the features, of a regression.
  private static func weights(in folder: Folder) throws -> [String: Double] {
    let text = Tool.run(["export", "m.onnx", "-o", "w.csv", "--part", "weights", "--force"], in: folder)
    try #require(text.code == 0, "\(text.errors)")
    let lines = String(decoding: folder.read("w.csv"), as: UTF8.self).split(separator: "\n").map {
      $0.split(separator: ",").map(String.init)
    }
    let numbers = try #require(lines.last).suffix(5).map { Double($0) ?? .nan }
    return Dictionary(
      uniqueKeysWithValues: zip(["age", "dose", "colour=blue", "colour=green", "colour=red"], numbers))
  }

  @Test("bounds hold, are proved and are remembered")
  func bounds() throws {
    let folder = Self.folder()
    let outcome = Self.train("--bounds dose:0:,age:-1:0.05,colour:-0.25:0.25", in: folder)
    #expect(
      outcome.code == 0 && outcome.errors.contains { $0.contains("proved within") }, "\(outcome.errors)")
    let weights = try Self.weights(in: folder)
    #expect(weights["dose"] == 0 && weights["age"]! <= 0.05 && weights["age"]! > 0.0499)
    #expect(weights.filter { $0.key.hasPrefix("colour") }.allSatisfy { abs($0.value) <= 0.25 })
    let inspected = Tool.run(["inspect", "m.onnx"], in: folder)
    #expect(
      inspected.lines.contains { $0.contains("age:-1:0.05,colour:-0.25:0.25,dose:0:") }, "\(inspected.lines)")
  }

  @Test("a factor of 0 leaves a column unpenalised, inf keeps it out, and others weigh more")
  func factors() throws {
    let folder = Self.folder()
    #expect(Self.train("--l2 0 --l1 0.4 --penalty-factor age=0,dose=inf,colour=3", in: folder).code == 0)
    let weights = try Self.weights(in: folder)
    #expect(abs(weights["age"]! - Self.slope) < 1e-4 && weights["dose"] == 0 && weights["colour=red"] == 0)
    // Another unit of the features: the solver of l1.
    let outcome = Self.train("--l2 0 --l1 0.1 --penalty-factor age=0.5,dose=2 --verbose", in: folder)
    #expect(outcome.errors.contains { $0.contains("solver proximal-newton") }, "\(outcome.errors)")
    #expect(outcome.errors.contains { $0.contains("proved within") })
  }

  @Test("a column of categories is one group")
  func group() throws {
    let folder = Self.folder()
    let outcome = Self.train("--group 0.3 --l2 0", in: folder)
    #expect(outcome.errors.contains { $0.contains("proved within") }, "\(outcome.errors)")
    let colours = try Self.weights(in: folder).filter { $0.key.hasPrefix("colour") }.values
    #expect(colours.allSatisfy { $0 == 0 } || colours.allSatisfy { $0 != 0 }, "\(colours)")
  }

  @Test(
    "what makes no sense is refused",
    arguments: [
      ("--bounds dos:0:", 65, "did you mean 'dose'?"), ("--bounds dose:2:1", 64, "cross"),
      ("--bounds dose:nan:1", 64, "COLUMN:LOW:HIGH"), ("--bounds dose", 64, "COLUMN:LOW:HIGH"),
      ("--bounds dose:1", 64, "COLUMN:LOW:HIGH"), ("--bounds dose::", 64, "bounds nothing"),
      ("--bounds :0:1", 64, "names no column"), ("--bounds dose:0:1,dose:0:", 64, "named twice"),
      ("--penalty-factor dose=-1", 64, "0 or more"), ("--penalty-factor dose=nan", 64, "0 or more"),
      ("--penalty-factor dose", 64, "COLUMN=FACTOR"), ("--penalty-factor nothing=1", 65, "no column"),
      ("--penalty-factor dose=1,2=3", 65, "the same column"),
      ("--bounds dose:0:1 --solver newton", 64, "newton needs a smooth penalty"),
      ("--penalty-factor dose=0 --solver direct", 64, "direct knows the penalties l1 and l2"),
      ("--group 0", 64, "--group"), ("--group nan", 64, "--group"),
    ] as [(String, Int32, String)])
  func refusals(_ options: String, code: Int32, words: String) {
    let outcome = Self.train(options)
    #expect(
      outcome.code == code && outcome.errors.contains { $0.contains(words) }, "\(options): \(outcome.errors)")
    #expect(outcome.errors.count == 1)
  }
}
