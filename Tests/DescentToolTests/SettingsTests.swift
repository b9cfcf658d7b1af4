import Foundation
import Testing

@Suite("A loss's settings on the command line")
struct LossSettingsTests {
  private static let line = (0..<30).reduce("x,y\n") { $0 + "\($1),\(990 + 10 * $1).5\n" }

  private func folder() -> Folder {
    let folder = Folder()
    folder.write("line.csv", Self.line)
    return folder
  }

  private func loss(_ training: Training) -> [String: Any]? {
    (training.metrics["settings"] as? [String: [String: Any]])?["loss"]
  }

  @Test func deltaTravels() throws {
    let folder = folder()
    let training = Training("line.csv", "--loss huber --delta 12.5", in: folder)
    #expect(training.outcome.errors.contains { $0.contains("mean huber loss (delta 12.5) + l1") })
    #expect(loss(training)?["name"] as? String == "huber")
    #expect(loss(training)?["delta"] as? Double == 12.5)
    let inspected = Tool.run(["inspect", "model"], in: folder).lines
    #expect(inspected.contains { $0.hasPrefix("delta ") && $0.hasSuffix(" 12.5") })
    // The loss that evaluate finds is that of the training.
    let evaluated = Tool.run(["evaluate", "model", "line.csv"], in: folder).lines.first {
      $0.hasPrefix("loss")
    }
    let value = try #require(evaluated?.split(separator: " ").dropFirst().first.flatMap { Double($0) })
    #expect(abs(value - training.number("loss")) < 1e-3 * training.number("loss") + 1e-9)
  }

  @Test func deltaIsFound() throws {
    let training = Training("line.csv", "--loss huber", in: folder())
    let delta = try #require(loss(training)?["delta"] as? Double)
    // A hundredth of the targets' spread, as the line is exact.
    #expect(abs(delta - 0.01 * 1.4826 * 75) < 1e-6)
    #expect(training.outcome.errors.contains { $0.hasPrefix("delta: 1.35 ×") })
  }

  @Test func anotherDeltaIsAnotherTraining() {
    let folder = folder()
    let options = ["train", "line.csv", "--loss", "huber", "--checkpoint", "c", "-o", "m"]
    #expect(Tool.run(options + ["--delta", "2"], in: folder).code == 0)
    let other = Tool.run(options + ["--delta", "3", "--resume"], in: folder)
    #expect(other.code == 65)
    #expect(other.errors.last?.contains("is of another training: delta is 2.0 there and 3.0 here") == true)
  }

  @Test(arguments: [
    ("--delta 0 --loss huber", "--delta must be a number above 0, not 0.0"),
    ("--delta nan --loss huber", "--delta must be a number above 0, not nan"),
    ("--quantile 0 --loss quantile", "--quantile must be a number between 0 and 1, not 0.0"),
    ("--quantile 1 --loss quantile", "--quantile must be a number between 0 and 1, not 1.0"),
    ("--quantile -0.5 --loss quantile", "--quantile must be a number between 0 and 1, not -0.5"),
    ("--quantile nan --loss quantile", "--quantile must be a number between 0 and 1, not nan"),
    ("--delta 2 --loss squared", "--loss squared has no --delta"),
    ("--margin 2 --loss softmax", "--loss softmax has no --margin"),
    ("--delta 2", "--delta needs a --loss that has a delta"),
  ])
  func whatALossHasNot(_ options: String, _ problem: String) {
    let outcome = Tool.run(
      ["train", "line.csv"] + options.split(separator: " ").map(String.init), in: folder())
    #expect(outcome.code == 64)
    #expect(outcome.errors.last?.contains(problem) == true)
  }
}
