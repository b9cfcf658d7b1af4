import Descent
import LinearAlgebra
import Testing

@Suite("The hinge's margin only sets the scale of W")
struct HingeMarginTests {
  /// The optimum at margin Δ and l2 λ is Δ times the optimum at margin 1 and l2 λ·Δ: put W = Δ·V, then
  /// loss_Δ(W) + λ/2·‖W‖² = Δ·(loss_1(V) + λΔ/2·‖V‖²). Each is found by itself, in the way of
  /// Pegasos: subgradients of all rows, at the rate 1/(λ·t), which falls alike in neither's units.
  @Test(arguments: [0.25, 3.0], [0.05, 0.2]) func optimum(margin: Double, l2: Double) throws {
    let data = overlapping(rows: 40, features: 3, classes: 3, noise: 1.5)
    let atMargin = try train(data, margin: margin, l2: l2)
    let atOne = try train(data, margin: 1, l2: l2 * margin)

    #expect(abs(atMargin.objective / (margin * atOne.objective) - 1) < 2e-4)
    let weights = 0..<9
    let scaled = atOne.parameters[weights].map { margin * $0 }
    #expect(zip(atMargin.parameters[weights], scaled).relativeDifference < 0.02)
    // The same l2 at margin 1 has another optimum.
    let other = try train(data, margin: 1, l2: l2).parameters[weights].map { margin * $0 }
    #expect(zip(atMargin.parameters[weights], other).relativeDifference > 0.05)
  }

  /// The rate of the start is the same number for both, and not scaled along with W: the paths differ.
  private func train(_ data: Dataset, margin: Double, l2: Double) throws -> Fit<Double> {
    let solver = MiniBatch(
      SGD(), epochs: 10_000, batchSize: data.rows, learningRate: 0.5,
      schedule: .inverseTime(rate: 0.5 * l2))
    return try Trainer(
      loss: Hinge(margin: margin), penalty: L2(l2), solver: solver, scaling: .none, threads: 1
    ).fit(data, as: Double.self)
  }
}
