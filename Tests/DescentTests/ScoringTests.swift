import Descent
import LinearAlgebra
import Testing

/// Rows scored alone, in batches, and by many tasks at a time.
@Suite struct ScoringTests {
  private static func model(_ inputs: Int, _ outputs: Int) -> TrainedModel<Float> {
    TrainedModel(
      architecture: LinearModel(inputs: inputs, outputs: outputs),
      parameters: numbers(outputs * (inputs + 1), seed: 1), classNames: (0..<outputs).map { "\($0)" },
      lossName: "softmax")
  }

  private static func numbers(_ count: Int, seed: UInt64) -> [Float] {
    var generator = SeededGenerator(seed: seed)
    return (0..<count).map { _ in Float.random(in: -1...1, using: &generator) }
  }

  /// 3001 rows are more than one thread takes, and no whole number of blocks.
  @Test(arguments: [(784, 10), (5, 3), (16, 1), (17, 40)])
  func aRowAloneHasTheBitsItHasInABatch(inputs: Int, outputs: Int) {
    let model = Self.model(inputs, outputs)
    let batch = Matrix(rows: 3001, columns: inputs, elements: Self.numbers(3001 * inputs, seed: 2))
    let scores = model.scores(batch)
    for i in [0, 1, 31, 32, 255, 256, 1500, 2999, 3000] {
      #expect(Array(scores[row: i]) == model.scores(Array(batch[row: i])))
    }
  }

  @Test(arguments: [(784, 10), (40, 100)])
  func scoresAreTheProduct(inputs: Int, outputs: Int) {
    let model = Self.model(inputs, outputs)
    let batch = Matrix(rows: 700, columns: inputs, elements: Self.numbers(700 * inputs, seed: 2))
    let scores = model.scores(batch)
    for (i, c) in [(0, 0), (1, outputs - 1), (255, 1), (256, 2), (699, outputs - 1)] {
      var sum = Double(model.biases![c])
      for j in 0..<inputs { sum += Double(batch[i, j]) * Double(model.templates![c, j]) }
      #expect(abs(Double(scores[i, c]) - sum) < 1e-4)
      #expect(abs(Double(model.scores(Array(batch[row: i]))[c]) - sum) < 1e-4)
    }
  }

  /// One of them has the cores, the others work alone; none may see another's rows.
  @Test func tasksThatScoreAtOnceDoNotDisturbEachOther() async {
    let model = Self.model(300, 10)
    let batches = (0..<4).map { seed in
      Matrix(rows: 2000, columns: 300, elements: Self.numbers(2000 * 300, seed: UInt64(seed)))
    }
    let expected = batches.map { model.scores($0) }
    await withTaskGroup(of: Bool.self) { group in
      for task in 0..<16 {
        group.addTask { model.scores(batches[task % 4]) == expected[task % 4] }
      }
      for await isEqual in group { #expect(isEqual) }
    }
  }

  @Test func noRowsHaveNoScores() {
    #expect(Self.model(3, 2).scores(Matrix(rows: 0, columns: 3)).rows == 0)
  }
}
