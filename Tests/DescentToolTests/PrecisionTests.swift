import Foundation
import Testing

@Suite("By default a model is as exact as its numbers ask for")
struct PrecisionTests {
  /// Seconds of an hour, and what falls by half over it.
  private func times(in folder: Folder, target: (Double) -> String) {
    let rows = (0..<200).map { i in
      let t = Double(i * 37 % 200) / 200
      return "\(1_600_000_000 + Int(3600 * t)),\(target(t + 0.1 * sin(Double(7 * i))))"
    }
    folder.write("d.csv", (["t,y"] + rows).joined(separator: "\n") + "\n")
  }

  /// ½·(mean squared error), of the predictions of the written model, and that of the best line, in closed form.
  @Test(arguments: ["direct", "newton", "lbfgs", "gradient-descent"])
  func timestampsCostNothing(_ solver: String) throws {
    let folder = Folder()
    times(in: folder) { "\($0)" }
    let training = Training("d.csv", "--loss squared --solver \(solver) --l2 1e-6", in: folder)
    #expect(training.outcome.code == 0)
    #expect(training.metrics["precision"] as? String == "double")
    let line =
      "precision double: column 't' has a mean of 1500000 times its spread, of which float would lose digits"
    #expect(training.outcome.errors.filter { $0 == line }.count == 1)
    let predicted = Tool.run(["predict", "model", "d.csv"], in: folder)
    let values = predicted.lines.compactMap { Double($0) }
    let rows = folder.text("d.csv").split(separator: "\n").dropFirst().map { row in
      row.split(separator: ",").map { Double($0)! }
    }
    #expect(values.count == rows.count)
    func mean(_ numbers: [Double]) -> Double { numbers.reduce(0, +) / Double(numbers.count) }
    let (x, y) = (rows.map { $0[0] - 1_600_001_800 }, rows.map { $0[1] })
    let (mx, my) = (mean(x), mean(y))
    let slope = mean(zip(x, y).map { ($0 - mx) * ($1 - my) }) / mean(x.map { ($0 - mx) * ($0 - mx) })
    let best = mean(zip(x, y).map { pow($1 - my - slope * ($0 - mx), 2) }) / 2
    let reached = mean(zip(values, y).map { pow($0 - $1, 2) }) / 2
    #expect(reached >= best * (1 - 1e-9) && reached <= best * 1.001)
    #expect(abs(training.number("loss") / reached - 1) < 1e-6)
    #expect(abs(pow(training.number("train_rmse"), 2) / 2 / reached - 1) < 1e-6)
    let evaluation = Tool.run(["evaluate", "model", "d.csv"], in: folder)
    #expect(evaluation.code == 0)
  }

  @Test func theGapOfAFloatModelIsTrue() {
    let folder = Folder()
    times(in: folder) { "\($0)" }
    let exact = Training("d.csv", "--loss squared", in: folder)
    let single = Training("d.csv", "--loss squared --precision float", in: folder)
    #expect(single.metrics["precision"] as? String == "float")
    let lost = single.number("objective") - exact.number("objective")
    #expect(lost > 0.005 * exact.number("objective"))
    #expect(lost <= single.number("gap") * (1 + 1e-9))
  }

  @Test func ordinaryTablesStayInFloat() {
    let training = Training(Tool.digits)
    #expect(training.metrics["precision"] as? String == "float")
    let reasons = training.outcome.errors.filter { $0.hasPrefix("precision") }
    #expect(reasons.isEmpty)
  }

  @Test func aNumberBeyondFloatIsTrainedFromInDouble() {
    let folder = Folder()
    let rows = (0..<50).map { "\($0 == 9 ? "1e39" : "\($0 % 5)"),\($0 % 7),\($0 % 7 > 3 ? "a" : "b")\n" }
    folder.write("d.csv", rows.joined())
    for seed in 1...5 {
      let training = Training("d.csv", "--holdout 0.2 --seed \(seed)", in: folder)
      #expect(training.outcome.code == 0)
      #expect(training.number("objective").isFinite && training.number("objective") > 0)
      let areFinite = training.weights.joined().allSatisfy { $0.isFinite }
      #expect(areFinite)
    }
  }

  @Test func targetsThatNoObjectiveHolds() {
    let folder = Folder()
    times(in: folder) { $0 > 1.05 ? "1e160" : "\($0)" }
    let before = folder.names
    let outcome = Tool.run(["train", "d.csv", "--loss", "squared", "-o", "m.onnx"], in: folder)
    #expect(outcome.code == 65)
    #expect(
      outcome.errors.last
        == "descent: d.csv: the objective of the trained model is not finite, and the model worth nothing; "
        + "the targets' squares are beyond all numbers: scale the targets down")
    #expect(folder.names == before)
  }
}
