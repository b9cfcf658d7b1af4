import Descent
import Foundation
import LinearAlgebra
import Testing

@Suite("Calibrated models")
struct CalibrationTests {
  /// Classes that overlap: of their centres' distance each way is noise.
  private static func data(classes: Int, rows: Int = 300) -> Dataset {
    var generator = SeededGenerator(seed: 5)
    let names = (0..<rows).map { "\($0 % classes)" }
    let features = names.flatMap { name -> [Double] in
      (0..<3).map { _ in Double(name)! + 2 * Double.random(in: -1...1, using: &generator) }
    }
    return Dataset(features: Matrix(rows: rows, columns: 3, elements: features), labels: names)
  }

  @Test(arguments: Calibration.Method.allCases, [2, 3])
  func aHingeGivesProbabilities(_ method: Calibration.Method, _ classes: Int) throws {
    let (training, rest) = Self.data(classes: classes).split(holdout: 0.6)
    let (heldOut, test) = rest.split(holdout: 0.5)
    let trainer = Trainer(loss: Hinge(), penalty: L2(1e-2))
    let fit = try trainer.fit(training, as: Double.self)
    #expect(!fit.model.givesProbabilities)
    let byHoldout = try trainer.calibrated(fit, method, on: heldOut).model
    #expect(byHoldout.calibration?.rows == heldOut.rows && byHoldout.calibration?.folds == nil)
    let byFolds = try trainer.calibrated(fit, method, acrossFoldsOf: training).model
    #expect(byFolds.calibration?.rows == training.rows && byFolds.calibration?.folds == 5)
    for model in [byHoldout, byFolds] {
      #expect(model.givesProbabilities && model.parameters == fit.model.parameters)
      let evaluation = model.evaluate(on: test)
      let (metrics, baseline) = (evaluation.metrics, evaluation.baseline)
      // Of few rows isotonic curves say 0 of what then comes.
      if method == .sigmoid { #expect(metrics[.logLoss]! < baseline[.logLoss]!) }
      #expect(metrics[.accuracy] == evaluation.accuracy)
      guard classes == 2 else { continue }
      #expect(metrics[.brierScore]! < baseline[.brierScore]!)
      #expect(metrics[.calibrationError]! < 0.15)
      #expect(
        evaluation.ranking!.decided.flagged == Double(evaluation.confusion!.counts.reduce(0) { $0 + $1[1] })
          / Double(test.rows))
    }
  }

  /// The metrics are those of the probabilities that the model tells.
  @Test(arguments: Calibration.Method.allCases, [2, 3])
  func evaluationIsOfItsProbabilities(_ method: Calibration.Method, _ classes: Int) throws {
    let (training, test) = Self.data(classes: classes).split(holdout: 0.5)
    let trainer = Trainer(loss: SquaredHinge(), penalty: L2(1e-2))
    let fit = try trainer.fit(training, as: Double.self)
    let model = try trainer.calibrated(fit, method, acrossFoldsOf: training).model
    var (loss, squares, row) = (0.0, 0.0, 0)
    guard case .labels(let labels) = test.targets else { return }
    model.forEachBlock(of: test) { scores, _ in
      let probabilities = model.probabilities(scores)!
      for i in 0..<scores.rows {
        let p = min(max(probabilities[i, Int(labels[row])], .ulpOfOne), 1 - .ulpOfOne)
        loss -= log(p)
        squares += (1 - p) * (1 - p)
        row += 1
      }
    }
    let metrics = model.evaluate(on: test).metrics
    #expect(abs(metrics[.logLoss]! - loss / Double(test.rows)) < 1e-12)
    if classes == 2 { #expect(abs(metrics[.brierScore]! - squares / Double(test.rows)) < 1e-12) }
  }

  @Test func foldsDoNotDependOnThreads() throws {
    let data = Self.data(classes: 3)
    func calibration(threads: Int, seed: UInt64 = 0) throws -> Calibration? {
      let trainer = Trainer(loss: Hinge(), penalty: L2(1e-2), seed: seed, threads: threads)
      return try trainer.calibrated(trainer.fit(data, as: Float.self), .sigmoid, acrossFoldsOf: data).model
        .calibration
    }
    let one = try calibration(threads: 1)
    #expect(try calibration(threads: 2) == one)
    #expect(try calibration(threads: 1, seed: 1) != one)
  }

  @Test func whatCannotBeCalibrated() throws {
    let data = Self.data(classes: 2, rows: 40)
    let trainer = Trainer(loss: Hinge(), penalty: L2(1e-2))
    let fit = try trainer.fit(data, as: Double.self)
    func expect(_ words: String, _ body: () throws(TrainingError) -> Void) {
      do throws(TrainingError) {
        try body()
        Issue.record("no error")
      } catch { #expect(error.description == words) }
    }
    expect("all rows to calibrate by are of one class, '1'; calibrate by more of them") {
      () throws(TrainingError) in
      _ = try trainer.calibrated(fit, .sigmoid, on: data.rows(at: [1, 3, 5]))
    }
    expect("there are no rows to calibrate by") { () throws(TrainingError) in
      _ = try fit.model.calibrated(.isotonic, on: data.rows(at: []))
    }
    let single = data.rows(at: [0, 2, 4, 6, 1])
    expect(
      "the class '1' has one row, and calibrating by folds takes two of each: calibrate by rows held out, or remove it"
    ) { () throws(TrainingError) in
      _ = try trainer.calibrated(fit, .sigmoid, acrossFoldsOf: single)
    }
    expect("the training was interrupted") { () throws(TrainingError) in
      _ = try trainer.calibrated(fit, .sigmoid, acrossFoldsOf: data) { true }
    }
  }
}
