import Descent
import LinearAlgebra
import Testing

@Suite("L1 gives exact zeros")
struct SparsityTests {
  /// At the optimum the loss's gradient is −l1·sign(w) where w ≠ 0, and within ±l1 where w = 0: whatever the rule
  /// makes of gradients, it must make the same of the penalty.
  @Test(arguments: 0..<7) func optimum(_ rule: Int) throws {
    let (data, l1) = (overlapping(rows: 60, features: 6, classes: 3), 0.05)
    let rate = [0.5, 0.1, 0.1, 0.5, 0.01, 0.01, 0.01][rule]
    let fit = try Trainer(
      penalty: L1(l1),
      solver: MiniBatch(
        updateRules[rule], epochs: 4000, batchSize: 60, learningRate: rate, schedule: .cosine),
      scaling: .none
    ).fit(data, as: Double.self)
    let objective = DataObjective<Double>(
      model: LinearModel(inputs: 6, outputs: 3), loss: Softmax(), penalty: NoPenalty(),
      features: data.features,
      targets: data.targets, threads: 1)
    var gradient = [Double](repeating: 0, count: 21)
    _ = objective.meanLoss(at: fit.parameters, gradient: &gradient)
    for (w, g) in zip(fit.parameters, gradient).prefix(18) {
      if w == 0 {
        #expect(abs(g) <= l1 * 1.01)
      } else {
        #expect(abs(g + (w > 0 ? l1 : -l1)) < l1 * 0.01, "\(w)")
      }
    }
    let zeros = fit.parameters.prefix(18).count { $0 == 0 }
    #expect(zeros > 0 && zeros < 18)
  }

  /// Features that are 0 in every row, and features of noise, beside two that tell the classes.
  @Test(arguments: 0..<7) func whatSaysNothing(_ rule: Int) throws {
    var generator = SeededGenerator(seed: 4)
    var x = Matrix<Double>(rows: 200, columns: 6)
    let names = (0..<200).map { $0 % 2 == 0 ? "even" : "odd" }
    for i in 0..<200 {
      for j in 0..<2 { x[i, j] = (i % 2 == 0 ? 1 : -1) + Double.random(in: -1...1, using: &generator) }
      for j in 2..<4 { x[i, j] = Double.random(in: -1...1, using: &generator) }
    }
    let fit: Fit<Double> = try Trainer(
      penalty: L1(0.05), solver: MiniBatch(updateRules[rule], epochs: 60, schedule: .cosine)
    ).fit(Dataset(features: x, labels: names), as: Double.self)
    for c in 0..<2 {
      let row = Array(fit.parameters[c * 6..<c * 6 + 6])
      #expect(row[4] == 0 && row[5] == 0)
      #expect(row[2] == 0 && row[3] == 0, "\(row)")
    }
    #expect(fit.parameters[0] != 0 || fit.parameters[6] != 0)
    #expect(fit.nonzeros == fit.parameters.prefix(12).count { $0 != 0 })
  }
}
