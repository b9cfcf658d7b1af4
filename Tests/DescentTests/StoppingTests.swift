import Descent
import LinearAlgebra
import Testing

@Suite("How a training ends")
struct StoppingTests {
  private let data = overlapping(rows: 500, features: 6, classes: 3)
  private let endless = MiniBatch(epochs: 1_000_000_000)

  @Test func timeLimit() throws {
    let fit: Fit<Float> = try Trainer(solver: endless, timeLimit: .milliseconds(50)).fit(data)
    #expect(fit.stopReason == .timeLimit)
    #expect(fit.seconds >= 0.05 && fit.seconds < 20)
    #expect(fit.parameters.contains { $0 != 0 })
  }

  @Test func interruption() throws {
    let flag = StopFlag()
    var milestones = 0
    let fit: Fit<Float> = try Trainer(solver: endless).fit(
      data, isInterrupted: { flag.isRaised },
      observer: { _ in
        milestones += 1
        if milestones == 3 { flag.raise() }
      })
    #expect(fit.stopReason == .interrupted)
    #expect(milestones == 3 && fit.history.count == 3)
  }

  /// More trainings than Swift has threads, all at a time: the threads stay free meanwhile.
  @Test(.timeLimit(.minutes(1))) func asynchronousFitsDoNotBlock() async throws {
    // The limit ends a run that fails.
    let (data, trainer) = (data, Trainer(solver: endless, threads: 1, timeLimit: .seconds(10)))
    let trainings = (0..<20).map { _ in Task { try await trainer.fit(data, as: Float.self) } }
    // This runs on one of the threads that they would hold.
    for _ in 0..<10 {
      await Task.yield()
      try await Task.sleep(for: .milliseconds(5))
    }
    for training in trainings { training.cancel() }
    for training in trainings { #expect(try await training.value.stopReason == .interrupted) }
  }

  @Test func asynchronousFitGivesTheSame() async throws {
    let trainer = Trainer(solver: MiniBatch(epochs: 3))
    let waiting = try await trainer.fit(data, as: Float.self)
    #expect(try waiting.parameters == fit(trainer).parameters)
    await #expect(throws: TrainingError.oneClass(name: "x")) {
      let one = Dataset(features: [[1], [2]] as Matrix<Float>, labels: ["x", "x"])
      _ = try await trainer.fit(one, as: Float.self)
    }
  }

  private func fit(_ trainer: Trainer) throws -> Fit<Float> { try trainer.fit(data) }

  @Test(arguments: [1e30, 1e300]) func divergence(_ rate: Double) throws {
    let fit: Fit<Float> = try Trainer(solver: MiniBatch(epochs: 5, learningRate: rate)).fit(data)
    #expect(fit.stopReason == .diverged)
    // The last good parameters.
    #expect(fit.parameters.allSatisfy { $0.isFinite })
    #expect(fit.objective.isFinite && fit.objective <= 1.0986122886681098 + 1e-6)
  }

  /// Good epochs, and then a row that is too much: the parameters from before it are kept.
  @Test func divergenceAfterGoodEpochs() throws {
    let good: Fit<Double> = try trainWithFalling(epochs: 2)
    let bad: Fit<Double> = try trainWithFalling(epochs: 6)
    #expect(good.stopReason == .finished && bad.stopReason == .diverged)
    #expect(bad.parameters == good.parameters)
    #expect(bad.history.count == 2)
  }

  /// The rate is 0.01 for two epochs, then 1e300.
  private func trainWithFalling(epochs: Int) throws -> Fit<Double> {
    try Trainer(
      solver: MiniBatch(
        SGD(), epochs: epochs, learningRate: 0.01, schedule: .step(every: 2, factor: 1e302))
    ).fit(data, as: Double.self)
  }
}
