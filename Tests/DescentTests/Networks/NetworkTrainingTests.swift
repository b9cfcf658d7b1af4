import Descent
import LinearAlgebra
import Testing

@Suite("Training networks")
struct NetworkTrainingTests {
  /// No line parts these classes: a spiral of two arms.
  private func spiral(rows: Int) -> Dataset {
    var generator = SeededGenerator(seed: 1)
    let points = (0..<rows).map { i -> [Double] in
      let t = Double.random(in: 0.3...1, using: &generator)
      let angle = 6 * t + (i % 2 == 0 ? 0 : Double.pi)
      return [t * cosine(angle), t * cosine(angle - .pi / 2)]
    }
    return Dataset(features: Matrix(points), labels: (0..<rows).map { $0 % 2 == 0 ? "a" : "b" })
  }

  /// Taylor's series, far enough for angles up to 10.
  private func cosine(_ x: Double) -> Double {
    var (term, sum) = (1.0, 1.0)
    for k in 1...30 {
      term *= -x * x / Double((2 * k - 1) * (2 * k))
      sum += term
    }
    return sum
  }

  @Test func learnsWhatNoLineParts() throws {
    let data = spiral(rows: 400)
    func accuracy(_ model: ModelChoice) throws -> Double {
      let trainer = Trainer(
        model: model, penalty: NoPenalty(), solver: MiniBatch(Adam(), epochs: 150, learningRate: 0.01))
      let fit: Fit<Float> = try trainer.fit(data)
      return fit.model.evaluate(on: data, loss: Softmax()).accuracy!
    }
    #expect(try accuracy(.linear) < 0.75)
    #expect(try accuracy(.network(hidden: [32])) > 0.98)
    #expect(try accuracy(.network(hidden: [24, 12], activation: Tanh())) > 0.98)
  }

  /// Batches large enough for several slices, with dropout, l1 and clipping.
  @Test func sameBitsOnAnyThreads() throws {
    let data = overlapping(rows: 700, features: 40, classes: 4)
    func fit(threads: Int, seed: UInt64 = 3) throws -> Fit<Float> {
      try Trainer(
        model: .network(hidden: [96], dropout: 0.3), penalty: ElasticNet(l1: 1e-4, l2: 1e-3),
        solver: MiniBatch(epochs: 3, batchSize: 300, clipping: 0.5), seed: seed, threads: threads,
        earlyStopping: EarlyStopping(holdout: 0.2)
      ).fit(data)
    }
    let first = try fit(threads: 1)
    for threads in 2...4 {
      let again = try fit(threads: threads)
      #expect(again.parameters == first.parameters && again.objective == first.objective)
      #expect(again.history.map(\.objective) == first.history.map(\.objective))
    }
    #expect(try fit(threads: 1, seed: 4).parameters != first.parameters)
  }

  /// A last batch whose one slice is longer than those of the others.
  @Test(arguments: [127, 128, 129, 191, 192, 255, 400]) func shortLastBatches(_ rows: Int) throws {
    let data = overlapping(rows: rows, features: 60, classes: 3)
    let fit: Fit<Float> = try Trainer(
      model: .network(hidden: [100]), solver: MiniBatch(epochs: 2, batchSize: 128)
    ).fit(data)
    #expect(fit.history.map(\.passes) == [1, 2])
  }

  /// Slices sum up to what one pass over the same rows gives.
  @Test func slicesSumUp() throws {
    let data = overlapping(rows: 512, features: 40, classes: 4)
    func fit(_ solver: MiniBatch) throws -> Fit<Double> {
      try Trainer(model: .network(hidden: [96]), solver: solver, scaling: .none).fit(data, as: Double.self)
    }
    let step = try fit(MiniBatch(SGD(), epochs: 1, batchSize: 512, learningRate: 1))
    let network = Network(inputs: 40, hidden: [96], outputs: 4)
    var generator = SeededGenerator(seed: 0)
    let start = network.initialParameters(of: Double.self, using: &generator)
    var gradient = [Double](repeating: 0, count: start.count)
    _ = DataObjective<Double>(
      model: network, loss: Softmax(), penalty: L2(1e-4), features: data.features, targets: data.targets,
      threads: 1
    ).value(at: start, gradient: &gradient)
    let moved = zip(start, gradient).map { $0 - $1 }
    #expect(zip(step.parameters, moved).relativeDifference < 1e-13)
  }

  @Test func earlyStoppingKeepsTheBest() throws {
    let data = overlapping(rows: 60, features: 30, classes: 3, noise: 2)
    let fit: Fit<Double> = try Trainer(
      model: .network(hidden: [64]), penalty: NoPenalty(),
      solver: MiniBatch(Adam(), epochs: 400, batchSize: 8),
      earlyStopping: EarlyStopping(holdout: 0.3, patience: 4)
    ).fit(data, as: Double.self)
    #expect(fit.stopReason == .noProgress && fit.history.count < 400)
    let heldOut = data.split(holdout: 0.3, seed: 0).heldOut
    let loss = fit.model.evaluate(on: heldOut, loss: Softmax()).loss
    #expect(abs(loss - fit.heldOutLoss!) < 1e-12)
    // Four epochs earlier it would have ended there.
    let best: Fit<Double> = try Trainer(
      model: .network(hidden: [64]), penalty: NoPenalty(),
      solver: MiniBatch(Adam(), epochs: fit.history.count - 4, batchSize: 8),
      earlyStopping: EarlyStopping(holdout: 0.3, patience: 4)
    ).fit(data, as: Double.self)
    #expect(best.parameters == fit.parameters)
  }

  @Test func clippingBoundsASteps() throws {
    let data = overlapping(rows: 64, features: 5, classes: 3)
    func moved(_ clipping: Double?) throws -> Double {
      let fit: Fit<Double> = try Trainer(
        penalty: NoPenalty(),
        solver: MiniBatch(SGD(), epochs: 1, batchSize: 64, learningRate: 1, clipping: clipping)
      ).fit(data, as: Double.self)
      return norm2(fit.parameters.span)
    }
    #expect(try abs(moved(0.01) - 0.01) < 1e-15)
    #expect(try moved(1e6) == moved(nil) && moved(nil) > 0.02)
  }

  @Test func deadUnitsAreCounted() throws {
    let network = Network(inputs: 2, hidden: [3], outputs: 2)
    // Unit 1 is dead: both weights 0 and a bias below 0.
    let parameters: [Float] = [1, 0, 0, 0, 0, 1, 0, -1, 0, 1, 1, 1, 1, 1, 1, 0, 0]
    let block = FeatureBlock<Float>([[1, 2], [3, 4]] as Matrix<Float>)
    #expect(network.deadUnits(block, parameters: parameters) == [DeadUnits(layer: 1, dead: 1, units: 3)])
    let fit: Fit<Float> = try Trainer(
      model: .network(hidden: [16]), solver: MiniBatch(epochs: 1, learningRate: 300, clipping: nil)
    ).fit(overlapping(rows: 300, features: 4, classes: 3))
    #expect(fit.deadUnits.count == 1 || fit.stopReason == .diverged)
  }

  /// Within an epoch: the rows that follow are not looked at any more.
  @Test func divergenceStopsAtOnce() throws {
    let fit: Fit<Float> = try Trainer(
      model: .network(hidden: [16]), loss: SquaredError(), solver: MiniBatch(epochs: 3, learningRate: 1e4)
    ).fit(noisyPlane(rows: 2000, features: 4), as: Float.self)
    #expect(fit.stopReason == .diverged && fit.history.isEmpty)
    #expect(fit.parameters.allSatisfy(\.isFinite) && fit.objective.isFinite)
  }

  @Test func solversThatDoNotFit() {
    let data = overlapping(rows: 60, features: 3, classes: 2)
    let cases: [(Trainer, String)] = [
      (Trainer(model: .network(hidden: [4]), solver: Newton()), "is for linear models"),
      (Trainer(solver: Newton(), earlyStopping: EarlyStopping()), "does not stop early"),
      (
        Trainer(solver: MiniBatch(), earlyStopping: EarlyStopping(holdout: 0.001)),
        "leaves 60 to train on and 0"
      ),
    ]
    for (trainer, words) in cases {
      let error = #expect(throws: TrainingError.self) { _ = try trainer.fit(data, as: Float.self) }
      #expect(error?.description.contains(words) == true, "\(words): \(error?.description ?? "")")
    }
  }
}
