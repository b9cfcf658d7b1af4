import LinearAlgebra
import Testing

@testable import Descent

@Suite("Comparisons of models")
struct ModelComparisonTests {
  private let references = InferenceReferences.all

  private func logistic(_ parameters: [Double], bias: Double) -> TrainedModel<Double> {
    TrainedModel(
      architecture: LinearModel(inputs: 3, outputs: 1), parameters: parameters + [bias],
      classNames: ["no", "yes"], loss: Logistic())
  }

  private func evaluations(_ data: Dataset) -> [Evaluation] {
    references.comparison.weights.map {
      logistic(Array($0.dropFirst()), bias: $0[0]).evaluate(on: data)
    }
  }

  /// 20000 resamples there and 4000 here: ends differ by what chance leaves of so many.
  @Test("differences as NumPy has them, intervals as far as resamples tell") func numpy() throws {
    var generator = SeededGenerator(seed: 3)
    let expected = references.comparison
    let comparison = try ModelComparison(
      of: evaluations(references.data(Logistic())), Bootstrap(replicates: 4000), using: &generator)
    for (metric, (value, interval)) in zip(
      [Metric.accuracy, .logLoss, .rocAUC], zip(expected.values, expected.intervals))
    {
      let found = try #require(comparison.others[0].differences[metric])
      #expect(abs(found.value - value) < 1e-12)
      let ends = try #require(found.interval)
      #expect(abs(ends.lowerBound - interval[0]) < 0.03 * (interval[1] - interval[0]))
      #expect(abs(ends.upperBound - interval[1]) < 0.03 * (interval[1] - interval[0]))
    }
    let test = try #require(comparison.others[0].mcNemar)
    #expect([test.firstAlone, test.thisAlone] == expected.alone)
    #expect(abs(test.pValue - expected.mcnemar) < 1e-12)
  }

  /// The rows' own losses, drawn as the comparison draws, twice as much for a weight of 2.
  @Test("each resample draws the same rows for all models", arguments: [false, true])
  func twin(_ isWeighed: Bool) throws {
    var data = references.data(SquaredError())
    if isWeighed { data.weights = references.weight }
    let models = [[0.1, -0.4, 1], [0.09, 0, 0]].map {
      TrainedModel<Double>(
        architecture: LinearModel(inputs: 3, outputs: 1), parameters: $0 + [3], classNames: [],
        loss: SquaredError())
    }
    var generator = SeededGenerator(seed: 8)
    let comparison = try ModelComparison(
      of: models.map { $0.evaluate(on: data) }, Bootstrap(replicates: 50), using: &generator)
    let errors = models.map { model in
      zip(references.features, references.number).map { abs(model.scores($0)[0] - $1) }
    }
    generator = SeededGenerator(seed: 8)
    let differences = (0..<50).map { _ in
      let counts = Bootstrap.counts(of: data.rows, seed: generator.next()).enumerated().map {
        Double($1) * (data.weights?[$0] ?? 1)
      }
      let sums = errors.map { zip(counts, $0).reduce(0) { $0 + $1.0 * $1.1 } / counts.reduce(0, +) }
      return sums[1] - sums[0]
    }
    let expected = try #require(Bootstrap().middle(of: differences.sorted()))
    let found = try #require(comparison.others[0].differences[.meanAbsoluteError]?.interval)
    #expect(abs(found.lowerBound - expected.lowerBound) < 1e-12)
    #expect(abs(found.upperBound - expected.upperBound) < 1e-12)
    #expect(comparison.others[0].mcNemar == nil)
  }

  @Test("a model does not differ from itself", arguments: [Logistic(), Softmax()] as [any Loss])
  func same(_ loss: any Loss) throws {
    let data = references.data(loss)
    let evaluation = try Trainer(loss: loss, penalty: L2(0.1)).fit(data).model.evaluate(on: data)
    var generator = SeededGenerator(seed: 0)
    let comparison = try ModelComparison(
      of: [evaluation, evaluation, evaluation], Bootstrap(replicates: 20), using: &generator)
    #expect(comparison.others.count == 2)
    for against in comparison.others {
      #expect(against.differences.count > 5)
      #expect(against.differences.values.allSatisfy { $0.value == 0 && $0.interval == 0...0 })
      #expect(against.mcNemar == .init(firstAlone: 0, thisAlone: 0) && against.mcNemar?.pValue == 1)
    }
  }

  @Test(
    "McNemar's test is the sign test of the rows on which one is right",
    arguments: [
      (5, 12, 0.143463134765625), (3, 0, 0.25), (100, 141, 0.009831541178608736),
      (50000, 50700, 0.02761286943193814),
    ])
  func mcNemar(_ first: Int, _ second: Int, _ p: Double) {
    let found = ModelComparison.McNemar(firstAlone: first, thisAlone: second).pValue
    #expect(abs(found - p) < 1e-8 * p, "\(found)")
  }

  @Test("other classes and other rows are refused") func refusals() throws {
    var generator = SeededGenerator(seed: 0)
    let data = references.data(Logistic())
    let two = evaluations(data)
    let three = references.data(Softmax())
    let other = try Trainer(loss: Softmax(), penalty: L2(0.1)).fit(three).model.evaluate(on: three)
    #expect(throws: ComparisonError.otherClasses(model: 1)) {
      try ModelComparison(of: [two[0], other], using: &generator)
    }
    let fewer = evaluations(data.rows(at: Array(0..<80)))
    #expect(throws: ComparisonError.otherRows(model: 2)) {
      try ModelComparison(of: two + [fewer[0]], using: &generator)
    }
  }
}
