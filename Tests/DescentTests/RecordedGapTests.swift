import Descent
import LinearAlgebra
import Testing

@Suite("Proofs on the way")
struct RecordedGapTests {
  private static let solvers: [any Solver] = [LBFGS(), Newton(), GradientDescent(), MiniBatch(epochs: 9)]

  /// The first, the second, the fourth, … point has a proof that holds, and the training is the same.
  @Test(arguments: solvers.indices) func changeNothingAndHold(_ number: Int) throws {
    let data = overlapping(rows: 500, features: 6, classes: 3)
    var trainer = Trainer(penalty: L2(1e-2), solver: Self.solvers[number])
    let alone: Fit<Float> = try trainer.fit(data)
    trainer.recordsGaps = true
    let fit: Fit<Float> = try trainer.fit(data)
    #expect(fit.parameters == alone.parameters && fit.certificate == alone.certificate)
    #expect(fit.history.map(\.objective) == alone.history.map(\.objective))
    #expect(fit.history.count > 2)
    let optimum = try Trainer(penalty: L2(1e-2), solver: Newton(tolerance: 1e-10)).fit(data, as: Double.self)
    for (index, (point, before)) in zip(fit.history, alone.history).enumerated() {
      let isDue = (index + 1) & index == 0
      #expect((point.gap != nil) == (isDue || before.gap != nil), "point \(index)")
      // An epoch's objective is the mean of its batches, which the last weights may well be below.
      if let gap = point.gap, !(trainer.solver is MiniBatch) {
        #expect(gap >= point.objective - optimum.objective - 1e-6, "point \(index)")
      }
    }
    // They tell something: the first bounds are of the size of the loss, the last of the tolerance.
    let gaps = fit.history.compactMap(\.gap)
    #expect(gaps.count >= 2 && gaps.last! < gaps.first!, "\(gaps)")
  }

  @Test func aNetworkHasNone() throws {
    var trainer = Trainer(model: .network(hidden: [4]), solver: MiniBatch(epochs: 2))
    trainer.recordsGaps = true
    let fit: Fit<Float> = try trainer.fit(overlapping(rows: 60, features: 3, classes: 2))
    #expect(fit.history.allSatisfy { $0.gap == nil })
  }
}
