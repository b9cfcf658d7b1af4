import Foundation
import Testing

/// The bounds are what scikit-learn's MLPClassifier and MLPRegressor reach on such data, at their defaults
/// (Tests/References/networks.py): on a sine 0.90, on three periods of it 0.30, on moons 98.8 %, on this spiral 84 %.
@Suite("Networks at their defaults", .enabled(if: Tool.isRelease, "a debug binary takes minutes"))
struct NetworkDefaultsTests {
  private static func noise(_ i: Int, _ j: Int) -> Double {
    let number: Int = i * 7919 + j * 10473 + i * j * 31 + 17
    return Double(number % 1000) / 500 - 1
  }

  private static func sine(_ periods: Double, rows: Int) -> String {
    (0..<rows).reduce(into: "x,y\n") { text, i in
      let x: Double = 2 * Double.pi * (Double(i) / Double(rows - 1) - 0.5)
      let y: Double = sin(periods * x) + 0.17 * noise(i, 3)
      text += "\(x),\(y)\n"
    }
  }

  /// Arms of so many turns, a class each.
  private static func spiral(_ turns: Double, arms: Int, rows: Int) -> String {
    (0..<rows).reduce(into: "x,y,arm\n") { text, i in
      let (arm, r) = (i % arms, Double(i / arms) / Double(rows / arms))
      let turn: Double = Double(arm) / Double(arms) + turns * r
      let angle: Double = 2 * Double.pi * turn + 0.4 * noise(i, 5)
      text += "\(r * sin(angle)),\(r * cos(angle)),\("abc".dropFirst(arm).first!)\n"
    }
  }

  private static let moons = (0..<1000).reduce(into: "x,y,moon\n") { text, i in
    let (angle, side) = (Double.pi * Double(i / 2) / 499, i % 2)
    let (x, y) = side == 0 ? (cos(angle), sin(angle)) : (1 - cos(angle), 0.5 - sin(angle))
    text += "\(x + 0.15 * noise(i, 1)),\(y + 0.15 * noise(i, 2)),\("ab".dropFirst(side).first!)\n"
  }

  private static let prices = (0..<500).reduce(into: "a,b,c,price\n") { text, i in
    let (a, b, c) = (noise(i, 1), noise(i, 2), noise(i, 4))
    let price: Double = 300_000 + 150_000 * a * b + 90_000 * c
    text += "\(a),\(b),\(c),\(price)\n"
  }

  private static let cases: [(data: String, key: String, least: Double)] = [
    (sine(1, rows: 200), "r2", 0.89), (sine(3, rows: 300), "r2", 0.6), (prices, "r2", 0.8),
    (moons, "accuracy", 0.988), (spiral(1.3, arms: 3, rows: 1500), "accuracy", 0.84),
  ]

  @Test(arguments: 0..<5, 0..<3) func reach(_ number: Int, _ seed: Int) {
    let (data, key, least) = Self.cases[number]
    let folder = Folder()
    folder.write("d.csv", data)
    for holdout in ["", " --holdout 0.2"] {
      let training = Training("d.csv", "--model network --seed \(seed)\(holdout)", in: folder)
      let name = key == "r2" ? key : (holdout.isEmpty ? "train_" : "test_") + key
      #expect(training.number(name) >= least, "\(training.outcome.errors)")
    }
  }
}
