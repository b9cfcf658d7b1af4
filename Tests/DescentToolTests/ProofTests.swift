import Foundation
import Testing

/// What is said of a fit's distance to the optimum.
@Suite struct ProofTests {
  private func table(_ header: String, _ row: (Int) -> String) -> String {
    TrainTests.write(header + "\n" + (0..<40).map { row($0) + "\n" }.joined())
  }

  @Test func provedWithinTheTolerance() {
    let line = table("x,y") { "\($0),\(990 + 10 * $0 + $0 % 3)" }
    let training = Training(line, "--loss huber --l1 0.001 --strict")
    #expect(
      training.outcome.errors.contains { $0.hasPrefix("proved within ") && $0.contains(" %: at most ") })
    #expect(training.metrics["certified"] as? Bool == true)
    #expect(training.metrics["converged"] as? Bool == true)
    #expect(training.number("gap_relative") <= 1e-4)
    #expect(training.number("train_rmse") < 2)
  }

  @Test func notProvedNearTheOptimum() {
    let line = table("x,z,y") { "\($0),\($0 * $0 % 7),\(10 * $0 + $0 % 3)" }
    let training = Training(line, "--solver sgd --epochs 1 --loss squared --l2 1")
    #expect(training.metrics["certified"] as? Bool == false)
    #expect(training.metrics["gap"] is NSNumber && training.number("gap_relative") > 1e-4)
    #expect(training.outcome.errors.contains { $0.hasPrefix("not proved near the optimum: at most ") })
  }

  @Test func noMinimum() {
    let classes = table("x,y") { "\($0),\($0 < 20 ? "a" : "b")" }
    let training = Training(classes, "--l2 0")
    #expect(training.outcome.code == 0)
    #expect(training.metrics["stop_reason"] as? String == "no-minimum")
    #expect(training.metrics["certified"] as? Bool == false)
    let note = "the weights grow without end; add --l2 1e-4"
    #expect(training.outcome.errors.contains { $0.hasSuffix(note) })
    let strict = Training(classes, "--l2 0 --strict")
    #expect(strict.outcome.code == 70 && !strict.folder.names.contains("model"))
    #expect(
      strict.outcome.errors.last?.contains("the weights grow without end; no model was written") == true)
  }

  @Test func constantTarget() {
    let constant = table("x,y") { "\($0 * 7 % 11),5.5" }
    for loss in ["squared", "huber"] {
      let training = Training(constant, "--loss \(loss) --strict --holdout 0.2")
      #expect(training.outcome.code == 0)
      #expect(training.metrics["r2"] is NSNull)
      #expect(training.metrics["certified"] as? Bool == true)
      #expect(training.number("gap_relative") == 0)
      #expect(training.outcome.errors.contains { $0.contains("R² –; always the mean: 0") })
    }
  }
}
