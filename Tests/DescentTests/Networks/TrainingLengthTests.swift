import Descent
import LinearAlgebra
import Testing

@Suite("How long batches train")
struct TrainingLengthTests {
  @Test func fewRowsGetMoreEpochs() {
    let standard = MiniBatch.standard()
    for (rows, epochs) in [
      (1, 6000), (128, 6000), (129, 3000), (200, 3000), (1500, 500), (1700, 429), (25_600, 30), (60_000, 30),
      (100_000, 30),
    ] {
      #expect(standard.epochs(rows: rows) == epochs, "\(rows)")
      #expect(MiniBatch(epochs: 30).epochs(rows: rows) == 30)
    }
  }

  /// Labels that the features say nothing of.
  private let noise = Dataset(
    features: Matrix<Double>((0..<80).map { [Double($0 % 4), Double($0 % 5)] }),
    labels: (0..<80).map { $0 / 20 % 2 == 0 ? "a" : "b" })

  @Test func endsWhereTheObjectiveNoLongerFalls() throws {
    func fit(_ steps: Int?) throws -> Fit<Double> {
      try Trainer(
        solver: MiniBatch(epochs: 200, batchSize: 20, schedule: .cosine, leastSteps: steps), threads: 1
      ).fit(noise, as: Double.self)
    }
    let (ended, whole) = (try fit(800), try fit(nil))
    #expect(ended.stopReason == .plateau && whole.stopReason == .finished)
    // A tenth without a fall at the least, then a twentieth.
    #expect((30..<100).contains(ended.history.count) && whole.history.count == 200)
    // Nothing was lost by it.
    #expect(ended.objective < 1.001 * whole.objective)
    #expect(try #require(whole.fallAtEnd) < 0.01)
  }

  @Test func saysWhereItStillFell() throws {
    let fit: Fit<Double> = try Trainer(
      solver: MiniBatch(SGD(), epochs: 10, learningRate: 0.01), threads: 1
    ).fit(overlapping(rows: 200, features: 3, classes: 2), as: Double.self)
    let objectives = fit.history.map(\.objective)
    let fall = try #require(fit.fallAtEnd)
    #expect(abs(fall - (1 - objectives[9] / objectives[7])) < 1e-15 && fall > 0.001)
  }

  /// A rate that nobody chose may be too high; one that was chosen is kept.
  @Test func aDefaultRateThatDivergesIsLowered() throws {
    var data = noisyPlane(rows: 300, features: 4)
    data.features = ScaledStorage(data.features, scaling: .uniform(30))
    func fit(_ rate: Double?) throws -> Fit<Float> {
      try Trainer(
        loss: SquaredError(), solver: MiniBatch(epochs: 12, batchSize: 32, learningRate: rate), scaling: .none
      ).fit(data)
    }
    #expect(try fit(0.05).stopReason == .diverged)
    let lowered = try fit(nil)
    #expect(lowered.stopReason == .finished && lowered.history.map(\.passes) == (1...12).map(Double.init))
    #expect(lowered.model.evaluate(on: data, loss: SquaredError()).r2! > 0.5)
  }

  /// One row's loss may be any number of times the mean's.
  @Test func oneOutlierIsNoDivergence() throws {
    var values = [Double](repeating: 0, count: 3000)
    values[1234] = 1e6
    let data = Dataset(
      features: Matrix<Double>((0..<3000).map { [Double($0 % 7), Double($0 % 11)] }), values: values)
    let fit: Fit<Float> = try Trainer(
      model: .network(hidden: [4]), loss: SquaredError(),
      solver: MiniBatch(Adam(), epochs: 1, batchSize: 1, learningRate: 0.01), threads: 1
    ).fit(data)
    #expect(fit.stopReason == .finished)
  }
}
