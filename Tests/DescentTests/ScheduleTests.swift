import Descent
import LinearAlgebra
import Testing

@Suite("Learning-rate schedules take their known values")
struct ScheduleTests {
  static let known: [(Schedule, [Double], [Double])] = [
    (.constant, [0, 0.5, 3, 9.9], [1, 1, 1, 1]),
    (.step(every: 2, factor: 0.1), [0, 1.99, 2, 3.5, 4, 9.9], [1, 1, 0.1, 0.1, 0.01, 1e-4]),
    (.cosine, [0, 2.5, 5, 7.5, 10, 12], [1, 0.85355339059327373, 0.5, 0.14644660940672624, 0, 0]),
    (.inverseTime(rate: 2), [0, 0.5, 1, 4.5], [1, 0.5, 1.0 / 3, 0.1]),
  ]

  @Test(arguments: known)
  func values(_ schedule: Schedule, _ epochs: [Double], _ factors: [Double]) {
    for (epoch, factor) in zip(epochs, factors) {
      #expect(abs(schedule.factor(epoch: epoch, of: 10) - factor) < 1e-15, "epoch \(epoch)")
    }
  }

  /// Step by step against gradient descent written out: ½(w·x + b − y)² of one row.
  @Test func reachesTheSteps() throws {
    let data = Dataset(features: [[2]] as Matrix<Double>, values: [3])
    let fit: Fit<Double> = try Trainer(
      loss: SquaredError(), penalty: NoPenalty(),
      solver: MiniBatch(
        SGD(), epochs: 4, batchSize: 1, learningRate: 0.1, schedule: .step(every: 2, factor: 0.5)),
      scaling: .none
    ).fit(data, as: Double.self)
    var (w, b) = (0.0, 0.0)
    for rate in [0.1, 0.1, 0.05, 0.05] {
      let residual = 2 * w + b - 3
      (w, b) = (w - rate * 2 * residual, b - rate * residual)
    }
    #expect(abs(fit.parameters[0] - w) < 1e-15 && abs(fit.parameters[1] - b) < 1e-15)
  }
}
