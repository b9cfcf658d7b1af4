import Descent
import LinearAlgebra
import Testing

@Suite("Same seed, same bits")
struct DeterminismTests {
  private let data = overlapping(rows: 700, features: 11, classes: 4)

  @Test(arguments: 0..<7) func everyRuleAndThreadCount(_ rule: Int) throws {
    func fit(threads: Int, seed: UInt64) throws -> Fit<Float> {
      try Trainer(
        penalty: ElasticNet(l1: 1e-3, l2: 1e-3), solver: MiniBatch(updateRules[rule], epochs: 3), seed: seed,
        threads: threads
      ).fit(data)
    }
    let first = try fit(threads: 1, seed: 3)
    for threads in 1...3 {
      let again = try fit(threads: threads, seed: 3)
      #expect(again.parameters == first.parameters)
      #expect(again.objective == first.objective)
      #expect(again.history.map(\.objective) == first.history.map(\.objective))
      #expect(again.threads == threads)
    }
    #expect(try fit(threads: 1, seed: 4).parameters != first.parameters)
  }

  /// The whole gradient, over enough rows for several lanes.
  @Test func gradientsOnAnyThreads() throws {
    let data = overlapping(rows: 20_000, features: 20, classes: 5)
    let model = LinearModel(inputs: 20, outputs: 5)
    var generator = SeededGenerator(seed: 1)
    let parameters = (0..<105).map { _ in Float.random(in: -1...1, using: &generator) }
    func pass(threads: Int) -> (Double, [Float]) {
      let objective = DataObjective<Float>(
        model: model, loss: Softmax(), penalty: L2(0.1), features: data.features, targets: data.targets,
        threads: threads)
      var gradient = [Float](repeating: 0, count: 105)
      return (objective.value(at: parameters, gradient: &gradient), gradient)
    }
    let first = pass(threads: 1)
    // More than the machine has cores, and far more than there are of most machines'.
    for threads in [2, 3, 4, 5, 8, 64] {
      let other = pass(threads: threads)
      #expect(other.0 == first.0 && other.1 == first.1, "\(threads) threads")
    }
  }

  @Test func oneModelManyTasks() async throws {
    let model = try await Trainer(solver: MiniBatch(epochs: 5)).fit(data, as: Double.self).model
    let data = data
    let expected = model.classify(data.features)
    await withTaskGroup(of: [String].self) { group in
      for _ in 0..<16 { group.addTask { model.classify(data.features) } }
      for await classes in group { #expect(classes == expected) }
    }
  }
}
