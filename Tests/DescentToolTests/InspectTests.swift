import Foundation
import Testing

@Suite("inspect")
struct InspectTests {
  private let folder = Folder()

  private func train(_ text: String, _ options: String...) {
    folder.write("d.csv", text)
    let outcome = Tool.run(["train", "d.csv", "--quiet", "-o", "m"] + options, in: folder)
    #expect(outcome.code == 0, "\(outcome.errors)")
  }

  private func top(_ count: Int) throws -> [[String: Any]] {
    let outcome = Tool.run(["inspect", "m", "--top", "\(count)", "--json"], in: folder)
    #expect(outcome.code == 0, "\(outcome.errors)")
    let object = try JSONSerialization.jsonObject(with: Data(outcome.bytes)) as? [String: Any]
    return try #require(object?["top"] as? [[String: Any]])
  }

  /// Half as much for a column of ten times the spread: σ·weight tells them apart, not the weight.
  private static let line =
    "wide,narrow,dead,price\n"
    + (0..<40).map { i in "\(10 * (i % 8)),\(i / 8),0.5,\(5 * (i % 8) + 3 * (i / 8)).5\n" }.joined()

  @Test func whatMattersToANumber() throws {
    train(Self.line, "--l2", "0")
    let found = try top(5)
    #expect(found.count == 1 && found[0]["name"] as? String == "price")
    let features = try #require(found[0]["features"] as? [[String: Any]])
    // A constant column does nothing.
    #expect(features.map { $0["feature"] as? String } == ["wide", "narrow"])
    for (feature, (weight, spread)) in zip(features, [(0.5, 525.0.squareRoot()), (3, 2.0.squareRoot())]) {
      #expect(abs(feature["weight"] as! Double - weight) < 1e-4)
      #expect(abs(feature["spread"] as! Double - spread) < 1e-4)
      #expect(abs(feature["scaled_weight"] as! Double - weight * spread) < 1e-3)
      #expect(feature["odds_ratio"] is NSNull)
    }
    let lines = Tool.run(["inspect", "m", "--top", "1"], in: folder).lines
    #expect(lines.suffix(3).first == "what matters most to 'price', by |weight|·σ")
    #expect(lines.last!.split(separator: " ") == ["wide", "22.91", "11.46", "0.5"])
  }

  /// Of two classes exp(weight), whether the loss has one score or two; a hinge has none until it is calibrated.
  @Test(arguments: [["logistic"], ["softmax"], ["hinge"], ["hinge", "--calibrate", "sigmoid"]])
  func oddsRatios(_ options: [String]) throws {
    let rows = (0..<60).map { i in "\(i),\([1, 6].contains(i % 10) != (i > 29) ? "yes" : "no")\n" }
    folder.write("d.csv", "size,sold\n" + rows.joined())
    let trained = Tool.run(["train", "d.csv", "--quiet", "-o", "m", "--loss"] + options, in: folder)
    #expect(trained.code == 0, "\(trained.errors)")
    let found = try top(3)
    #expect(found.count == 1 && found[0]["name"] as? String == "yes")
    let feature = try #require((found[0]["features"] as? [[String: Any]])?.first)
    let weight = try #require(feature["weight"] as? Double)
    guard options != ["hinge"] else {
      #expect(feature["odds_ratio"] is NSNull)
      return
    }
    #expect(abs(feature["odds_ratio"] as! Double - exp(weight)) < 1e-12)
    // What a unit does to the probabilities that are told.
    folder.write("x.csv", "size\n20\n21\n")
    let odds = Tool.run(["predict", "m", "x.csv", "--probabilities"], in: folder).lines.dropFirst().map {
      line in
      let p = Double(line.split(separator: ",")[2])!
      return p / (1 - p)
    }
    #expect(abs(odds[1] / odds[0] - exp(weight)) < 1e-4 && weight > 0)
  }

  @Test func ofEachClass() throws {
    train(Samples.points)
    let found = try top(2)
    #expect(found.map { $0["name"] as? String } == ["a", "b", "c"])
    #expect((found[1]["features"] as? [[String: Any]])?.first?["feature"] as? String == "x")
  }

  @Test func whatIsNotKnown() throws {
    train(Self.line, "--scaling", "none")
    let feature = try #require((try top(1)[0]["features"] as? [[String: Any]])?.first)
    #expect(feature["feature"] as? String == "narrow" && feature["spread"] is NSNull)
    let text = Tool.run(["inspect", "m", "--top", "1"], in: folder).output
    #expect(text.contains("by |weight|: the features' spreads are not known"))
    train(Samples.points, "--model", "network", "--hidden", "4", "--epochs", "2")
    let network = Tool.run(["inspect", "m", "--top", "1"], in: folder)
    #expect(
      network.errors == [
        "descent: m: only linear models have a weight a feature, and this is a network; leave --top out"
      ])
    #expect(network.code == 65 && network.output == "")
    let plain = Tool.run(["inspect", "m", "--json"], in: folder)
    let object = try JSONSerialization.jsonObject(with: Data(plain.bytes)) as? [String: Any]
    #expect(object?["architecture"] as? String == "network" && object?["top"] is NSNull)
  }
}
